package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.UnknownValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what is not typed: another handler has to take it, or it is done with. */
final class UnknownValueHandler implements ChangeHandler<UnknownValue> {

    private static final Logger log = LoggerFactory.getLogger(UnknownValueHandler.class);

    @Override
    public void handle(Change<UnknownValue> change, ChangeContext context) {
        UnknownValue value = change.value();
        log.warn(
                "Record {} of endpoint {}: not typed ({}{}). Its JSON goes to handlers that take UnknownValue or Value",
                context.recordId(),
                context.endpoint(),
                value.reason(),
                value.path() == null ? "" : " at " + value.path());
    }
}
