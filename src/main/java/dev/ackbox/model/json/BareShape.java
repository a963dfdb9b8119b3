package dev.ackbox.model.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A record that stands for the JSON itself.
 *
 * @param constructor of the record
 * @param component shape of its only component
 */
record BareShape<T>(RecordConstructor<T> constructor, Shape<?> component) implements Shape<T> {

    @Override
    public @Nullable T read(JsonNode json, Reading reading) throws UnreadablePayloadException {
        return constructor.create(component.read(json, reading));
    }
}
