package dev.ackbox.test;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message that a handler has sent.
 *
 * @param id what statuses would name it by
 * @param phoneNumberId the business number that it was sent from
 * @param json what Meta was given
 */
public record SentMessage(String id, String phoneNumberId, JsonNode json) {

    /** Whom it was sent to: a phone number, a business-scoped id, or a group. */
    public String recipient() {
        return json.path("to").asString(json.path("recipient").asString(""));
    }

    /** Meta's name of its type, such as {@code text}. */
    public String type() {
        return json.path("type").asString("");
    }

    /** The text of a text message; absent for any other. */
    public @Nullable String text() {
        return json.at("/text/body").asString(null);
    }
}
