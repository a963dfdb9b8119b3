package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/**
 * A reaction to a message, or the end of one.
 *
 * @param messageId to which message; always (documented)
 * @param emoji absent once it is removed (documented), empty in older captures (observed)
 */
@ContentType("reaction")
public record Reaction(@Nullable String messageId, @Nullable String emoji) implements MessageContent {

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
