package dev.ackbox.model.messages;

import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user's identity changed, with the identity-change check on.
 *
 * @param acknowledged whether the business has acknowledged it
 * @param createdTimestamp when it was found; the platform gives milliseconds here
 * @param hash what it is acknowledged with
 */
public record Identity(
        @Nullable Boolean acknowledged,
        @Nullable Instant createdTimestamp,
        @Nullable String hash) {

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
