package dev.ackbox.model.json;

import dev.ackbox.model.Change;
import dev.ackbox.model.UnknownValue;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.PlatformTime;
import dev.ackbox.model.json.UnknownPart.Kind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a notification with one change: the envelope first, then the value by its field, as the records of this package
 * describe it. Safe for use by several
 * threads.
 */
public final class ChangeReader {

    /** The object of each notification (documented). */
    public static final String BUSINESS_ACCOUNT = "whatsapp_business_account";

    /** The object of a topic that Meta has announced for 2027. */
    public static final String ACCOUNT = "whatsapp_account";

    /** The object of a topic for users: one of its tests, which the app dashboard sends, names properties and no change. */
    private static final String USER = "user";

    private static final Set<String> NOTIFICATION = Set.of("object", "entry");
    private static final Set<String> ENTRY = Set.of("id", "time", "changes");
    private static final Set<String> CHANGE = Set.of("field", "value");

    /** Keeps numbers exactly as they came, and drops neither of two properties of one name. */
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Map<String, Shape<?>> values = new HashMap<>();
    private final Set<String> objects;

    public ChangeReader() {
        this(Set.of(BUSINESS_ACCOUNT, ACCOUNT));
    }

    /** @param objects what a notification may be about for its value to be typed */
    public ChangeReader(Set<String> objects) {
        this.objects = Set.copyOf(objects);
        Shapes shapes = new Shapes();
        Fields.TYPES.forEach((field, type) -> values.put(field, shapes.of(type)));
    }

    /**
     * Reads a payload.
     *
     * @throws UnreadablePayloadException where it is not JSON, where an object has two properties of one name, where there
     *     are several entries or changes, or where one of the items that it is about lacks what identifies it
     */
    public ReadChange read(byte[] payload) throws UnreadablePayloadException {
        JsonNode notification = parse(payload);
        JsonNode entry = only(notification.path("entry"));
        JsonNode change = only(entry.path("changes"));
        JsonNode value = change.path("value");
        Reading reading = new Reading();
        noteUnknownProperties(notification, entry, change, reading);
        Instant time = time(entry.path("time"));
        noteMisfits(entry, time, reading);
        Change<?> typed = new Change<>(
                text(notification.path("object")),
                text(entry.path("id")),
                time,
                text(change.path("field")),
                value(notification, change, value, reading),
                value.isObject() ? value : notification);
        return new ReadChange(typed, List.copyOf(reading.unknown()), reading.leftOut());
    }

    /** The only element. Of several, all but one would be lost. */
    private static JsonNode only(JsonNode array) throws UnreadablePayloadException {
        if (array.isArray() && array.size() > 1) {
            throw new UnreadablePayloadException("entry[] has several entries or changes in one record");
        }
        return array.path(0);
    }

    private static void noteUnknownProperties(JsonNode notification, JsonNode entry, JsonNode change, Reading reading) {
        if (change.isObject()) {
            reading.unknownProperties(notification, NOTIFICATION);
            reading.enter("entry");
            reading.enterElement();
            reading.unknownProperties(entry, ENTRY);
            reading.enter("changes");
            reading.enterElement();
            reading.unknownProperties(change, CHANGE);
            reading.leave(4);
        }
    }

    private static void noteMisfits(JsonNode entry, @Nullable Instant time, Reading reading) {
        reading.enter("entry");
        reading.enterElement();
        noteMisfit("id", entry, text(entry.path("id")), reading);
        noteMisfit("time", entry, time, reading);
        reading.leave(2);
    }

    private static void noteMisfit(String name, JsonNode entry, @Nullable Object typed, Reading reading) {
        JsonNode leaf = entry.path(name);
        boolean isEmpty = leaf.isNull() || (leaf.isString() && leaf.asString().isBlank());
        if (typed == null && !leaf.isMissingNode() && !isEmpty) {
            reading.enter(name);
            reading.misfit(leaf);
            reading.leave();
        }
    }

    private JsonNode parse(byte[] payload) throws UnreadablePayloadException {
        try {
            JsonNode notification = json.readTree(payload);
            if (notification.isMissingNode()) {
                throw new UnreadablePayloadException("The payload is empty");
            }
            return notification;
        } catch (DatabindException ex) {
            throw new UnreadablePayloadException(
                    "The payload repeats a property, or is more than one JSON value" + at(ex.getLocation()));
        } catch (JacksonException ex) {
            throw new UnreadablePayloadException("The payload is not JSON" + at(ex.getLocation()));
        } catch (NumberFormatException ex) {
            throw new UnreadablePayloadException("The payload has a number that is out of all bounds");
        }
    }

    private static String at(@Nullable TokenStreamLocation location) {
        return location == null ? "" : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private Value value(JsonNode notification, JsonNode change, JsonNode value, Reading reading)
            throws UnreadablePayloadException {
        if (!change.isObject()) {
            if (isTestForUsers(notification)) {
                return new UnknownValue(UnknownValue.Reason.CHANGED_FIELDS, notification);
            }
            reading.note(Kind.NO_CHANGE, Reading.typeOf(change));
            return new UnknownValue(UnknownValue.Reason.NO_CHANGE, notification);
        }
        if (!value.isObject() || value.isEmpty()) {
            reading.note(Kind.NO_VALUE, Reading.typeOf(value));
            return new UnknownValue(UnknownValue.Reason.NO_VALUE, notification);
        }
        JsonNode object = notification.path("object");
        String name = text(object);
        if (name == null || !objects.contains(name)) {
            reading.unknownWord(Kind.OBJECT, textOrType(object));
            return new UnknownValue(UnknownValue.Reason.OBJECT, value);
        }
        String field = textOrType(change.path("field"));
        Shape<?> shape = values.get(fieldOfType(field, value));
        if (shape == null) {
            reading.unknownWord(Kind.FIELD, field);
            return new UnknownValue(UnknownValue.Reason.FIELD, value);
        }
        reading.enter("value");
        return (Value) Objects.requireNonNull(shape.read(value, reading));
    }

    private static boolean isTestForUsers(JsonNode notification) {
        JsonNode entry = notification.path("entry").path(0);
        return USER.equals(text(notification.path("object")))
                && entry.path("changed_fields").isArray()
                && entry.path("changes").isMissingNode();
    }

    /**
     * The field whose type a value has. An older page of the documentation shows a change of a template's quality under
     * the field for its status.
     */
    static String fieldOfType(String field, JsonNode value) {
        return field.equals("message_template_status_update") && value.has("new_quality_score") && !value.has("event")
                ? "message_template_quality_update"
                : field;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? node.asString() : null;
    }

    private static String textOrType(JsonNode node) {
        String text = text(node);
        return text == null ? Reading.typeOf(node) : text;
    }

    private static @Nullable Instant time(JsonNode node) {
        String text = text(node);
        return text == null ? null : PlatformTime.parse(text);
    }
}
