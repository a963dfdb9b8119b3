package dev.ackbox.simulate;

import java.time.Instant;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Updates that are changes of one entry, as with the account and template fields. They carry no id of their own, so that
 * the id of what has changed makes the difference.
 *
 * @param id from a change to that id, which is all digits, as a string or a number
 */
record ChangeLayout(JsonPointer id) implements Layout {

    private static final JsonPointer CHANGES = JsonPointer.compile("/entry/0/changes");

    @Override
    public JsonPointer updates() {
        return CHANGES;
    }

    @Override
    public void renew(ObjectNode update, User user, Instant time, FreshIds ids) {
        JsonNode sample = update.at(id);
        ObjectNode parent = (ObjectNode) update.at(id.head());
        long fresh = ids.number(sample.asString().length());
        if (sample.isNumber()) {
            parent.put(id.last().getMatchingProperty(), fresh);
        } else {
            parent.put(id.last().getMatchingProperty(), Long.toString(fresh));
        }
    }
}
