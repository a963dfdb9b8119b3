package dev.ackbox.ops;

import dev.ackbox.inbox.Probe;
import dev.ackbox.model.json.Fields;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What is counted of each field: known names only, since each new value of a tag costs memory in whatever collects the metrics. Safe for
 * use by several threads.
 *
 * @param <M> a meter, or several
 */
final class FieldMeters<M> {

    private static final String OTHER = "other";

    /** What intake calls a notification without a field, and one that is not JSON; and what the doctor sends. */
    private static final Set<String> NO_FIELDS = Set.of("none", "unreadable", Probe.FIELD);

    /** The tag of each field. */
    private static final Map<String, String> TAGS = tags();

    private final Function<String, M> make;
    private final Map<String, M> byTag = new ConcurrentHashMap<>();

    /** @param make makes what is counted of the field with a tag */
    FieldMeters(Function<String, M> make) {
        this.make = make;
    }

    private static Map<String, String> tags() {
        Map<String, String> tags = new HashMap<>();
        NO_FIELDS.forEach(name -> tags.put(name, name));
        Fields.names().forEach(name -> tags.put(name, name));
        return Map.copyOf(tags);
    }

    static String tagOf(String field) {
        return TAGS.getOrDefault(field, OTHER);
    }

    M of(String field) {
        String tag = tagOf(field);
        M meters = byTag.get(tag);
        return meters == null ? byTag.computeIfAbsent(tag, make) : meters;
    }
}
