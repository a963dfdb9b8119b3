package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.messages.StandbyValue;
import dev.ackbox.model.messages.StandbyValue.Standby;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what happens in chats of other owners. */
final class StandbyHandler implements ChangeHandler<StandbyValue> {

    private static final Logger log = LoggerFactory.getLogger(StandbyHandler.class);

    private final Operator operator;

    StandbyHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<StandbyValue> change, ChangeContext context) {
        Standby standby = change.value().standby();
        if (standby != null) {
            standby.messages().forEach(message -> operator.count(PlatformCount.STANDBY, "message"));
            standby.statuses().forEach(status -> operator.count(PlatformCount.STANDBY, "status"));
            standby.messageEchoes().forEach(echo -> operator.count(PlatformCount.STANDBY, "echo"));
        }
        operator.info(log, change, context, "a chat of another owner");
    }
}
