package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/**
 * The business phone number that a value is about.
 *
 * @param displayPhoneNumber for people to read; always, digits (documented), sometimes formatted (observed)
 * @param phoneNumberId its id, which the Graph API is called with; always (documented)
 */
public record Metadata(@Nullable String displayPhoneNumber, String phoneNumberId) {

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
