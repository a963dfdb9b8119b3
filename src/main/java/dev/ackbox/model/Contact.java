package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/**
 * A user. Which message it belongs to follows from the ids, not from the order (documented).
 *
 * @param profile what the user calls themselves; optional (documented)
 * @param waId WhatsApp id, digits, not always the phone number; absent since 2026 where the number may not be shared
 *     (documented), also the business-scoped id in its place (observed)
 * @param userId business-scoped id, such as {@code US.4170923358816620457}; always since April 2026 (documented)
 * @param parentUserId the same for linked portfolios; optional (documented)
 * @param identityKeyHash with the identity-change check on; optional (documented)
 */
public record Contact(
        @Nullable Profile profile,
        @Nullable String waId,
        @Nullable String userId,
        @Nullable String parentUserId,
        @Nullable String identityKeyHash) {

    /**
     * What a user calls themselves.
     *
     * @param name any text, may be empty; optional (documented)
     * @param username since 2026; optional (documented), with or without a leading {@code @} (observed)
     */
    public record Profile(@Nullable String name, @Nullable String username) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
