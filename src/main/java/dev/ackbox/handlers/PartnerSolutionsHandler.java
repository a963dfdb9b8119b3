package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.PartnerSolutionsValue;
import dev.ackbox.model.PartnerSolutionsValue.Status;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of multi-partner solutions; warns where one comes to its end. */
final class PartnerSolutionsHandler implements ChangeHandler<PartnerSolutionsValue> {

    private static final Logger log = LoggerFactory.getLogger(PartnerSolutionsHandler.class);

    private static final Set<Status> ENDING = Set.of(Status.DEACTIVATED, Status.PENDING_DEACTIVATION, Status.REJECTED);

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
        if (value.solutionStatus() instanceof Status known && ENDING.contains(known)) {
            operator.warn(log, change, context, what, "Customers who joined through it lose it: talk to the partner");
        } else {
            operator.info(log, change, context, what);
        }
    }
}
