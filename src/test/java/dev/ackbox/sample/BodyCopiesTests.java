package dev.ackbox.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ackbox.Payloads;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BodyCopiesTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    static Stream<String> payloads() {
        return Stream.of("messages/text_full", "messages/mixed_messages_and_statuses", "history/full", "standby/full");
    }

    @Test
    void aMessageHasANewIdAndTheCurrentTime() {
        JsonNode copy = copy("messages/text_minimal");
        JsonNode message = copy.at("/entry/0/changes/0/value/messages/0");

        assertThat(message.path("id").asString()).startsWith("wamid.");
        assertThat(message.path("timestamp").asString()).isEqualTo("1800000000");
        assertThat(message.path("text"))
                .isEqualTo(JSON.readTree(Payloads.read("messages/text_minimal"))
                        .at("/entry/0/changes/0/value/messages/0/text"));
    }

    @Test
    void whatNamesAMessageOfTheBodyNamesTheNewOne() {
        JsonNode copy = JSON.readTree(new BodyCopies("""
                        {"entry": [{"changes": [{"value": {
                          "messages": [
                            {"id": "wamid.A", "timestamp": "1700000000"},
                            {"id": "wamid.B", "timestamp": "1700000060", "context": {"id": "wamid.A"}},
                            {"id": "wamid.C", "timestamp": "1700000090", "context": {"id": "wamid.EARLIER"}}
                          ]}}]}]}
                        """.getBytes(StandardCharsets.UTF_8)).next(NOW));
        JsonNode messages = copy.at("/entry/0/changes/0/value/messages");

        assertThat(messages.at("/0/id").asString()).isNotEqualTo("wamid.A");
        assertThat(messages.at("/1/context/id")).isEqualTo(messages.at("/0/id"));
        assertThat(messages.at("/2/context/id").asString()).isEqualTo("wamid.EARLIER");
        assertThat(messages.at("/0/timestamp").asString()).isEqualTo("1799999910");
        assertThat(messages.at("/2/timestamp").asString()).isEqualTo("1800000000");
    }

    @Test
    void whatHasNoIdHasASecondOfItsOwn() {
        BodyCopies copies = new BodyCopies(Payloads.read("account_review_update/full"));
        Set<Long> times = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            times.add(JSON.readTree(copies.next(NOW)).at("/entry/0/time").asLong());
        }

        assertThat(times).hasSize(10).contains(1_800_000_000L, 1_800_000_009L);
    }

    @Test
    void whatHasNeitherIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BodyCopies("{\"entry\": []}".getBytes(StandardCharsets.UTF_8)))
                .withMessage("It has neither the id of a message or call nor a time");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void noIdOfAMessageStays(String name) {
        Set<String> ids = ids(JSON.readTree(Payloads.read(name)), new HashSet<>());

        assertThat(ids(copy(name), new HashSet<>())).hasSameSizeAs(ids).doesNotContainAnyElementsOf(ids);
    }

    private static Set<String> ids(JsonNode node, Set<String> ids) {
        if (FreshIds.isOfMessageOrCall(node.path("id"))) {
            ids.add(node.path("id").asString());
        }
        node.properties().forEach(property -> {
            if (!property.getKey().equals("context")) {
                ids(property.getValue(), ids);
            }
        });
        if (node.isArray()) {
            node.forEach(element -> ids(element, ids));
        }
        return ids;
    }

    private static JsonNode copy(String name) {
        return JSON.readTree(new BodyCopies(Payloads.read(name)).next(NOW));
    }
}
