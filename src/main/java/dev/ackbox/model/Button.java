package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/**
 * A quick-reply button of a template was pressed.
 *
 * @param payload what the business attached to it; optional (documented)
 * @param text what stands on it; always (documented)
 */
@ContentType("button")
public record Button(@Nullable String payload, @Nullable String text) implements MessageContent {

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
