package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/**
 * The business phone number that a value is about.
 *
 * @param displayPhoneNumber for people to read; mostly digits, sometimes formatted (observed)
 * @param phoneNumberId its id, which the Graph API is called with
 */
public record Metadata(
        @Nullable String displayPhoneNumber, @Nullable String phoneNumberId) {

    /** Leaves the number out. */
    @Override
    public String toString() {
        return "Metadata[" + phoneNumberId + "]";
    }
}
