package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.messages.EchoesValue;
import dev.ackbox.model.messages.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts messages that were sent by another way than the API. */
final class EchoesHandler<V extends EchoesValue> implements ChangeHandler<V> {

    private static final Logger log = LoggerFactory.getLogger(EchoesHandler.class);

    private final Operator operator;

    EchoesHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<V> change, ChangeContext context) {
        for (Message message : change.value().messageEchoes()) {
            String type = Labels.of(message.type());
            operator.count(PlatformCount.ECHOES, String.valueOf(change.field()), type);
            operator.debug(log, change, context, () -> "message of type " + type);
        }
    }
}
