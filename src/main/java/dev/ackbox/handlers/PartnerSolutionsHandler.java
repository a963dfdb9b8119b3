package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.account.PartnerSolutionsValue;
import dev.ackbox.model.account.PartnerSolutionsValue.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of multi-partner solutions; warns where one comes to its end. */
final class PartnerSolutionsHandler implements ChangeHandler<PartnerSolutionsValue> {

    private static final Logger log = LoggerFactory.getLogger(PartnerSolutionsHandler.class);

    private final Operator operator;

    PartnerSolutionsHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<PartnerSolutionsValue> change, ChangeContext context) {
        PartnerSolutionsValue value = change.value();
        String status = Labels.of(value.solutionStatus());
        operator.count(PlatformCount.PARTNER_SOLUTIONS, Labels.of(value.event()), status);
        String what = "solution " + Labels.id(value.solutionId()) + " is " + status;
        operator.tell(log, change, context, what, next(value.solutionStatus()));
    }

    /** What to do about it; absent where nothing has to be done. */
    private static @Nullable String next(@Nullable OpenEnum<Status> status) {
        if (status == Status.REJECTED) {
            return "A partner declined it: talk to the partner";
        }
        return status == Status.DEACTIVATED || status == Status.PENDING_DEACTIVATION
                ? "Customers who joined through it lose it: talk to the partner"
                : null;
    }
}
