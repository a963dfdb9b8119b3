package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.account.BusinessCapabilityValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of what a business may send, and keeps the latest. */
final class BusinessCapabilityHandler implements ChangeHandler<BusinessCapabilityValue> {

    private static final Logger log = LoggerFactory.getLogger(BusinessCapabilityHandler.class);

    private final Operator operator;

    BusinessCapabilityHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<BusinessCapabilityValue> change, ChangeContext context) {
        BusinessCapabilityValue value = change.value();
        String limit = Labels.of(value.maxDailyConversationsPerBusiness());
        FactBuilder.ofAccount(change, context)
                .with("maxDailyConversationsPerBusiness", value.maxDailyConversationsPerBusiness())
                .with("maxDailyConversationPerPhone", value.maxDailyConversationPerPhone())
                .with("maxPhoneNumbersPerBusiness", value.maxPhoneNumbersPerBusiness())
                .with("maxPhoneNumbersPerWaba", value.maxPhoneNumbersPerWaba())
                .keep(operator.state(), "limits");
        operator.count(PlatformCount.ACCOUNT_LIMITS, limit);
        operator.info(log, change, context, "limit " + limit);
    }
}
