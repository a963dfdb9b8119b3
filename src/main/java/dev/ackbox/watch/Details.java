package dev.ackbox.watch;

import dev.ackbox.model.OpenEnum;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a fact says. */
final class Details {

    private static final int LONGEST_TEXT = 500;

    private final Map<String, String> values = new LinkedHashMap<>();
    private String item = "";

    /** Adds a detail, unless it is absent. */
    Details with(String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, cut(text(value)));
        }
        return this;
    }

    /** Tells the fact from others of its kind, by words as they came: two that are unknown are not the same. */
    Details item(@Nullable Object... names) {
        item = cut(
                Stream.of(names).map(name -> name == null ? "null" : text(name)).collect(Collectors.joining(" ")));
        return this;
    }

    String item() {
        return item;
    }

    Map<String, String> values() {
        return values;
    }

    private static String text(Object value) {
        return value instanceof OpenEnum<?> word ? word.name() : value.toString();
    }

    /** Bounds what one fact occupies. */
    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
