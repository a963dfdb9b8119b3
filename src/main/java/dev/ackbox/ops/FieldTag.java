package dev.ackbox.ops;

import dev.ackbox.inbox.Probe;
import dev.ackbox.model.json.Fields;
import java.util.Set;

/** The tag for a field: known names only, since each new value of a tag costs memory in whatever collects the metrics. */
final class FieldTag {

    /** What intake calls a notification without a field, and one that is not JSON; and what the doctor sends. */
    private static final Set<String> NO_FIELDS = Set.of("none", "unreadable", Probe.FIELD);

    private static final String OTHER = "other";

    private FieldTag() {}

    static String of(String field) {
        return Fields.names().contains(field) || NO_FIELDS.contains(field) ? field : OTHER;
    }
}
