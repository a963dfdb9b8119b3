package dev.ackbox.model.account;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Redacted;

/**
 * Value of the field {@code account_review_update}: the outcome of a policy review of the WhatsApp Business Account.
 *
 * @param decision the outcome; always
 */
public record AccountReviewValue(OpenEnum<ReviewDecision> decision) implements Value {

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
