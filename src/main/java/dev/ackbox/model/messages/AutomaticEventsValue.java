package dev.ackbox.model.messages;

import dev.ackbox.model.Metadata;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code automatic_events}: the platform found a lead or a purchase in a chat that an ad led to.
 * Holds a single one when it reaches a handler.
 *
 * @param messagingProduct {@code whatsapp}; always
 * @param metadata the business phone number that it is about; always
 * @param automaticEvents what was found; always
 */
public record AutomaticEventsValue(
        @Nullable String messagingProduct, Metadata metadata, List<AutomaticEvent> automaticEvents) implements Value {

    public AutomaticEventsValue {
        automaticEvents = Lists.orEmpty(automaticEvents);
    }

    /**
     * What was found in a chat.
     *
     * @param id the message in which it was found; always
     * @param eventName what was found; always, in lower case in a test notification (observed)
     * @param timestamp when; always, also a string (observed)
     * @param ctwaClid id of the click on the ad; absent for ads in WhatsApp Status
     * @param customData with purchases, optional
     */
    public record AutomaticEvent(
            String id,
            OpenEnum<EventName> eventName,
            @Nullable Instant timestamp,
            @Nullable String ctwaClid,
            @Nullable CustomData customData) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * What a purchase came to.
     *
     * @param currency ISO 4217; optional
     * @param value the price times 1000, exact; optional
     */
    public record CustomData(
            @Nullable String currency, @Nullable BigDecimal value) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may be found in a chat. */
    public enum EventName implements OpenEnum<EventName> {
        LEAD_SUBMITTED,
        PURCHASE
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
