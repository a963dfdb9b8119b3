package dev.ackbox.model.messages;

import dev.ackbox.model.form.ContentType;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * A row of a list was chosen.
 *
 * @param id the business's own id of it; always
 * @param title what stands in it; always
 * @param description what stands below that; optional
 */
@ContentType("list_reply")
public record ListReply(
        @Nullable String id,
        @Nullable String title,
        @Nullable String description) implements Reply, Choice {

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
