package dev.ackbox.model.messages;

import dev.ackbox.model.Lists;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Redacted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A payment for an order, reported as a status (India).
 *
 * @param referenceId the business's own id of the order; always (documented)
 * @param amount what is paid; always (documented)
 * @param currency ISO 4217; always (documented)
 * @param transaction the latest attempt to pay; always (documented)
 * @param receipt optional (documented)
 * @param notes texts by name, as the business attached them, open; optional (documented)
 * @param udf1 what the business attached; optional (documented)
 * @param udf2 like the one before (documented)
 * @param udf3 like the one before (documented)
 * @param udf4 like the one before (documented)
 * @param additionalInfo1 what the business attached; optional (documented)
 * @param additionalInfo2 like the one before (documented)
 * @param additionalInfo3 like the one before (documented)
 * @param additionalInfo4 like the one before (documented)
 * @param additionalInfo5 like the one before (documented)
 * @param additionalInfo6 like the one before (documented)
 * @param additionalInfo7 like the one before (documented)
 * @param extra1 what the business attached; optional (documented)
 * @param extra2 like the one before (documented)
 * @param refunds what was paid back; optional (documented)
 */
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
     * An amount of money, exact: the value divided by the offset.
     *
     * @param value in the smallest unit; always (documented)
     * @param offset 100; always (documented)
     */
    public record Amount(
            @Nullable BigDecimal value, @Nullable BigDecimal offset) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * An attempt to pay.
     *
     * @param id the platform's id of it; always (documented)
     * @param pgTransactionId the provider's id of it; optional (documented)
     * @param type who carries it out; always, combinations occur (documented)
     * @param status how it stands; always (documented)
     * @param createdTimestamp when it began; always (documented)
     * @param updatedTimestamp when it changed; always (documented)
     * @param method how is paid; optional (documented)
     * @param error why it failed; optional (documented)
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

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * How is paid.
     *
     * @param type how; optional (documented)
     */
    public record Method(@Nullable OpenEnum<MethodType> type) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Why an attempt failed.
     *
     * @param code the provider's (documented)
     * @param reason the provider's (documented)
     */
    public record Failure(@Nullable String code, @Nullable String reason) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * What was paid back.
     *
     * @param id which refund (documented)
     * @param amount how much (documented)
     * @param speedProcessed how fast (documented)
     * @param status how it stands (documented)
     * @param createdTimestamp when it began (documented)
     * @param updatedTimestamp when it changed (documented)
     */
    public record Refund(
            @Nullable String id,
            @Nullable Amount amount,
            @Nullable OpenEnum<Speed> speedProcessed,
            @Nullable OpenEnum<TransactionStatus> status,
            @Nullable Instant createdTimestamp,
            @Nullable Instant updatedTimestamp) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** How an attempt or a refund may stand (documented). */
    public enum TransactionStatus implements OpenEnum<TransactionStatus> {
        PENDING,
        SUCCESS,
        FAILED
    }

    /** How may be paid (documented). */
    public enum MethodType implements OpenEnum<MethodType> {
        UPI,
        CARD,
        WALLET,
        NETBANKING
    }

    /** How fast a refund may be (documented). */
    public enum Speed implements OpenEnum<Speed> {
        INSTANT,
        NORMAL
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
