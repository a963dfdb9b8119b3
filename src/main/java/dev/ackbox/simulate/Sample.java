package dev.ackbox.simulate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A bundled notification with one update. Hands out copies only. */
final class Sample {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonPointer FIELD = JsonPointer.compile("/entry/0/changes/0/field");
    private static final JsonPointer TEXT = JsonPointer.compile("/text");

    private final ObjectNode notification;
    private final Layout layout;

    private Sample(ObjectNode notification, Layout layout) {
        this.notification = notification;
        this.layout = layout;
    }

    static Sample load(String name, Layout layout) {
        String resource = "/samples/" + name + ".json";
        try (InputStream json = Sample.class.getResourceAsStream(resource)) {
            if (json == null) {
                throw new IllegalArgumentException("There is no resource " + resource);
            }
            return new Sample((ObjectNode) JSON.readTree(json), layout);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    String field() {
        return notification.at(FIELD).asString();
    }

    Layout layout() {
        return layout;
    }

    ObjectNode notification() {
        return notification.deepCopy();
    }

    ObjectNode update() {
        return (ObjectNode) updates(notification).get(0).deepCopy();
    }

    boolean isText() {
        return update().at(TEXT).path("body").isString();
    }

    /** The same with another text, if it is a text message. */
    Sample withText(String text) {
        if (!isText()) {
            return this;
        }
        ObjectNode copy = notification();
        JsonNode content = updates(copy).get(0).at(TEXT);
        ((ObjectNode) content).put("body", text);
        return new Sample(copy, layout);
    }

    private ArrayNode updates(ObjectNode notification) {
        return (ArrayNode) notification.at(layout.updates());
    }
}
