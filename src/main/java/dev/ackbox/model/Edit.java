package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/**
 * A message was edited. Only with numbers of the WhatsApp Business app (documented).
 *
 * @param originalMessageId which message; always (documented)
 * @param message its new content, with a type and sometimes a context, without the rest; always (documented)
 */
@ContentType("edit")
public record Edit(
        @Nullable String originalMessageId, @Nullable Message message) implements MessageContent {

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
