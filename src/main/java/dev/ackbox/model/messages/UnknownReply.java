package dev.ackbox.model.messages;

import dev.ackbox.model.form.Bare;
import dev.ackbox.model.form.Redacted;
import tools.jackson.databind.JsonNode;

/**
 * A reply of a kind that is not known.
 *
 * @param json the property that is named after the kind, as it came. Must not be changed.
 */
@Bare
public record UnknownReply(JsonNode json) implements Reply {

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
