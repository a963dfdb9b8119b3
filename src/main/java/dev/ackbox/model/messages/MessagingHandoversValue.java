package dev.ackbox.model.messages;

import dev.ackbox.model.Metadata;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code messaging_handovers}: a chat went from one app or agent to another. There is no metadata;
 * the number is in {@code recipient}.
 *
 * @param messagingProduct {@code whatsapp}; always
 * @param sender the user; optional
 * @param recipient the business phone number; always
 * @param type what happened; optional
 * @param timestamp when; always
 * @param controlPassed with {@code control_passed}
 * @param controlTaken with {@code control_taken}
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
     * @param phoneNumber digits; absent where the number may not be shared
     * @param userId business-scoped id (inferred)
     * @param parentUserId the same for linked portfolios (inferred)
     */
    public record Sender(
            @Nullable String phoneNumber,
            @Nullable String userId,
            @Nullable String parentUserId) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * From whom to whom a chat went.
     *
     * @param previousOwnerAppId deprecated; optional
     * @param newOwnerAppId optional
     * @param previousOwnerAppRole optional
     * @param previousOwnerRole optional
     * @param newOwnerRole optional
     * @param metadata what the previous owner passed on, any text; optional
     * @param conversationContext what was said before; optional
     */
    public record Control(
            @Nullable String previousOwnerAppId,
            @Nullable String newOwnerAppId,
            @Nullable OpenEnum<AppRole> previousOwnerAppRole,
            @Nullable OpenEnum<Role> previousOwnerRole,
            @Nullable OpenEnum<Role> newOwnerRole,
            @Nullable String metadata,
            @Nullable ConversationContext conversationContext) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may happen to the control of a chat. */
    public enum Type implements OpenEnum<Type> {
        CONTROL_PASSED,
        CONTROL_TAKEN
    }

    /** Roles of an app. */
    public enum AppRole implements OpenEnum<AppRole> {
        META_BUSINESS_AGENT
    }

    /** Roles in a chat. */
    public enum Role implements OpenEnum<Role> {
        CUSTOMER_SERVICE,
        MARKETING,
        UTILITY,
        CTWA,
        AI_AGENT,
        ESCALATION
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
