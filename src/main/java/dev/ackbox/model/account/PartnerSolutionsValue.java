package dev.ackbox.model.account;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code partner_solutions}: a multi-partner solution was made or changed. The entry's id is the
 * business portfolio.
 *
 * @param event what happened; always
 * @param solutionId which solution; always
 * @param solutionStatus how it stands; always
 */
public record PartnerSolutionsValue(
        OpenEnum<Event> event, String solutionId, @Nullable OpenEnum<Status> solutionStatus) implements Value {

    /** What may happen to a solution. */
    public enum Event implements OpenEnum<Event> {
        SOLUTION_CREATED,
        SOLUTION_UPDATED
    }

    /** How a solution may stand. */
    public enum Status implements OpenEnum<Status> {
        ACTIVE,
        DEACTIVATED,
        DRAFT,
        INITIATED,
        PENDING_DEACTIVATION,
        REJECTED
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
