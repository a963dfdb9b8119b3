package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.messages.MessagingHandoversValue;
import dev.ackbox.model.messages.MessagingHandoversValue.Control;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts chats that were handed from one owner to another. */
final class MessagingHandoversHandler implements ChangeHandler<MessagingHandoversValue> {

    private static final Logger log = LoggerFactory.getLogger(MessagingHandoversHandler.class);

    private final Operator operator;

    MessagingHandoversHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<MessagingHandoversValue> change, ChangeContext context) {
        MessagingHandoversValue value = change.value();
        boolean passed = value.controlPassed() != null;
        Control control = passed ? value.controlPassed() : value.controlTaken();
        // The type is missing in test notifications.
        OpenEnum<MessagingHandoversValue.Type> type = value.type() == null && control != null
                ? passed ? MessagingHandoversValue.Type.CONTROL_PASSED : MessagingHandoversValue.Type.CONTROL_TAKEN
                : value.type();
        String role = control == null ? Labels.NONE : Labels.of(control.newOwnerRole());
        operator.count(PlatformCount.HANDOVERS, Labels.of(type), role);
        operator.info(log, change, context, Labels.of(type) + " to " + role);
    }
}
