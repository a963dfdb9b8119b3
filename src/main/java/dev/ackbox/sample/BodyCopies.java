package dev.ackbox.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Copies of a notification in which messages and calls have new ids, and the latest time is the current one; the distance between
 * times stays. What names such a message, as a status or a reaction does, names the new one. For one thread.
 *
 * <p>A notification without such ids is told from its copies by the second: each copy has one of its own.
 */
public final class BodyCopies {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> TIMES = Set.of("time", "timestamp");

    private final FreshIds ids = new FreshIds();
    private final Set<String> known = new LinkedHashSet<>();
    private final JsonNode body;
    private long latest;

    /**
     * Prepares copies of a notification.
     *
     * @throws IllegalArgumentException where nothing in it could be made new
     * @throws tools.jackson.core.JacksonException where it is not JSON
     */
    public BodyCopies(byte[] body) {
        this.body = JSON.readTree(body);
        look(this.body, "");
        if (known.isEmpty() && latest == 0) {
            throw new IllegalArgumentException("It has neither the id of a message or call nor a time");
        }
    }

    private void look(JsonNode node, String parent) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(property -> {
                JsonNode value = property.getValue();
                if (isTime(property.getKey(), value)) {
                    latest = Math.max(latest, value.asLong());
                }
                // The context names the message that a reply is to, which need not be in here.
                if (property.getKey().equals("id") && !parent.equals("context") && FreshIds.isOfMessageOrCall(value)) {
                    known.add(value.asString());
                }
                look(value, property.getKey());
            });
        } else {
            node.forEach(element -> look(element, parent));
        }
    }

    /** The next copy, as of a time. */
    public byte[] next(Instant now) {
        Map<String, JsonNode> fresh = new HashMap<>();
        known.forEach(id -> fresh.put(id, ids.like(StringNode.valueOf(id))));
        Instant time = known.isEmpty() ? ids.second(now) : now;
        JsonNode copy = body.deepCopy();
        renew(copy, fresh, time.getEpochSecond() - latest);
        return JSON.writeValueAsBytes(copy);
    }

    private static void renew(JsonNode node, Map<String, JsonNode> fresh, long seconds) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            for (String name : names) {
                JsonNode value = object.path(name);
                if (isTime(name, value)) {
                    long time = value.asLong() + seconds;
                    if (value.isString()) {
                        object.put(name, Long.toString(time));
                    } else {
                        object.put(name, time);
                    }
                } else if (value.isString()) {
                    object.set(name, fresh.getOrDefault(value.asString(), value));
                } else {
                    renew(value, fresh, seconds);
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(element -> renew(element, fresh, seconds));
        }
    }

    private static boolean isTime(String name, JsonNode value) {
        return TIMES.contains(name)
                && (value.isIntegralNumber()
                        || (value.isString() && value.asString().matches("[0-9]{1,12}")));
    }
}
