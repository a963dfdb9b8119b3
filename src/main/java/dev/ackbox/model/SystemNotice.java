package dev.ackbox.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something changed about the user.
 *
 * @param body an English sentence; always (documented)
 * @param type what changed; always (documented)
 * @param waId the new WhatsApp id; with a new number (documented)
 * @param newWaId the same, webhook versions up to 11 and On-Premises API (documented)
 * @param customer the WhatsApp id before; optional (documented)
 * @param identity hash of the new identity; optional (documented)
 * @param userId the new business-scoped id; with a new id (documented)
 * @param parentUserId the same for linked portfolios; optional (documented)
 * @param previousUserId the business-scoped id before; since August 2026 (documented)
 * @param previousParentUserId the same for linked portfolios; since August 2026 (documented)
 * @param users of a group: On-Premises API only (inferred)
 */
@ContentType("system")
public record SystemNotice(
        @Nullable String body,
        @Nullable Word<Type> type,
        @Nullable String waId,
        @Nullable String newWaId,
        @Nullable String customer,
        @Nullable String identity,
        @Nullable String userId,
        @Nullable String parentUserId,
        @Nullable String previousUserId,
        @Nullable String previousParentUserId,
        List<String> users)
        implements MessageContent {

    public SystemNotice {
        users = Lists.orEmpty(users);
    }

    /** What may change about a user (documented; the last two of On-Premises groups, inferred). */
    public enum Type implements Word<Type> {
        USER_CHANGED_NUMBER,
        USER_CHANGED_USER_ID,
        CUSTOMER_IDENTITY_CHANGED,
        CUSTOMER_CHANGED_NUMBER,
        GROUP_USER_JOINED,
        GROUP_USER_LEFT
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
