package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.account.SecurityValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what happens to PINs and warns of it; keeps the latest of each number. */
final class SecurityHandler implements ChangeHandler<SecurityValue> {

    private static final Logger log = LoggerFactory.getLogger(SecurityHandler.class);

    private final Operator operator;

    SecurityHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<SecurityValue> change, ChangeContext context) {
        SecurityValue value = change.value();
        FactBuilder.ofPhoneNumber(value.displayPhoneNumber(), change, context)
                .with("event", value.event())
                .keep(operator.state(), "security");
        operator.count(PlatformCount.SECURITY, Labels.of(value.event()));
        operator.warn(
                log,
                change,
                context,
                Labels.of(value.event()) + " on a number",
                "Where nobody of yours did this, remove access in Business settings and set a new PIN;"
                        + " GET /actuator/whatsapp tells which number it is");
    }
}
