package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.account.AccountReviewValue;
import dev.ackbox.model.account.ReviewDecision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts reviews of accounts and keeps the latest; warns of a rejection. */
final class AccountReviewHandler implements ChangeHandler<AccountReviewValue> {

    private static final Logger log = LoggerFactory.getLogger(AccountReviewHandler.class);

    private final Operator operator;

    AccountReviewHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<AccountReviewValue> change, ChangeContext context) {
        OpenEnum<ReviewDecision> decision = change.value().decision();
        FactBuilder.ofAccount(change, context).with("decision", decision).keep(operator.state(), "review");
        operator.count(PlatformCount.ACCOUNT_REVIEWS, Labels.of(decision));
        String what = "the review came to " + Labels.of(decision);
        if (decision == ReviewDecision.REJECTED) {
            operator.warn(log, change, context, what, "The account cannot send: appeal in Business Support Home");
        } else {
            operator.info(log, change, context, what);
        }
    }
}
