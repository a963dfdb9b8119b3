package dev.ackbox.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads a notification with one change: the envelope first, then the value by its field. What is not known, and what does
 * not fit, becomes an {@link UnknownValue}. Safe for use by several threads.
 */
public final class ChangeReader {

    private static final String WHATSAPP = "whatsapp_business_account";

    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .addModule(new SimpleModule().addDeserializer(Instant.class, new PlatformTimeDeserializer()))
            .build();

    /** A reader for each field's value; a field that is not here has no type. */
    private final Map<String, ObjectReader> values = Map.of("messages", json.readerFor(MessagesValue.class));

    /**
     * Reads a payload.
     *
     * @throws UnreadablePayloadException where it is not JSON
     */
    public Change<?> read(byte[] payload) throws UnreadablePayloadException {
        JsonNode notification = parse(payload);
        JsonNode entry = notification.path("entry").path(0);
        JsonNode change = entry.path("changes").path(0);
        JsonNode value = change.path("value");
        boolean hasValue = value.isObject();
        return new Change<>(
                text(notification.path("object")),
                text(entry.path("id")),
                time(entry.path("time")),
                text(change.path("field")),
                value(notification, change, value),
                hasValue ? value : notification);
    }

    private JsonNode parse(byte[] payload) throws UnreadablePayloadException {
        try {
            JsonNode notification = json.readTree(payload);
            if (notification.isMissingNode()) {
                throw new UnreadablePayloadException("The payload is empty", null);
            }
            return notification;
        } catch (JacksonException ex) {
            throw new UnreadablePayloadException("The payload is not JSON" + at(ex.getLocation()), null);
        }
    }

    private static String at(@Nullable TokenStreamLocation location) {
        return location == null ? "" : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private Value value(JsonNode notification, JsonNode change, JsonNode value) {
        if (!change.isObject()) {
            return new UnknownValue(UnknownValue.Reason.NO_CHANGE, notification);
        }
        if (!value.isObject()) {
            return new UnknownValue(UnknownValue.Reason.NO_VALUE, notification);
        }
        if (!WHATSAPP.equals(text(notification.path("object")))) {
            return new UnknownValue(UnknownValue.Reason.OBJECT, value);
        }
        ObjectReader reader = values.get(String.valueOf(text(change.path("field"))));
        if (reader == null) {
            return new UnknownValue(UnknownValue.Reason.FIELD, value);
        }
        try {
            return reader.readValue(value);
        } catch (JacksonException ex) {
            return new UnknownValue(UnknownValue.Reason.MISFIT, value);
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? node.asString() : null;
    }

    private static @Nullable Instant time(JsonNode node) {
        String text = text(node);
        return text == null ? null : PlatformTimeDeserializer.parse(text);
    }
}
