package dev.ackbox.sample;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes samples as notifications, as Meta does: what is of one kind shares a change. For one thread. */
public final class SampleWriter {

    /** As Meta writes: ASCII, with lower-case escapes. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII, JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();

    private final FreshIds ids = new FreshIds();
    private final boolean everyId;

    private SampleWriter(boolean everyId) {
        this.everyId = everyId;
    }

    /** Gives messages, statuses and calls new ids, and leaves those of templates, accounts and the like as they are. */
    public static SampleWriter withMessageIds() {
        return new SampleWriter(false);
    }

    /** Gives whatever has an id a new one, so each template's status is one of another template. */
    public static SampleWriter withAllIds() {
        return new SampleWriter(true);
    }

    /**
     * Writes a notification with the samples, in their order, in one entry.
     *
     * @param samples at least one
     * @param now the time of those that have none
     */
    public byte[] write(List<Sample> samples, Instant now) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("'samples' must not be empty");
        }
        ObjectNode notification = samples.get(0).kind().envelope();
        ObjectNode entry = (ObjectNode) notification.path("entry").path(0);
        ArrayNode changes = (ArrayNode) entry.path("changes");
        Open open = null;
        for (Sample sample : samples) {
            Sample.Rendered next = sample.render(ids, everyId, now);
            if (open == null || !open.take(next)) {
                changes.add(next.change());
                open = new Open(next);
            }
            if (entry.has("time")) {
                entry.put("time", next.time().getEpochSecond());
            }
        }
        return JSON.writeValueAsBytes(notification);
    }

    /** A change that may take further elements. */
    private static final class Open {

        private final SampleKind kind;
        private final ObjectNode value;
        private final @Nullable ArrayNode items;
        private final Set<JsonNode> contacts = new HashSet<>();

        Open(Sample.Rendered first) {
            this.kind = first.kind();
            this.value = (ObjectNode) first.change().path("value");
            this.items = kind.layout().itemsOf(first.change());
            value.path("contacts").forEach(contacts::add);
        }

        /** Takes the element of another change, and whom it introduces; false where the two do not go together. */
        boolean take(Sample.Rendered next) {
            ArrayNode more = next.kind().layout().itemsOf(next.change());
            if (items == null || more == null || !kind.sharesChangesWith(next.kind())) {
                return false;
            }
            items.addAll(more);
            next.change().path("value").path("contacts").forEach(contact -> {
                if (contacts.add(contact)) {
                    value.withArray("contacts").add(contact);
                }
            });
            return true;
        }
    }
}
