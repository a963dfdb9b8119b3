package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param profile what the user calls themselves
 * @param waId WhatsApp id, digits, not always the phone number; absent since 2026 where the number may not be shared
 *     (documented)
 * @param userId business-scoped id, such as {@code US.4170923358816620457} (documented)
 * @param parentUserId the same for linked portfolios (documented)
 * @param identityKeyHash only with the identity-change check on (documented)
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
     * @param name any text, may be empty
     * @param username since 2026, with or without a leading {@code @} (observed)
     */
    public record Profile(@Nullable String name, @Nullable String username) {

        /** Leaves the content out: it is personal data. */
        @Override
        public String toString() {
            return "Profile[...]";
        }
    }

    /** Leaves the content out: it is personal data. */
    @Override
    public String toString() {
        return "Contact[...]";
    }
}
