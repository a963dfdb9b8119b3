package dev.ackbox.inbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record to be appended.
 *
 * @param key decides whether it is a duplicate
 * @param endpoint name of the endpoint that received it
 * @param field the platform's name of the field, as it came
 * @param lane the budget that it counts against
 * @param conversation records of one conversation and lane are handed out in order of arrival and settled one at a time
 * @param account id of the entry; absent where it has none
 * @param phoneNumber the business' phone number id; absent where the change names none
 * @param subjects whom and what it is about; copied, at most {@value #MAX_SUBJECTS}
 * @param receivedAt when its notification arrived
 * @param payload a complete notification with just this item; not copied, must not be changed
 */
public record NewRecord(
        IdempotencyKey key,
        String endpoint,
        String field,
        Lane lane,
        String conversation,
        @Nullable String account,
        @Nullable String phoneNumber,
        List<Subject> subjects,
        Instant receivedAt,
        byte[] payload) {

    /** How many subjects a record may have. */
    public static final int MAX_SUBJECTS = 8;

    public NewRecord {
        subjects = List.copyOf(subjects);
        if (subjects.size() > MAX_SUBJECTS) {
            throw new IllegalArgumentException("'subjects' must not have more than " + MAX_SUBJECTS);
        }
    }

    /** Leaves the payload, the conversation and the subjects out: they are personal data. */
    @Override
    public String toString() {
        return "NewRecord[" + key + ", " + endpoint + ", " + field + ", " + payload.length + " bytes]";
    }
}
