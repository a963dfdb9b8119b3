package dev.ackbox.inbox;

import java.time.Instant;
import java.util.Set;

/**
 * A stored record, as it is handed out.
 *
 * @param id names it
 * @param key what it was stored under
 * @param endpoint name of the endpoint that received it
 * @param field the platform's name of the field, as it came
 * @param lane the budget that it counts against
 * @param conversation what it keeps its order in
 * @param receivedAt when its notification arrived, to the millisecond
 * @param payload a complete notification with just this item; not copied, must not be changed
 * @param failedAttempts how many attempts have failed so far; 0 at first
 * @param succeeded names of the handlers that are done with it and are not called again
 */
public record InboxRecord(
        InboxRecordId id,
        IdempotencyKey key,
        String endpoint,
        String field,
        Lane lane,
        String conversation,
        Instant receivedAt,
        byte[] payload,
        int failedAttempts,
        Set<String> succeeded) {

    /** What a record costs in memory beside its payload, roughly. */
    private static final int OVERHEAD = 400;

    public InboxRecord {
        succeeded = Set.copyOf(succeeded);
    }

    /** The record as it is when it has just been stored. */
    public static InboxRecord stored(InboxRecordId id, NewRecord stored) {
        return new InboxRecord(
                id,
                stored.key(),
                stored.endpoint(),
                stored.field(),
                stored.lane(),
                stored.conversation(),
                stored.receivedAt(),
                stored.payload(),
                0,
                Set.of());
    }

    /** Roughly what the record occupies in memory, in bytes. */
    public long footprint() {
        return OVERHEAD + (long) payload.length;
    }

    /** Leaves the payload and the conversation out: they are personal data. */
    @Override
    public String toString() {
        return "InboxRecord[" + id + ", " + endpoint + ", " + field + ", " + payload.length + " bytes]";
    }
}
