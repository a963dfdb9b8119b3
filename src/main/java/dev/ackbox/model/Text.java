package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/**
 * A text.
 *
 * @param body any Unicode, of any length, lines end in {@code \\n}; always (documented)
 */
@ContentType("text")
public record Text(@Nullable String body) implements MessageContent {

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
