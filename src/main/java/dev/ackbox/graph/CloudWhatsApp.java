package dev.ackbox.graph;

import dev.ackbox.handler.PermanentFailureException;
import dev.ackbox.handler.Received;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.User;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** By the Cloud API: {@code POST /<phone number id>/messages} (documented: WhatsApp Cloud API, "Messages"). */
final class CloudWhatsApp implements WhatsApp {

    private final JsonMapper json = new JsonMapper();
    private final GraphApi api;
    private final Sends sends;

    CloudWhatsApp(GraphApi api, Sends sends) {
        this.api = api;
        this.sends = sends;
    }

    @Override
    public String reply(Received received, String text) {
        ObjectNode message = json.createObjectNode();
        if (received.message() != null && received.messageId() != null) {
            message.putObject("context").put("message_id", received.messageId());
        }
        message.put("type", "text").putObject("text").put("body", text);
        return send(received, message);
    }

    @Override
    public String react(Received received, String emoji) {
        ObjectNode message = json.createObjectNode().put("type", "reaction");
        message.putObject("reaction").put("message_id", messageId(received)).put("emoji", emoji);
        return send(received, message);
    }

    @Override
    public void markRead(Received received) {
        read(received, json.createObjectNode());
    }

    @Override
    public void markReadAndType(Received received) {
        ObjectNode body = json.createObjectNode();
        body.putObject("typing_indicator").put("type", "text");
        read(received, body);
    }

    private void read(Received received, ObjectNode body) {
        body.put("messaging_product", "whatsapp").put("status", "read").put("message_id", messageId(received));
        api.post(path(received), body);
    }

    @Override
    public String send(Received received, String text) {
        return send(received, json.readTree(text));
    }

    @Override
    public String send(Received received, JsonNode message) {
        if (!(message instanceof ObjectNode given)) {
            throw new IllegalArgumentException("'message' must be a JSON object");
        }
        ObjectNode body = json.createObjectNode().put("messaging_product", "whatsapp");
        if (!given.has("to") && !given.has("recipient")) {
            addRecipient(body, received);
        }
        body.setAll(given);
        String path = path(received);
        return sends.once(received, () -> idOf(api.post(path, body)));
    }

    /** A group, else the phone number, which Meta prefers, else the business-scoped id. */
    private static void addRecipient(ObjectNode body, Received received) {
        User user = received.user();
        if (received.group() != null) {
            body.put("recipient_type", "group").put("to", received.group());
        } else if (user == null) {
            throw new PermanentFailureException("there is no user to send to");
        } else if (user.phoneNumber() != null) {
            body.put("recipient_type", "individual").put("to", user.phoneNumber());
        } else {
            body.put("recipient_type", "individual")
                    .put("recipient", user.userId() == null ? user.parentUserId() : user.userId());
        }
    }

    private static String path(Received received) {
        Metadata number = received.number();
        String id = number == null ? null : number.phoneNumberId();
        if (id == null || id.isEmpty()) {
            throw new PermanentFailureException("there is no business phone number to send from");
        }
        return id + "/messages";
    }

    private static String messageId(Received received) {
        @Nullable String id = received.messageId();
        if (id == null) {
            throw new PermanentFailureException("there is no message to refer to");
        }
        return id;
    }

    /** Without an id, the answer is none, and nobody knows. */
    private static String idOf(JsonNode answer) {
        String id = answer.at("/messages/0/id").asString("");
        if (id.isEmpty()) {
            throw GraphException.notUnderstood(200, "has no id of a message");
        }
        return id;
    }
}
