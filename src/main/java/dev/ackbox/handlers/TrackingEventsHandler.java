package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.messages.TrackingEventsValue;
import dev.ackbox.model.messages.TrackingEventsValue.TrackingEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what happens to tracked messages. */
final class TrackingEventsHandler implements ChangeHandler<TrackingEventsValue> {

    private static final Logger log = LoggerFactory.getLogger(TrackingEventsHandler.class);

    private final Operator operator;

    TrackingEventsHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<TrackingEventsValue> change, ChangeContext context) {
        for (TrackingEvent event : change.value().events()) {
            operator.count(PlatformCount.TRACKING_EVENTS, Labels.of(event.eventName()));
            operator.info(log, change, context, Labels.of(event.eventName()));
        }
    }
}
