package dev.ackbox.model.messages;

import dev.ackbox.model.Metadata;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Redacted;
import dev.ackbox.model.Value;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code messaging_handovers}: a chat went from one app or agent to another. There is no metadata;
 * the number is in {@code recipient} (documented).
 *
 * @param messagingProduct {@code whatsapp}; always (documented)
 * @param sender the user; optional (documented)
 * @param recipient the business phone number; always (documented)
 * @param type what happened; optional (documented)
 * @param timestamp when; always (documented)
 * @param controlPassed with {@code control_passed} (documented)
 * @param controlTaken with {@code control_taken} (documented)
 */
public record MessagingHandoversValue(
        @Nullable String messagingProduct,
        @Nullable Sender sender,
        Metadata recipient,
        @Nullable OpenEnum<Type> type,
        @Nullable Instant timestamp,
        @Nullable Control controlPassed,
        @Nullable Control controlTaken)
        implements Value {

    /**
     * The user of a chat.
     *
     * @param phoneNumber digits; absent where the number may not be shared (documented)
     * @param userId business-scoped id (inferred)
     * @param parentUserId the same for linked portfolios (inferred)
     */
    public record Sender(
            @Nullable String phoneNumber,
            @Nullable String userId,
            @Nullable String parentUserId) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * From whom to whom a chat went.
     *
     * @param previousOwnerAppId deprecated; optional (documented)
     * @param newOwnerAppId optional (documented)
     * @param previousOwnerAppRole optional (documented)
     * @param previousOwnerRole optional (documented)
     * @param newOwnerRole optional (documented)
     * @param metadata what the previous owner passed on, any text; optional (documented)
     * @param conversationContext what was said before; optional (documented)
     */
    public record Control(
            @Nullable String previousOwnerAppId,
            @Nullable String newOwnerAppId,
            @Nullable OpenEnum<AppRole> previousOwnerAppRole,
            @Nullable OpenEnum<Role> previousOwnerRole,
            @Nullable OpenEnum<Role> newOwnerRole,
            @Nullable String metadata,
            @Nullable ConversationContext conversationContext) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may happen to the control of a chat (documented). */
    public enum Type implements OpenEnum<Type> {
        CONTROL_PASSED,
        CONTROL_TAKEN
    }

    /** Roles of an app (documented). */
    public enum AppRole implements OpenEnum<AppRole> {
        META_BUSINESS_AGENT
    }

    /** Roles in a chat (documented). */
    public enum Role implements OpenEnum<Role> {
        CUSTOMER_SERVICE,
        MARKETING,
        UTILITY,
        CTWA,
        AI_AGENT,
        ESCALATION
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
