package dev.ackbox.ops.inbox;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Meta's fields as they are shown: what does not look like one may be anything, also a text of a user. */
final class FieldName {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final String OTHER = "other";

    private FieldName() {}

    static String of(String field) {
        return NAME.matcher(field).matches() ? field : OTHER;
    }

    /** Counts by field. */
    static Map<String, Long> of(Map<String, Long> counts) {
        Map<String, Long> shown = new TreeMap<>();
        counts.forEach((field, count) -> shown.merge(of(field), count, Long::sum));
        return shown;
    }
}
