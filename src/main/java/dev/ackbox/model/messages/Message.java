package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message: what all of them have, and a content by its type. Received from a user in {@code messages}; in echoes and
 * in a history also one that the business sent, from the app or through another party.
 *
 * @param id {@code wamid.} and Base64, which holds the user's phone number; {@code wacid.} for a voicemail; always, a short opaque text in test notifications (observed)
 * @param timestamp when it reached the platform, in a history by the device's clock; always
 * @param type what kind of message it is; always
 * @param from WhatsApp id of who sent it, digits; absent since 2026 where the number may not be shared,
 *     also the business-scoped id in its place (observed)
 * @param fromUserId business-scoped id of who sent it; optional
 * @param fromParentUserId the same for linked portfolios; optional
 * @param fromLogicalId digits of unknown meaning; optional (observed)
 * @param to WhatsApp id of the user; only where the business sent it, absent since 2026 where the number may not be
 *     shared
 * @param toUserId business-scoped id of the user; only where the business sent it
 * @param toParentUserId the same for linked portfolios; optional
 * @param groupId the group that it was written in; absent outside of groups
 * @param context what it answers or was forwarded from; optional
 * @param referral the ad or post that led to it; optional
 * @param identity with the identity-change check on; optional
 * @param errors why it has no content; with {@code unsupported} and {@code unknown}
 * @param origin how contact cards came to be sent; earlier here, now on each card
 * @param historyContext what had become of it; always in a history, absent elsewhere
 * @param messageCreationType who wrote it; only in {@code message_echoes}, optional (observed)
 * @param content stands in the property that is named after the type; always where {@link Content} has that type, otherwise absent
 *     where the platform sends none, as with {@code request_welcome}
 */
public record Message(
        String id,
        @Nullable Instant timestamp,
        OpenEnum<MessageType> type,
        @Nullable String from,
        @Nullable String fromUserId,
        @Nullable String fromParentUserId,
        @Nullable String fromLogicalId,
        @Nullable String to,
        @Nullable String toUserId,
        @Nullable String toParentUserId,
        @Nullable String groupId,
        @Nullable MessageContext context,
        @Nullable Referral referral,
        @Nullable Identity identity,
        List<PlatformError> errors,
        @Nullable OpenEnum<ContactCard.Origin> origin,
        @Nullable HistoryContext historyContext,
        @Nullable OpenEnum<CreationType> messageCreationType,
        @Nullable Content content) {

    public Message {
        errors = Lists.orEmpty(errors);
    }

    /**
     * What had become of a message of a history.
     *
     * @param status always, in upper case, in lower case in test notifications (observed)
     * @param fromMe whether the business sent it; optional (observed)
     */
    public record HistoryContext(
            @Nullable OpenEnum<HistoryStatus> status,
            @Nullable Boolean fromMe) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may have become of a message of a history. */
    public enum HistoryStatus implements OpenEnum<HistoryStatus> {
        DELIVERED,
        ERROR,
        PENDING,
        PLAYED,
        READ,
        SENT
    }

    /** Who may have written an echoed message (observed). */
    public enum CreationType implements OpenEnum<CreationType> {
        CREATED_BY_1P_BOT,
        USER_INITIATED
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
