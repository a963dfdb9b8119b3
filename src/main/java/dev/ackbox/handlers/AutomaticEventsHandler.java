package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.messages.AutomaticEventsValue;
import dev.ackbox.model.messages.AutomaticEventsValue.AutomaticEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts leads and purchases found in chats. */
final class AutomaticEventsHandler implements ChangeHandler<AutomaticEventsValue> {

    private static final Logger log = LoggerFactory.getLogger(AutomaticEventsHandler.class);

    private final Operator operator;

    AutomaticEventsHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<AutomaticEventsValue> change, ChangeContext context) {
        for (AutomaticEvent event : change.value().automaticEvents()) {
            operator.count(PlatformCount.AUTOMATIC_EVENTS, Labels.of(event.eventName()));
            operator.info(log, change, context, Labels.of(event.eventName()));
        }
    }
}
