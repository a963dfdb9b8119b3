package dev.ackbox.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A kind of sample: a bundled notification with one item. */
public final class SampleKind {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonPointer CHANGE = JsonPointer.compile("/entry/0/changes/0");

    private final String name;
    private final Layout layout;
    private final String description;
    private final ObjectNode notification;

    /** Reads the bundled notification of that name. */
    SampleKind(String name, Layout layout, String description) {
        this.name = name;
        this.layout = layout;
        this.description = description;
        String resource = "/samples/" + name + ".json";
        try (InputStream json = SampleKind.class.getResourceAsStream(resource)) {
            if (json == null) {
                throw new IllegalStateException("There is no resource " + resource);
            }
            this.notification = (ObjectNode) JSON.readTree(json);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** What it is asked for by, such as {@code text} or {@code template-status}. */
    public String name() {
        return name;
    }

    /** Meta's name of the field that it comes in. */
    public String field() {
        return notification.at(CHANGE).path("field").asString();
    }

    /** What has happened, in a few words. */
    public String description() {
        return description;
    }

    /** Whether it is about a WhatsApp user. */
    public boolean hasUser() {
        return notification.toString().contains(String.valueOf(SampleUser.ROBIN.userId()));
    }

    /** Whether it is about a message to the user, or a copy of one, rather than from the user. */
    public boolean goesToUser() {
        JsonNode item = layout.itemOf(notification.at(CHANGE));
        return hasUser() && (item.has("recipient_id") || item.has("to_user_id"));
    }

    /** A sample of this kind. */
    public Sample sample() {
        return new Sample(this);
    }

    /** Whether it is a message from a user. */
    public boolean isMessage() {
        return "messages".equals(layout.array());
    }

    /** Whether it is the status of a message. */
    public boolean isStatus() {
        return "statuses".equals(layout.array());
    }

    Layout layout() {
        return layout;
    }

    /** Whether the items of both stand in one array of one field. */
    boolean sharesChangesWith(SampleKind other) {
        return field().equals(other.field()) && Objects.equals(layout.array(), other.layout.array());
    }

    /** All around the changes, which are left out. */
    ObjectNode envelope() {
        ObjectNode envelope = notification.deepCopy();
        ((ObjectNode) envelope.at("/entry/0")).putArray("changes");
        return envelope;
    }

    ObjectNode change() {
        return (ObjectNode) notification.at(CHANGE).deepCopy();
    }

    @Override
    public String toString() {
        return name;
    }
}
