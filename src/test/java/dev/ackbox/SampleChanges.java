package dev.ackbox;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The changes of the example bodies, each as a notification of its own. */
public final class SampleChanges {

    public static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Bodies that have no typed value, on purpose. */
    private static final List<String> UNTYPED = List.of(
            "_dashboard_test/user",
            "_envelope/change_without_value",
            "_envelope/empty_changes",
            "_envelope/empty_entry",
            "_envelope/other_product",
            "_envelope/unknown_field");

    /** One change of a body, and which body. */
    public record Sample(String body, ObjectNode notification) {

        public String field() {
            return change().path("field").asString();
        }

        public ObjectNode value() {
            return (ObjectNode) change().path("value");
        }

        public byte[] bytes() {
            return JSON.writeValueAsBytes(notification);
        }

        public Sample copy() {
            return new Sample(body, notification.deepCopy());
        }

        private JsonNode change() {
            return notification.path("entry").path(0).path("changes").path(0);
        }

        @Override
        public String toString() {
            return body;
        }
    }

    private SampleChanges() {}

    /** Each change whose value has a type. */
    public static List<Sample> typed() {
        List<Sample> samples = new ArrayList<>();
        for (String name : Payloads.all()) {
            if (!UNTYPED.contains(name) && !name.startsWith("on_premises/")) {
                samples.addAll(changesOf(name));
            }
        }
        return samples;
    }

    /** Each change of a body. */
    public static List<Sample> changesOf(String name) {
        List<Sample> samples = new ArrayList<>();
        JsonNode body = JSON.readTree(Payloads.read(name));
        for (int i = 0; i < body.path("entry").size(); i++) {
            for (int j = 0; j < body.path("entry").path(i).path("changes").size(); j++) {
                ObjectNode notification = (ObjectNode) body.deepCopy();
                JsonNode entry = notification.path("entry").path(i);
                JsonNode change = entry.path("changes").path(j);
                ((ObjectNode) entry).putArray("changes").add(change);
                notification.putArray("entry").add(entry);
                samples.add(new Sample(name, notification));
            }
        }
        return samples;
    }
}
