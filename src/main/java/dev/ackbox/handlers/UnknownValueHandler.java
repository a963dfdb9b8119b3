package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.UnknownValue;
import dev.ackbox.model.UnknownValue.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what is not typed: another handler has to take it, or it is done with. */
final class UnknownValueHandler implements ChangeHandler<UnknownValue> {

    private static final Logger log = LoggerFactory.getLogger(UnknownValueHandler.class);

    @Override
    public void handle(Change<UnknownValue> change, ChangeContext context) {
        UnknownValue value = change.value();
        log.warn(
                "Record {} of endpoint {}: not typed ({}). {}",
                context.recordId(),
                context.endpoint(),
                value.reason(),
                next(value.reason()));
    }

    private static String next(Reason reason) {
        return switch (reason) {
            case NO_VALUE -> "Turn 'Include values' on in the app's webhook settings";
            case OBJECT -> "It is of another product: give that a callback URL of its own";
            case FIELD, NO_CHANGE ->
                "GET /actuator/drift tells what is new; handlers that take UnknownValue or Value are given its JSON";
        };
    }
}
