package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.account.BusinessUsernameValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of the business's usernames, and keeps the latest of each number. */
final class BusinessUsernameHandler implements ChangeHandler<BusinessUsernameValue> {

    private static final Logger log = LoggerFactory.getLogger(BusinessUsernameHandler.class);

    private final Operator operator;

    BusinessUsernameHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<BusinessUsernameValue> change, ChangeContext context) {
        BusinessUsernameValue value = change.value();
        FactBuilder.ofPhoneNumber(value.displayPhoneNumber(), change, context)
                .with("username", value.username())
                .with("status", value.status())
                .keep(operator.state(), "username");
        operator.count(PlatformCount.USERNAMES, Labels.of(value.status()));
        operator.info(log, change, context, "the username is " + Labels.of(value.status()));
    }
}
