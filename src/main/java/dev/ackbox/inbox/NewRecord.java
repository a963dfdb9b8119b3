package dev.ackbox.inbox;

import java.time.Instant;

/**
 * A record to be appended.
 *
 * @param key decides whether it is a duplicate
 * @param endpoint name of the endpoint that received it
 * @param field the platform's name of the field, as it came
 * @param lane the budget that it counts against
 * @param conversation records of one conversation and lane are handed out in order of arrival and settled one at a time
 * @param receivedAt when its notification arrived
 * @param payload a complete notification with just this item; not copied, must not be changed
 */
public record NewRecord(
        IdempotencyKey key,
        String endpoint,
        String field,
        Lane lane,
        String conversation,
        Instant receivedAt,
        byte[] payload) {

    /** Leaves the payload and the conversation out: they are personal data. */
    @Override
    public String toString() {
        return "NewRecord[" + key + ", " + endpoint + ", " + field + ", " + payload.length + " bytes]";
    }
}
