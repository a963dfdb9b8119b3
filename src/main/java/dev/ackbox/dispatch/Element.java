package dev.ackbox.dispatch;

import dev.ackbox.model.PlatformError;
import dev.ackbox.model.UnknownValue;
import dev.ackbox.model.Value;
import dev.ackbox.model.json.Fields;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.MessagesValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An element of one of a value's lists, such as a message, with what handlers may take of it: itself, its content, and the reply in
 * that.
 *
 * @param item the element
 * @param parts itself first
 */
record Element(Object item, List<Object> parts) {

    /** The elements of a value that handlers may take, in the order of its lists. */
    static List<Element> of(Value value) {
        List<Element> elements = new ArrayList<>(1);
        for (Structure.Part list : Structure.of(value.getClass()).elements()) {
            if (isTaken(list.type(), value.getClass())) {
                for (Object item : list.listOf(value)) {
                    elements.add(new Element(item, partsOf(item)));
                }
            }
        }
        return elements;
    }

    /**
     * The only element of a value, of whatever kind, besides the errors that are about it; the value itself where it has none or
     * several.
     */
    static Object only(Value value) {
        List<Object> items = new ArrayList<>();
        List<Object> errors = new ArrayList<>();
        for (Structure.Part list : Structure.of(value.getClass()).elements()) {
            (list.type() == PlatformError.class ? errors : items).addAll(list.listOf(value));
        }
        List<Object> candidates = items.isEmpty() ? errors : items;
        return candidates.size() == 1 ? candidates.get(0) : value;
    }

    /** Echoes and history hold messages too, but those would be taken for what a user has just sent. */
    private static boolean isTaken(Class<?> element, Class<?> value) {
        return element != Message.class || value == MessagesValue.class;
    }

    private static List<Object> partsOf(Object item) {
        List<Object> parts = new ArrayList<>(3);
        addParts(item, parts);
        return parts;
    }

    private static void addParts(Object part, List<Object> parts) {
        parts.add(part);
        for (Structure.Part content : Structure.of(part.getClass()).contents()) {
            Object its = content.of(part);
            if (its != null) {
                addParts(its, parts);
            }
        }
    }

    /** The first part that is of a type; absent where none is. */
    @Nullable
    Object partOf(Class<?> type) {
        for (Object part : parts) {
            if (type.isInstance(part)) {
                return part;
            }
        }
        return null;
    }

    /** All types that a value or a part of an element may have. */
    static Set<Class<?>> types() {
        Set<Class<?>> types = new HashSet<>();
        types.add(UnknownValue.class);
        Fields.types().forEach(value -> types.addAll(typesOf(value)));
        return types;
    }

    /** The type of a field's value, and those of the parts of its elements. */
    static Set<Class<?>> typesOf(Class<?> value) {
        Set<Class<?>> types = new HashSet<>();
        types.add(value);
        for (Structure.Part list : Structure.of(value).elements()) {
            if (isTaken(list.type(), value)) {
                addTypes(list.type(), types);
            }
        }
        return types;
    }

    private static void addTypes(Class<?> type, Set<Class<?>> types) {
        if (type.isSealed()) {
            for (Class<?> member : type.getPermittedSubclasses()) {
                addTypes(member, types);
            }
        } else if (types.add(type)) {
            Structure.of(type).contents().forEach(content -> addTypes(content.type(), types));
        }
    }
}
