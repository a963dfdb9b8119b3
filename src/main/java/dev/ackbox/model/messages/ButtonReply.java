package dev.ackbox.model.messages;

import dev.ackbox.model.ContentType;
import dev.ackbox.model.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * A button was chosen.
 *
 * @param id the business's own id of it; always (documented)
 * @param title what stands on it; always (documented)
 */
@ContentType("button_reply")
public record ButtonReply(@Nullable String id, @Nullable String title) implements Reply {

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
