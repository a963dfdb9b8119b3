package dev.ackbox.ops.inbox;

import dev.ackbox.inbox.Archive;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.RecordFilter;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of a write: which records, and whether to count them only.
 *
 * @param ids of records; empty where there is a filter
 * @param filter what they have to match; may be empty where {@code all} is set
 * @param dryRun whether nothing is to be written
 * @param body all that came
 */
record Selection(Set<InboxRecordId> ids, FilterValues filter, boolean dryRun, JsonNode body) {

    private static final int MAX_BODY = 1 << 20;
    private static final int MAX_IDS = 10_000;
    private static final int MAX_TEXT = 200;
    private static final Set<String> PROPERTIES = Set.of("ids", "filter", "all", "dryRun");
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Reads a body.
     *
     * @param filters names that a filter may have
     * @param more names of further properties
     */
    static Selection read(InputStream in, Set<String> filters, String... more) throws IOException {
        JsonNode json = parse(bytes(in));
        Names.check(
                "property",
                json.propertyNames(),
                Stream.concat(PROPERTIES.stream(), Stream.of(more)).collect(Collectors.toSet()));
        Set<InboxRecordId> ids = ids(json.path("ids"));
        FilterValues filter = filter(json.path("filter"), filters);
        boolean all = flag(json, "all");
        boolean isConsumer = filter.values().keySet().equals(Set.of("consumer"));
        boolean narrows = !filter.values().isEmpty() && !isConsumer;
        long kinds = Stream.of(json.has("ids"), narrows, all).filter(is -> is).count();
        if (kinds == 0 && isConsumer) {
            throw new BadRequestException(
                    "'filter' names a consumer alone; set 'all' to true where you mean all of it");
        }
        if (kinds != 1) {
            throw new BadRequestException(
                    "Name 'ids' or a 'filter' that is not empty, or set 'all' to true, and only one of them");
        }
        return new Selection(ids, filter, flag(json, "dryRun"), json);
    }

    /** Reads the body of a request that needs none: nothing, or an object without properties. */
    static void requireNothing(InputStream in) throws IOException {
        byte[] body = bytes(in);
        if (body.length > 0) {
            Names.check("property", parse(body).propertyNames(), Set.of());
        }
    }

    private static byte[] bytes(InputStream in) throws IOException {
        byte[] body = in.readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new BadRequestException("The body must not have more than " + MAX_BODY + " bytes");
        }
        return body;
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException ex) {
            throw new BadRequestException("The body is not JSON");
        }
        throw new BadRequestException("The body must be a JSON object");
    }

    private static Set<InboxRecordId> ids(JsonNode json) {
        Set<InboxRecordId> ids = new HashSet<>();
        if (json.isMissingNode()) {
            return ids;
        }
        if (!json.isArray() || json.isEmpty() || json.size() > MAX_IDS) {
            throw new BadRequestException("'ids' must be a list of 1 to " + MAX_IDS + " numbers");
        }
        for (JsonNode id : json) {
            if (!id.isIntegralNumber() || !id.canConvertToLong() || id.longValue() <= 0) {
                throw new BadRequestException("'ids' must have positive numbers alone");
            }
            ids.add(new InboxRecordId(id.longValue()));
        }
        return ids;
    }

    private static FilterValues filter(JsonNode json, Set<String> names) {
        Map<String, String> values = new LinkedHashMap<>();
        if (!json.isMissingNode()) {
            if (!json.isObject()) {
                throw new BadRequestException("'filter' must be an object");
            }
            Names.check("filter", json.propertyNames(), names);
            json.properties().forEach(next -> values.put(next.getKey(), text(next.getKey(), next.getValue())));
        }
        return new FilterValues(values);
    }

    private static String text(String name, JsonNode json) {
        if (!json.isString()) {
            throw new BadRequestException("'" + name + "' must be a text");
        }
        return json.stringValue();
    }

    private static boolean flag(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new BadRequestException("'" + name + "' must be true or false");
        }
        return value.booleanValue(false);
    }

    /** A further property that is a text. */
    String text(String name) {
        JsonNode value = body.path(name);
        String text = value.isString() ? value.stringValue() : "";
        if (text.isBlank() || text.length() > MAX_TEXT) {
            throw new BadRequestException("'" + name + "' must be a text of 1 to " + MAX_TEXT + " characters");
        }
        return text;
    }

    /** A further property that is a number, from 1 to a highest one. */
    int number(String name, int usual, int highest) {
        JsonNode value = body.path(name);
        if (value.isMissingNode()) {
            return usual;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < 1
                || value.intValue() > highest) {
            throw new BadRequestException("'" + name + "' must be a number from 1 to " + highest);
        }
        return value.intValue();
    }

    /** What it asks for. */
    RecordFilter toFilter(Archive archive) {
        RecordFilter wanted = filter.toFilter(archive);
        return ids.isEmpty() ? wanted : RecordFilter.ofIds(wanted.consumer(), ids);
    }

    /** For the audit. */
    Map<String, Object> withoutPersonalData(Archive archive) {
        Map<String, Object> shown = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            shown.put(
                    "ids",
                    ids.stream().map(InboxRecordId::value).sorted().limit(100).toList());
        }
        shown.put("filter", filter.withoutPersonalData(archive));
        return shown;
    }
}
