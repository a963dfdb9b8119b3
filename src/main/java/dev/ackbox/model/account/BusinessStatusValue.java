package dev.ackbox.model.account;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code business_status_update}, which is not documented: something happened to the business.
 *
 * @param businessId id of the portfolio; a number in test notifications (observed)
 * @param event what happened (observed)
 */
public record BusinessStatusValue(
        @Nullable String businessId, @Nullable OpenEnum<Event> event) implements Value {

    /** What may happen to a business (observed). */
    public enum Event implements OpenEnum<Event> {
        COMPROMISED_NOTIFICATION
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
