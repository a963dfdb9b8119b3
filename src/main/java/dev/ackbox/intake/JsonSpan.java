package dev.ackbox.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Where in a text of JSON a value stands. Cutting along spans keeps what is between them byte for byte: escapes, the form
 * of numbers, names that stand twice.
 */
final class JsonSpan {

    /** In place of a property that an object lacks: nothing is in it. */
    static final JsonSpan NONE = new JsonSpan(0, 0, null, null, null);

    private static final JsonFactory JSON = new JsonFactory();

    /** Looking through so many properties is faster than an index; looking through thousands for each item is not. */
    private static final int MAX_WITHOUT_INDEX = 32;

    /** A property of an object: from its name to the end of its value. */
    record Member(String name, int start, JsonSpan value) {

        int end() {
            return value.end;
        }
    }

    private final int start;
    private final int end;
    private final @Nullable String text;
    private final @Nullable List<Member> members;
    private final @Nullable Map<String, JsonSpan> byName;
    private final @Nullable List<JsonSpan> elements;

    private JsonSpan(
            int start,
            int end,
            @Nullable String text,
            @Nullable List<Member> members,
            @Nullable List<JsonSpan> elements) {
        this.start = start;
        this.end = end;
        this.text = text;
        this.members = members;
        this.elements = elements;
        this.byName = members != null && members.size() > MAX_WITHOUT_INDEX ? index(members) : null;
    }

    private static Map<String, JsonSpan> index(List<Member> members) {
        Map<String, JsonSpan> byName = new HashMap<>();
        members.forEach(member -> byName.put(member.name(), member.value()));
        return byName;
    }

    /**
     * Reads a whole text of JSON in UTF-8.
     *
     * @param depth how deep to look inside; what is deeper is checked, but only its outermost span is known
     * @return empty where it is not exactly one value of JSON
     */
    static @Nullable JsonSpan parse(byte[] json, int depth) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() == null) {
                return null;
            }
            JsonSpan root = read(parser, depth);
            return parser.nextToken() == null && root.end >= 0 ? root : null;
        } catch (JacksonException ex) {
            return null;
        }
    }

    private static JsonSpan read(JsonParser parser, int depth) {
        JsonToken token = parser.currentToken();
        int start = (int) parser.currentTokenLocation().getByteOffset();
        if (token.isScalarValue()) {
            String text = parser.getString();
            boolean absent = token == JsonToken.VALUE_NULL || text.isEmpty();
            return new JsonSpan(start, position(parser), absent ? null : text, null, null);
        }
        if (depth == 0) {
            parser.skipChildren();
            return new JsonSpan(start, position(parser), null, null, null);
        }
        return token == JsonToken.START_OBJECT
                ? readObject(parser, start, depth - 1)
                : readArray(parser, start, depth - 1);
    }

    private static JsonSpan readObject(JsonParser parser, int start, int depth) {
        List<Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int memberStart = (int) parser.currentTokenLocation().getByteOffset();
            parser.nextToken();
            members.add(new Member(name, memberStart, read(parser, depth)));
        }
        return new JsonSpan(start, position(parser), null, members, null);
    }

    private static JsonSpan readArray(JsonParser parser, int start, int depth) {
        List<JsonSpan> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser, depth));
        }
        return new JsonSpan(start, position(parser), null, null, elements);
    }

    private static int position(JsonParser parser) {
        return (int) parser.currentLocation().getByteOffset();
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int length() {
        return end - start;
    }

    boolean isObject() {
        return members != null;
    }

    boolean isArray() {
        return elements != null;
    }

    /** Properties in their order; empty where this is not an object. */
    List<Member> members() {
        return members == null ? List.of() : members;
    }

    /** Elements in their order; empty where this is not an array. */
    List<JsonSpan> elements() {
        return elements == null ? List.of() : elements;
    }

    /** The elements of the property of that name; empty where that is not an array. */
    List<JsonSpan> elements(String name) {
        return getOrNone(name).elements();
    }

    /** The property of that name, the last one where there are several; absent where there is none. */
    @Nullable
    JsonSpan get(String name) {
        if (byName != null) {
            return byName.get(name);
        }
        List<Member> all = members();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).name().equals(name)) {
                return all.get(i).value();
            }
        }
        return null;
    }

    /** The property of that name, the last one where there are several; {@link #NONE} where there is none. */
    JsonSpan getOrNone(String name) {
        JsonSpan value = get(name);
        return value == null ? NONE : value;
    }

    /**
     * The property of that name where it is a string, a number or a boolean, as text. An empty string counts as absent: the
     * platform sends one in place of an id that it does not give (documented).
     */
    @Nullable
    String text(String name) {
        return getOrNone(name).text;
    }

    /**
     * The first of some properties that is a string, a number or a boolean, as text. An empty string counts as absent.
     *
     * @param paths their names; that of a property of an object has the object's name and a dot before it
     */
    @Nullable
    String firstText(List<String> paths) {
        for (String path : paths) {
            int dot = path.indexOf('.');
            JsonSpan object = dot < 0 ? this : getOrNone(path.substring(0, dot));
            String text = object.text(path.substring(dot + 1));
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** Whether a name stands twice in this object. */
    boolean hasRepeatedNames() {
        List<Member> all = members();
        if (byName != null) {
            return byName.size() < all.size();
        }
        for (int i = 0; i < all.size(); i++) { // they are at most MAX_WITHOUT_INDEX
            for (int j = 0; j < i; j++) {
                if (all.get(i).name().equals(all.get(j).name())) {
                    return true;
                }
            }
        }
        return false;
    }
}
