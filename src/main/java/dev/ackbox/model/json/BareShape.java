package dev.ackbox.model.json;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A record that stands for the JSON itself. An empty list stands for nothing.
 *
 * @param constructor of the record
 * @param component shape of its only component
 */
record BareShape<T>(RecordConstructor<T> constructor, Shape<?> component) implements Shape<T> {

    @Override
    public @Nullable T read(JsonNode json, Reading reading) throws UnreadablePayloadException {
        Object read = component.read(json, reading);
        return read == null || (read instanceof List<?> list && list.isEmpty()) ? null : constructor.create(read);
    }
}
