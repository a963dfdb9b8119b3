package dev.ackbox.simulate;

import java.time.Instant;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Updates in an array of one change's value, such as messages and statuses: each has an id, a time and a user.
 *
 * @param array name of the array
 * @param userProperty where an update names its user: the number here, the user id in a sibling
 */
record ArrayLayout(String array, String userProperty) implements Layout {

    static final ArrayLayout MESSAGES = new ArrayLayout("messages", "from");
    static final ArrayLayout STATUSES = new ArrayLayout("statuses", "recipient_id");
    static final ArrayLayout CALLS = new ArrayLayout("calls", "from");
    static final ArrayLayout ECHOES = new ArrayLayout("message_echoes", "to");

    @Override
    public JsonPointer updates() {
        return JsonPointer.compile("/entry/0/changes/0/value/" + array);
    }

    @Override
    public void renew(ObjectNode update, User user, Instant time, FreshIds ids) {
        String id = update.path("id").asString();
        String prefix = id.substring(0, id.indexOf('.') + 1);
        update.put("id", ids.messageId(prefix, user, !userProperty.equals("from")));
        update.put("timestamp", Long.toString(time.getEpochSecond()));
        update.put(userProperty, user.number());
        update.put(userIdProperty(), user.userId());
    }

    private String userIdProperty() {
        return userProperty.equals("recipient_id") ? "recipient_user_id" : userProperty + "_user_id";
    }
}
