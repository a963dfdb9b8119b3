package dev.ackbox.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user chose how to pay (Brazil).
 *
 * @param paymentMethod how (documented)
 * @param paymentTimestamp when (documented)
 * @param referenceId the business's own id of the order (documented)
 * @param lastFourDigits of the card (documented)
 * @param credentialId which stored card (documented)
 */
@ContentType("payment_method")
public record PaymentMethodReply(
        @Nullable Word<Method> paymentMethod,
        @Nullable Instant paymentTimestamp,
        @Nullable String referenceId,
        @Nullable String lastFourDigits,
        @Nullable String credentialId)
        implements InteractiveReply {

    /** How may be paid (documented). */
    public enum Method implements Word<Method> {
        OFFSITE_CARD_PAY
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
