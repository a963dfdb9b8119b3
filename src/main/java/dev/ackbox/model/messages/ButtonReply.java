package dev.ackbox.model.messages;

import dev.ackbox.model.form.ContentType;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * A button was chosen.
 *
 * @param id the business's own id of it; always
 * @param title what stands on it; always
 */
@ContentType("button_reply")
public record ButtonReply(@Nullable String id, @Nullable String title) implements Reply, Choice {

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
