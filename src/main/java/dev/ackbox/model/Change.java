package dev.ackbox.model;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One change of a field, as a handler receives it: with a single message, status or other item in its value, since
 * notifications are split.
 *
 * @param object what the notification is about; usually {@code whatsapp_business_account}
 * @param entryId id of the WhatsApp Business Account, or for some fields of the business portfolio
 * @param entryTime when the platform made the notification; absent on conversation fields such as {@code messages}
 * @param field the platform's name of the field; absent where the notification has none
 * @param value the field's value, typed
 * @param json the value as it came, properties that the type does not know included; the whole notification where it
 *     has no value. Must not be changed.
 * @param <V> type of the value, which says which field this is
 */
public record Change<V extends Value>(
        @Nullable String object,
        @Nullable String entryId,
        @Nullable Instant entryTime,
        @Nullable String field,
        V value,
        JsonNode json) {

    /**
     * Ids of the WhatsApp Business Accounts that it is about: first the customer's, where the event is a partner's and names one, then
     * the entry's, which is of the partner's portfolio then.
     */
    public List<String> accountIds() {
        String customer = json.path("waba_info").path("waba_id").asString("");
        return Stream.of(customer, entryId == null ? "" : entryId)
                .filter(id -> !id.isEmpty())
                .toList();
    }

    @Override
    public String toString() {
        return "Change[" + value + "]";
    }
}
