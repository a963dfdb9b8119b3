package dev.ackbox.inbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record to be appended.
 *
 * @param key decides whether it is a duplicate
 * @param endpoint name of the endpoint that received it
 * @param field Meta's name of the field, as received
 * @param kind Meta's name of the array that the item is from, such as {@code statuses}; absent where the notification is not cut into items
 * @param lane the budget that it counts against
 * @param conversation records of one conversation are worked on one at a time, and within a lane in order of arrival
 * @param account id of the WhatsApp Business Account; absent where the notification names none
 * @param phoneNumber id of the business phone number; absent where the notification names none
 * @param subjects whom and what it is about, at most 8
 * @param receivedAt when its notification arrived
 * @param payload a complete notification with just this item; not copied, must not be changed
 */
public record NewRecord(
        IdempotencyKey key,
        String endpoint,
        String field,
        @Nullable String kind,
        Lane lane,
        String conversation,
        @Nullable String account,
        @Nullable String phoneNumber,
        List<Subject> subjects,
        Instant receivedAt,
        byte[] payload) {

    /** More subjects than that are not kept. */
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
