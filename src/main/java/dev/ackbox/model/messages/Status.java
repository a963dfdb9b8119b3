package dev.ackbox.model.messages;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.ackbox.model.Lists;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.Redacted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message that was sent, or of a payment. Statuses come in any order, and some never (documented).
 *
 * @param id id of the message that was sent; always (documented)
 * @param status what became of it; always (documented)
 * @param timestamp when; always, missing in one sample (documented)
 * @param recipientId the user's WhatsApp id, or the id of a group; absent since 2026 where the number may not be shared
 *     (documented)
 * @param recipientUserId the user's business-scoped id; optional (documented)
 * @param recipientParentUserId the same for linked portfolios; optional, earlier under two other names (documented)
 * @param recipientType with groups, mostly absent otherwise (documented)
 * @param recipientParticipantId who of the group it is about; with groups, earlier under another name (documented)
 * @param recipientParticipantUserId the same as a business-scoped id; with groups (documented)
 * @param recipientParticipantParentUserId the same for linked portfolios; with groups (documented)
 * @param recipientIdentityKeyHash with the identity-change check on; optional (documented)
 * @param groupId in older notifications of groups (observed)
 * @param type what it is a status of; mostly absent (documented)
 * @param bizOpaqueCallbackData what the business attached when sending, up to 512 characters; optional (documented)
 * @param templateId with direct-send messages; optional (documented)
 * @param conversation the window that it was sent in; rare since Graph API 24.0 (documented)
 * @param pricing what it costs; only on {@code sent}, and on one of {@code delivered} and {@code read} (documented)
 * @param errors why it failed; with {@code failed} and {@code warning} (documented)
 * @param payment the payment; with the type {@code payment} (documented)
 * @param message whom it was sent to, once more: On-Premises API only (documented)
 */
public record Status(
        String id,
        OpenEnum<MessageStatus> status,
        @Nullable Instant timestamp,
        @Nullable String recipientId,
        @Nullable String recipientUserId,

        @JsonAlias({"parent_recipient_user_id", "parent_user_id"}) @Nullable
        String recipientParentUserId,

        @Nullable OpenEnum<RecipientType> recipientType,
        @JsonAlias("participant_recipient_id") @Nullable String recipientParticipantId,
        @Nullable String recipientParticipantUserId,
        @Nullable String recipientParticipantParentUserId,
        @Nullable String recipientIdentityKeyHash,
        @Nullable String groupId,
        @Nullable OpenEnum<Type> type,
        @Nullable String bizOpaqueCallbackData,
        @Nullable String templateId,
        @Nullable Conversation conversation,
        @Nullable Pricing pricing,
        List<PlatformError> errors,
        @Nullable Payment payment,
        @Nullable MessageRef message) {

    public Status {
        errors = Lists.orEmpty(errors);
    }

    /**
     * The window that a message was sent in.
     *
     * @param id opaque; always (documented)
     * @param expirationTimestamp when it closes; only with {@code sent} (documented)
     * @param origin what opened it (documented)
     * @param pricing what it costs; here instead of beside the conversation on the pages about groups (documented)
     */
    public record Conversation(
            @Nullable String id,
            @Nullable Instant expirationTimestamp,
            @Nullable Origin origin,
            @Nullable Pricing pricing) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * What opened a window.
     *
     * @param type what opened it; always (documented)
     */
    public record Origin(@Nullable OpenEnum<PricingCategory> type) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * What a message costs.
     *
     * @param billable whether it costs anything; planned to go, a string with groups (documented)
     * @param pricingModel how it is counted (documented)
     * @param type why it costs or does not; optional (documented)
     * @param category which rate applies (documented)
     */
    public record Pricing(
            @Nullable Boolean billable,
            @Nullable OpenEnum<PricingModel> pricingModel,
            @Nullable OpenEnum<PricingType> type,
            @Nullable OpenEnum<PricingCategory> category) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Whom a message was sent to.
     *
     * @param recipientId WhatsApp id (documented)
     */
    public record MessageRef(@Nullable String recipientId) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** Whom a message may be sent to (documented). */
    public enum RecipientType implements OpenEnum<RecipientType> {
        INDIVIDUAL,
        GROUP
    }

    /** What there may be a status of (documented). */
    public enum Type implements OpenEnum<Type> {
        MESSAGE,
        PAYMENT,
        CALL
    }

    /** How messages may be counted (documented). */
    public enum PricingModel implements OpenEnum<PricingModel> {
        /** By message, since July 2025. */
        PMP,
        /** By conversation. */
        CBP,
        /** Older. */
        NBP
    }

    /** Why a message may cost or not (documented). */
    public enum PricingType implements OpenEnum<PricingType> {
        REGULAR,
        FREE_CUSTOMER_SERVICE,
        FREE_ENTRY_POINT
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
