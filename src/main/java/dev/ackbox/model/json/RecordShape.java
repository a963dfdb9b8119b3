package dev.ackbox.model.json;

import dev.ackbox.model.UnknownWord;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A record: a property for each component. One component may be the content, which stands in the property that is named
 * by the property {@code type}.
 */
final class RecordShape<T> implements Shape<T> {

    static final String TYPE = "type";

    private final RecordConstructor<T> constructor;
    private final Map<String, Property> properties = new HashMap<>();
    private @Nullable Content content;

    /**
     * Where a property goes.
     *
     * @param index which component it is
     * @param shape of that
     */
    record Property(int index, Shape<?> shape) {}

    /**
     * Where the content goes.
     *
     * @param index which component it is
     * @param shapes by the word that says which it is, in lower case
     * @param unknown of a word that is not known
     */
    record Content(int index, Map<String, Shape<?>> shapes, Shape<?> unknown) {

        /** The name of the property that holds the content; absent where nothing says which it is. */
        private static @Nullable String nameIn(JsonNode json) {
            JsonNode type = json.path(TYPE);
            if (!type.isValueNode() || type.isNull()) {
                return null;
            }
            String word = type.asString();
            return json.has(word) ? word : word.toLowerCase(Locale.ROOT);
        }

        private Property property(String name) {
            return new Property(index, shapes.getOrDefault(name.toLowerCase(Locale.ROOT), unknown));
        }

        private boolean isTyped(String name) {
            return shapes.containsKey(name.toLowerCase(Locale.ROOT));
        }
    }

    RecordShape(RecordConstructor<T> constructor) {
        this.constructor = constructor;
    }

    /** Adds a property; before the first reading. */
    void add(String name, Property property) {
        properties.put(name, property);
    }

    /** Adds the content; before the first reading. */
    void add(Content added) {
        content = added;
    }

    @Override
    public @Nullable T read(JsonNode json, Reading reading) throws MisfitException {
        if (json.isArray() && json.isEmpty()) {
            return null; // an object without properties, as PHP writes it
        }
        if (!json.isObject() || reading.isTooDeep()) {
            throw reading.misfit(json);
        }
        @Nullable Object[] components = new @Nullable Object[constructor.componentCount()];
        String contentName = content == null ? null : Content.nameIn(json);
        for (Map.Entry<String, JsonNode> each : json.properties()) {
            String name = each.getKey();
            Property property = properties.get(name);
            if (property == null && content != null && name.equals(contentName)) {
                property = content.property(name);
            }
            if (property == null) {
                reading.unknownProperty(name, each.getValue());
            } else if (!each.getValue().isNull() && components[property.index()] == null) {
                reading.enter(name);
                components[property.index()] = property.shape().read(each.getValue(), reading);
                reading.leave();
            }
        }
        if (content != null && contentName != null) {
            noteUntypedContent(content, contentName, json, components, reading);
        }
        return constructor.create(components);
    }

    /** Notes content of a type that is known to have none; a type that is not known has been noted itself. */
    private void noteUntypedContent(
            Content content, String name, JsonNode json, @Nullable Object[] components, Reading reading) {
        Property type = properties.get(TYPE);
        boolean isKnown = type == null || !(components[type.index()] instanceof UnknownWord<?>);
        if (isKnown && json.has(name) && !properties.containsKey(name) && !content.isTyped(name)) {
            reading.unknownProperty(name, json.path(name));
        }
    }
}
