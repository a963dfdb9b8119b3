package dev.ackbox.model;

import tools.jackson.databind.JsonNode;

/**
 * Content of a message whose type is not known.
 *
 * @param json the property that is named after the type, as it came. Must not be changed.
 */
@Bare
public record UnknownContent(JsonNode json) implements MessageContent {

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
