package dev.ackbox.model.messages;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ackbox.model.Contact;
import dev.ackbox.model.Group;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.Recipient;
import dev.ackbox.model.User;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message that was sent. Statuses come in any order, and some never; see {@link #supersedes}.
 *
 * @param messageId id of the message that was sent; always
 * @param status what became of it; always
 * @param timestamp when; always, missing in one sample
 * @param recipientId the user's WhatsApp id, or the id of a group; absent since 2026 where the number may not be shared
 * @param recipientUserId the user's business-scoped id; optional
 * @param recipientParentUserId the same for linked portfolios; optional, earlier under two other names
 * @param recipientType with groups, mostly absent otherwise
 * @param recipientParticipantId who of the group it is about; with groups, earlier under another name
 * @param recipientParticipantUserId the same as a business-scoped id; with groups
 * @param recipientParticipantParentUserId the same for linked portfolios; with groups
 * @param recipientIdentityKeyHash with the identity-change check on; optional
 * @param recipientLogicalId digits of unknown meaning; optional (observed)
 * @param groupId in older notifications of groups (observed)
 * @param type what it is a status of; mostly absent
 * @param bizOpaqueCallbackData what the business attached when sending, up to 512 characters; optional
 * @param templateId with direct-send messages; optional
 * @param conversation the window that it was sent in; rare since Graph API 24.0
 * @param pricing what it costs; only on {@code sent}, and on one of {@code delivered} and {@code read}
 * @param errors why it failed; with {@code failed} and {@code warning}
 * @param contacts the user, here and not in the value; optional, mostly without a profile (observed)
 * @param message the recipient once more: On-Premises API only
 */
public record Status(
        @JsonProperty("id") String messageId,
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
        @Nullable String recipientLogicalId,
        @Nullable String groupId,
        @Nullable OpenEnum<Type> type,
        @Nullable String bizOpaqueCallbackData,
        @Nullable String templateId,
        @Nullable Conversation conversation,
        @Nullable Pricing pricing,
        List<PlatformError> errors,
        List<Contact> contacts,
        @Nullable MessageRef message)
        implements SentStatus {

    public Status {
        errors = Lists.orEmpty(errors);
        contacts = Lists.orEmpty(contacts);
        if (recipientId == null && message != null) {
            recipientId = message.recipientId();
        }
        if (pricing == null && conversation != null) {
            pricing = conversation.pricing();
        }
    }

    /** The user or the group that the message was sent to; absent where there is no id. */
    public @Nullable Recipient recipient() {
        if (groupId != null) {
            return new Group(groupId);
        }
        if (recipientType == RecipientType.GROUP) {
            return recipientId == null ? null : new Group(recipientId);
        }
        return User.of(recipientId, recipientUserId, recipientParentUserId);
    }

    /** Of a group, the user that this is about; absent otherwise. */
    public @Nullable User participant() {
        return User.of(recipientParticipantId, recipientParticipantUserId, recipientParticipantParentUserId);
    }

    /** Why the message failed, or what is wrong with it; absent where nothing is. Of several errors, the first. */
    public @Nullable PlatformError failure() {
        return errors.isEmpty() ? null : errors.get(0);
    }

    /**
     * Whether this is news to somebody who knows another status of the same message: statuses come in any order, so that
     * {@code sent} may follow {@code read}.
     *
     * @param known the latest word that is known of the message; absent where there is none
     */
    public boolean supersedes(@Nullable OpenEnum<MessageStatus> known) {
        return known == null || MessageStatus.rankOf(status) > MessageStatus.rankOf(known);
    }

    /**
     * The window that a message was sent in.
     *
     * @param id opaque; always
     * @param expirationTimestamp when it closes; only with {@code sent}
     * @param origin what opened it
     * @param pricing what it costs; here on the pages about groups. The status's own holds it too
     */
    public record Conversation(
            @Nullable String id,
            @Nullable Instant expirationTimestamp,
            @Nullable Origin origin,
            @Nullable Pricing pricing) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * What opened a window.
     *
     * @param type what opened it; always
     */
    public record Origin(@Nullable OpenEnum<PricingCategory> type) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * What a message costs.
     *
     * @param billable whether it costs anything; planned to go, a string with groups
     * @param pricingModel how it is counted
     * @param type why it costs or does not; optional
     * @param subtype more on the type; optional, since October 2026
     * @param category which rate applies
     */
    public record Pricing(
            @Nullable Boolean billable,
            @Nullable OpenEnum<PricingModel> pricingModel,
            @Nullable OpenEnum<PricingType> type,
            @Nullable OpenEnum<PricingSubtype> subtype,
            @Nullable OpenEnum<PricingCategory> category) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * The message that a status is about, in the On-Premises API.
     *
     * @param recipientId the user's WhatsApp id; always
     */
    public record MessageRef(@Nullable String recipientId) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** Whom a message may be sent to. */
    public enum RecipientType implements OpenEnum<RecipientType> {
        INDIVIDUAL,
        GROUP
    }

    /** What there may be a status of. */
    public enum Type implements OpenEnum<Type> {
        MESSAGE,
        PAYMENT,
        CALL
    }

    /** How messages may be counted. */
    public enum PricingModel implements OpenEnum<PricingModel> {
        /** By message, since July 2025. */
        PMP,
        /** By conversation. */
        CBP,
        /** Older. */
        NBP
    }

    /** More on why a message may cost or not. */
    public enum PricingSubtype implements OpenEnum<PricingSubtype> {
        PAID_EXEMPT
    }

    /** Why a message may cost or not. */
    public enum PricingType implements OpenEnum<PricingType> {
        REGULAR,
        FREE_CUSTOMER_SERVICE,
        FREE_ENTRY_POINT,
        FREE_GROUP_CUSTOMER_SERVICE
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
