package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/**
 * A message was deleted for everyone. Only with numbers of the WhatsApp Business app (documented).
 *
 * @param originalMessageId which message; always (documented)
 */
@ContentType("revoke")
public record Revoke(@Nullable String originalMessageId) implements MessageContent {

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
