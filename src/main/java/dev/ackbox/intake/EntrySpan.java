package dev.ackbox.intake;

import java.util.List;

/**
 * An entry of a notification, and its changes.
 *
 * @param root the notification
 * @param span the entry
 * @param changes empty where it has none
 */
record EntrySpan(JsonSpan root, JsonSpan span, List<ChangeSpan> changes) {

    EntrySpan(JsonSpan root, JsonSpan span) {
        this(root, span, span.elements("changes").stream().map(ChangeSpan::new).toList());
    }

    /** How many records it comes to, at most. */
    int pieces() {
        int pieces = 0;
        for (ChangeSpan change : changes) {
            pieces += Math.max(1, change.items().size());
        }
        return Math.max(1, pieces);
    }

    /** Whether a name stands twice where it would be cut. */
    boolean isAmbiguous() {
        return span.hasRepeatedNames() || changes.stream().anyMatch(ChangeSpan::isAmbiguous);
    }

    /** How much of the notification and the entry stands around each change. */
    int envelopeLength() {
        int ofRoot = root.length() - root.getOrNone("entry").length();
        int ofEntry = span.length() - span.getOrNone("changes").length();
        return ofRoot + ofEntry;
    }
}
