package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.account.BusinessStatusValue;
import dev.ackbox.model.account.BusinessStatusValue.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what happens to businesses, and warns of it: the only word that is known is that one is compromised. */
final class BusinessStatusHandler implements ChangeHandler<BusinessStatusValue> {

    private static final Logger log = LoggerFactory.getLogger(BusinessStatusHandler.class);

    private final Operator operator;

    BusinessStatusHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<BusinessStatusValue> change, ChangeContext context) {
        OpenEnum<Event> event = change.value().event();
        FactBuilder.ofAccount(change, context)
                .with("event", event)
                .with("businessId", change.value().businessId())
                .keep(operator.state(), "business");
        operator.count(PlatformCount.BUSINESS_STATUS, Labels.of(event));
        operator.warn(
                log,
                change,
                context,
                Labels.of(event),
                event == Event.COMPROMISED_NOTIFICATION
                        ? "Check who has access to the business portfolio, and change passwords and tokens"
                        : "Look at the business in Business Support Home");
    }
}
