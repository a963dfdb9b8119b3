package dev.ackbox.model.json;

import dev.ackbox.model.UnknownWord;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A record: a property for each component. One component may be the content, which stands in the property that is named
 * by the property {@code type}. Without one of the components that must be there, its core, nothing is left of a record;
 * a whole value without its core is unreadable. The content is core where its type is known.
 */
final class RecordShape<T> implements Shape<T> {

    static final String TYPE = "type";

    private final Class<T> type;
    private final RecordConstructor<T> constructor;
    private final Map<String, Property> properties = new HashMap<>();

    private final List<Core> core = new ArrayList<>();

    private @Nullable Content content;

    /**
     * Where a property goes.
     *
     * @param index which component it is
     * @param isCore whether that must be there
     * @param mustFit whether JSON that does not fit must not be taken for none
     * @param shape of that
     */
    record Property(int index, boolean isCore, boolean mustFit, Shape<?> shape) {}

    /**
     * A component that must be there.
     *
     * @param index which component it is
     * @param name of its property
     */
    private record Core(int index, String name) {}

    /**
     * Where the content goes.
     *
     * @param index which component it is
     * @param members by the {@linkplain Words#essence essence} of the word that says which it is
     * @param unknown of a word that is not known
     */
    record Content(int index, Map<String, FamilyShape.Member> members, Shape<?> unknown) {

        private FamilyShape.@Nullable Member member(String name) {
            return members.get(Words.essence(name));
        }

        private Property property(String name) {
            FamilyShape.Member member = member(name);
            return member == null
                    ? new Property(index, false, false, unknown)
                    : new Property(index, true, false, member.shape());
        }
    }

    RecordShape(Class<T> type) {
        this.type = type;
        this.constructor = new RecordConstructor<>(type);
    }

    /** The components, in order. */
    List<Component> components() {
        return constructor.components();
    }

    /** Adds a property; before the first reading. The first name of a component is the usual one. */
    void add(String name, Property property) {
        properties.put(name, property);
        if (property.isCore() && core.stream().noneMatch(each -> each.index() == property.index())) {
            core.add(new Core(property.index(), name));
        }
    }

    /** Adds the content; before the first reading. */
    void add(Content added) {
        content = added;
    }

    @Override
    public boolean hasCore() {
        return !core.isEmpty();
    }

    /** The names of the properties that must be there. */
    List<String> core() {
        return core.stream().map(Core::name).toList();
    }

    @Override
    public @Nullable T read(JsonNode json, Reading reading) throws UnreadablePayloadException {
        JsonNode object = reading.one(json);
        if (object == null) {
            return null;
        }
        if (!object.isObject() || reading.isTooDeep()) {
            reading.misfit(object);
            return null;
        }
        @Nullable
        Object[] components = new @Nullable Object[constructor.components().size()];
        if (!fill(components, object, reading)) {
            if (Value.class.isAssignableFrom(type)) {
                throw reading.unreadable();
            }
            return null;
        }
        return constructor.create(components);
    }

    /** Reads all properties; returns false, and has noted it, where one that must be there is not. */
    private boolean fill(@Nullable Object[] components, JsonNode json, Reading reading)
            throws UnreadablePayloadException {
        String contentName = content == null ? null : nameOfContent(content, json);
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
                reading.forgetCause();
                Object component = property.shape().read(each.getValue(), reading);
                components[property.index()] = component;
                if ((property.isCore() && isNothing(component)) || (property.mustFit() && reading.hasCause())) {
                    reading.lackedHere(each.getValue());
                    reading.leave();
                    return false;
                }
                reading.leave();
            }
        }
        for (Core each : core) {
            if (components[each.index()] == null) {
                reading.lacks(each.name());
                return false;
            }
        }
        return content == null
                || contentName == null
                || isContentComplete(content, contentName, json, components, reading);
    }

    private static boolean isNothing(@Nullable Object component) {
        return component == null || (component instanceof String text && text.isBlank());
    }

    /**
     * The name of the property that holds the content: the one that the type names or, where there is no type, the first that
     * can be one. Absent where there is none.
     */
    private @Nullable String nameOfContent(Content among, JsonNode json) {
        JsonNode kind = json.path(TYPE).isArray() ? json.path(TYPE).path(0) : json.path(TYPE);
        String word = kind.isValueNode() && !kind.isNull() ? kind.asString() : null;
        if (word != null && json.has(word)) {
            return word;
        }
        String essence = word == null ? null : Words.essence(word);
        for (String name : json.propertyNames()) {
            if (!properties.containsKey(name)
                    && (essence == null
                            ? among.member(name) != null
                            : Words.essence(name).equals(essence))) {
                return name;
            }
        }
        return word == null ? null : word.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Completes content that may be absent, and returns false where there is none although there must be. Notes content of a type
     * that is known to have none; a type that is not known has been noted itself.
     */
    private boolean isContentComplete(
            Content among, String name, JsonNode json, @Nullable Object[] components, Reading reading)
            throws UnreadablePayloadException {
        FamilyShape.Member member = among.member(name);
        if (member == null) {
            Property kind = properties.get(TYPE);
            boolean isKnown = kind == null || !(components[kind.index()] instanceof UnknownWord<?>);
            if (isKnown && json.has(name) && !properties.containsKey(name)) {
                reading.unknownProperty(name, json.path(name));
            }
            return true;
        }
        if (components[among.index()] == null && member.mayBeAbsent()) {
            components[among.index()] = member.shape().read(JsonNodeFactory.instance.objectNode(), reading);
        } else if (components[among.index()] == null) {
            reading.lacks(name);
            return false;
        }
        return true;
    }
}
