package dev.ackbox.model.messages;

import dev.ackbox.model.Metadata;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code tracking_events}, which is not documented: how a tracked message fares. Holds a single one
 * when it reaches a handler.
 *
 * @param messagingProduct {@code whatsapp} (observed)
 * @param metadata the business phone number that it is about (observed)
 * @param events what happened (observed)
 */
public record TrackingEventsValue(
        @Nullable String messagingProduct, @Nullable Metadata metadata, List<TrackingEvent> events) implements Value {

    public TrackingEventsValue {
        events = Lists.orEmpty(events);
    }

    /**
     * What happened to a tracked message.
     *
     * @param eventName what happened; always, open (observed)
     * @param timestamp when (observed)
     * @param trackingData what it is tracked by; optional (observed)
     */
    public record TrackingEvent(
            OpenEnum<EventName> eventName,
            @Nullable Instant timestamp,
            @Nullable TrackingData trackingData) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * What a message is tracked by.
     *
     * @param clickId optional (observed)
     * @param trackingToken optional (observed)
     */
    public record TrackingData(
            @Nullable String clickId, @Nullable String trackingToken) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may happen to a tracked message (observed). */
    public enum EventName implements OpenEnum<EventName> {
        SENT,
        DELIVERED
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
