package dev.ackbox.model;

import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * The business phone number that a value is about.
 *
 * @param displayPhoneNumber for people to read; always, digits, sometimes formatted (observed)
 * @param phoneNumberId its id, which the Graph API is called with; always
 */
public record Metadata(@Nullable String displayPhoneNumber, String phoneNumberId) {

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
