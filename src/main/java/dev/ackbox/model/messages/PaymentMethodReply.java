package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.form.ContentType;
import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user chose how to pay (Brazil).
 *
 * @param paymentMethod how
 * @param paymentTimestamp when
 * @param referenceId the business's own id of the order
 * @param lastFourDigits of the card
 * @param credentialId which stored card
 */
@ContentType("payment_method")
public record PaymentMethodReply(
        @Nullable OpenEnum<Method> paymentMethod,
        @Nullable Instant paymentTimestamp,
        @Nullable String referenceId,
        @Nullable String lastFourDigits,
        @Nullable String credentialId)
        implements Reply {

    /** How may be paid. */
    public enum Method implements OpenEnum<Method> {
        OFFSITE_CARD_PAY
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
