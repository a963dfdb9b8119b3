package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.messages.UserIdUpdateValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts users whose business-scoped id changed. */
final class UserIdUpdateHandler implements ChangeHandler<UserIdUpdateValue> {

    private static final Logger log = LoggerFactory.getLogger(UserIdUpdateHandler.class);

    private final Operator operator;

    UserIdUpdateHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<UserIdUpdateValue> change, ChangeContext context) {
        change.value().userIdUpdate().forEach(update -> operator.count(PlatformCount.USER_IDS_CHANGED));
        operator.info(log, change, context, "a user's id changed");
    }
}
