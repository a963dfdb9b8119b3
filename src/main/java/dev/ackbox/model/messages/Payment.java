package dev.ackbox.model.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A payment for an order, reported as a status (India).
 *
 * @param referenceId the business's own id of the order; always
 * @param amount what is paid; always
 * @param currency ISO 4217; always
 * @param transaction the latest attempt to pay; always
 * @param receipt optional
 * @param notes texts by name, as the business attached them, open; optional
 * @param udf1 what the business attached; optional
 * @param udf2 like the one before
 * @param udf3 like the one before
 * @param udf4 like the one before
 * @param additionalInfo1 what the business attached; optional
 * @param additionalInfo2 like the one before
 * @param additionalInfo3 like the one before
 * @param additionalInfo4 like the one before
 * @param additionalInfo5 like the one before
 * @param additionalInfo6 like the one before
 * @param additionalInfo7 like the one before
 * @param extra1 what the business attached; optional
 * @param extra2 like the one before
 * @param refunds what was paid back; optional
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Payment(
        @Nullable String referenceId,
        @Nullable Amount amount,
        @Nullable String currency,
        @Nullable Transaction transaction,
        @Nullable String receipt,
        @Nullable JsonNode notes,
        @Nullable String udf1,
        @Nullable String udf2,
        @Nullable String udf3,
        @Nullable String udf4,
        @Nullable String additionalInfo1,
        @Nullable String additionalInfo2,
        @Nullable String additionalInfo3,
        @Nullable String additionalInfo4,
        @Nullable String additionalInfo5,
        @Nullable String additionalInfo6,
        @Nullable String additionalInfo7,
        @Nullable String extra1,
        @Nullable String extra2,
        List<Refund> refunds) {

    public Payment {
        refunds = Lists.orEmpty(refunds);
    }

    /**
     * An amount of money, exact: the value divided by the offset, see {@link #decimal()}.
     *
     * @param value in the smallest unit; always
     * @param offset 100; always
     */
    public record Amount(@Nullable Long value, @Nullable Long offset) {

        /** The amount in the usual unit, exact; absent where the value or the offset is. */
        public @Nullable BigDecimal decimal() {
            return value == null || offset == null || offset == 0
                    ? null
                    : BigDecimal.valueOf(value).divide(BigDecimal.valueOf(offset), MathContext.DECIMAL128);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * An attempt to pay.
     *
     * @param id the platform's id of it; always
     * @param pgTransactionId the provider's id of it; optional
     * @param type who carries it out; always, combinations occur
     * @param status how it stands; always
     * @param createdTimestamp when it began; always
     * @param updatedTimestamp when it changed; always
     * @param method how is paid; optional
     * @param error why it failed; optional
     */
    public record Transaction(
            @Nullable String id,
            @Nullable String pgTransactionId,
            @Nullable OpenEnum<PaymentProvider> type,
            @Nullable OpenEnum<TransactionStatus> status,
            @Nullable Instant createdTimestamp,
            @Nullable Instant updatedTimestamp,
            @Nullable Method method,
            @Nullable Failure error) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * How is paid.
     *
     * @param type how; optional
     */
    public record Method(@Nullable OpenEnum<MethodType> type) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Why an attempt failed.
     *
     * @param code the provider's
     * @param reason the provider's
     */
    public record Failure(@Nullable String code, @Nullable String reason) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * What was paid back.
     *
     * @param id which refund
     * @param amount how much
     * @param speedProcessed how fast
     * @param status how it stands
     * @param createdTimestamp when it began
     * @param updatedTimestamp when it changed
     */
    public record Refund(
            @Nullable String id,
            @Nullable Amount amount,
            @Nullable OpenEnum<Speed> speedProcessed,
            @Nullable OpenEnum<TransactionStatus> status,
            @Nullable Instant createdTimestamp,
            @Nullable Instant updatedTimestamp) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** How an attempt or a refund may stand. */
    public enum TransactionStatus implements OpenEnum<TransactionStatus> {
        PENDING,
        SUCCESS,
        FAILED
    }

    /** How may be paid. */
    public enum MethodType implements OpenEnum<MethodType> {
        UPI,
        CARD,
        WALLET,
        NETBANKING
    }

    /** How fast a refund may be. */
    public enum Speed implements OpenEnum<Speed> {
        INSTANT,
        NORMAL
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
