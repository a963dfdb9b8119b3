package dev.ackbox.inbox;

import java.time.Instant;
import java.util.Set;

/**
 * A stored record, as a consumer gets it.
 *
 * @param id names it
 * @param key what it was stored under
 * @param endpoint name of the endpoint that received it
 * @param field Meta's name of the field, as received
 * @param lane the budget that it counts against
 * @param conversation a keyed hash of what it keeps its order in; two conversations that share a hash wait for each other
 * @param receivedAt when its notification arrived, to the millisecond
 * @param payload a complete notification with just this item; not copied, must not be changed
 * @param failedAttempts how many attempts of this consumer have failed so far; 0 at first
 * @param succeeded names of the handlers that have succeeded and are not called again
 */
public record InboxRecord(
        InboxRecordId id,
        IdempotencyKey key,
        String endpoint,
        String field,
        Lane lane,
        long conversation,
        Instant receivedAt,
        byte[] payload,
        int failedAttempts,
        Set<String> succeeded) {

    /** What a record costs in memory beside its payload, roughly. */
    private static final int OVERHEAD = 400;

    public InboxRecord {
        succeeded = Set.copyOf(succeeded);
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
