package dev.ackbox.model.json;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One of a sealed family of records: the one that the property {@code type} names or, where nothing does, the one that a
 * property is named after.
 *
 * @param shapes by the word that says which it is, in lower case
 * @param other of any other word
 */
record FamilyShape(Map<String, Shape<?>> shapes, Shape<?> other) implements Shape<Object> {

    @Override
    public @Nullable Object read(JsonNode json, Reading reading) throws UnreadablePayloadException {
        return shapeOf(json).read(json, reading);
    }

    private Shape<?> shapeOf(JsonNode json) {
        JsonNode type = json.path(RecordShape.TYPE);
        if (type.isString()) {
            return shapes.getOrDefault(type.asString().toLowerCase(Locale.ROOT), other);
        }
        for (Map.Entry<String, Shape<?>> each : shapes.entrySet()) {
            if (json.has(each.getKey())) {
                return each.getValue();
            }
        }
        return other;
    }

    @Override
    public boolean hasCore() {
        return other.hasCore();
    }
}
