package dev.ackbox.inbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as an operator sees it: without its payload and without whom it is about.
 *
 * @param id names it
 * @param key what it was stored under
 * @param receivedAt when its notification arrived, to the millisecond
 * @param endpoint name of the endpoint that received it
 * @param field Meta's name of the field, as received
 * @param kind Meta's name of the array that its item is from, such as {@code statuses}; absent where the notification was not cut into
 *     items, and for records of a version that did not note it
 * @param account id of the WhatsApp Business Account; absent where the notification named none
 * @param phoneNumber id of the business phone number; absent where the notification named none
 * @param lane the budget that it counts against
 * @param size bytes of its payload; absent where that is no longer kept
 * @param consumers what has become of it, for each consumer that was asked for and that it is assigned to
 */
public record ArchivedRecord(
        InboxRecordId id,
        IdempotencyKey key,
        Instant receivedAt,
        String endpoint,
        String field,
        @Nullable String kind,
        @Nullable String account,
        @Nullable String phoneNumber,
        Lane lane,
        @Nullable Integer size,
        List<ConsumerState> consumers) {

    public ArchivedRecord {
        consumers = List.copyOf(consumers);
    }

    /** The same record with what has become of it. */
    public ArchivedRecord with(List<ConsumerState> states) {
        return new ArchivedRecord(id, key, receivedAt, endpoint, field, kind, account, phoneNumber, lane, size, states);
    }
}
