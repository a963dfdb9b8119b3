package dev.ackbox.model;

import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * A user. Which message it belongs to follows from the ids, not from the order.
 *
 * @param profile what the user calls themselves; optional
 * @param waId WhatsApp id, digits, not always the phone number; absent since 2026 where the number may not be shared, also the business-scoped id in its place (observed)
 * @param userId business-scoped id, such as {@code US.4170923358816620457}; always since April 2026
 * @param parentUserId the same for linked portfolios; optional
 * @param countryCode ISO 3166 alpha-2; optional, since 2026, here or in the profile
 * @param identityKeyHash with the identity-change check on; optional
 */
public record Contact(
        @Nullable Profile profile,
        @Nullable String waId,
        @Nullable String userId,
        @Nullable String parentUserId,
        @Nullable String countryCode,
        @Nullable String identityKeyHash) {

    /**
     * What a user calls themselves.
     *
     * @param name any text, may be empty; optional
     * @param username since 2026; optional, with or without a leading {@code @} (observed)
     * @param countryCode ISO 3166 alpha-2; optional, since 2026 (observed)
     */
    public record Profile(
            @Nullable String name,
            @Nullable String username,
            @Nullable String countryCode) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
