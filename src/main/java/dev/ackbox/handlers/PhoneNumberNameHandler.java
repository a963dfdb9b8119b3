package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.account.PhoneNumberNameValue;
import dev.ackbox.model.account.ReviewDecision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts reviews of phone numbers' names, and keeps the latest and the approved one of each number; warns of a rejection. */
final class PhoneNumberNameHandler implements ChangeHandler<PhoneNumberNameValue> {

    private static final Logger log = LoggerFactory.getLogger(PhoneNumberNameHandler.class);

    private final Operator operator;

    PhoneNumberNameHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<PhoneNumberNameValue> change, ChangeContext context) {
        PhoneNumberNameValue value = change.value();
        FactBuilder.ofPhoneNumber(value.displayPhoneNumber(), change, context)
                .with("requestedName", value.requestedVerifiedName())
                .with("decision", value.decision())
                .with("reason", value.rejectionReason())
                .keep(operator.state(), "nameReview");
        if (value.decision() == ReviewDecision.APPROVED) {
            FactBuilder.ofPhoneNumber(value.displayPhoneNumber(), change, context)
                    .with("name", value.requestedVerifiedName())
                    .keep(operator.state(), "name");
        }
        operator.count(
                PlatformCount.PHONE_NUMBER_NAMES, Labels.of(value.decision()), Labels.of(value.rejectionReason()));
        String what = "a name was " + Labels.of(value.decision()) + ", reason " + Labels.of(value.rejectionReason());
        if (value.decision() == ReviewDecision.REJECTED) {
            operator.warn(log, change, context, what, "Ask for another name in WhatsApp Manager");
        } else {
            operator.info(log, change, context, what);
        }
    }
}
