package dev.ackbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.FuzzInputs;
import dev.ackbox.Payloads;
import dev.ackbox.model.json.ChangeReader;
import dev.ackbox.model.json.UnreadablePayloadException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies as the platform may come to send them: every example, a little different a hundred thousand times in all. */
@Tag("slow")
class NotificationMutationTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant RECEIVED_AT = Instant.parse("2026-11-22T10:00:00.123Z");
    private static final int MUTATIONS = 100_000;
    private static final int MAX_CHANGES = 4;

    /** So few items cannot repeat more of a notification than its pieces may. */
    private static final int ALWAYS_CUT = 8;

    private final ChangeReader reader = new ChangeReader();

    @Test
    void whateverChangesAsManyRecordsComeOutAndCanBeReadAsItemsWentIn() {
        List<JsonNode> bodies = Payloads.all().stream()
                .map(name -> JSON.readTree(Payloads.read(name)))
                .toList();
        for (int seed = 0; seed < MUTATIONS; seed++) {
            JsonNode mutated = mutate(bodies.get(seed % bodies.size()), new SplittableRandom(seed));
            byte[] body = JSON.writeValueAsBytes(mutated);
            try {
                check(mutated, body);
            } catch (AssertionError | RuntimeException ex) {
                throw new AssertionError("Seed " + seed + ": " + new String(body, StandardCharsets.UTF_8), ex);
            }
        }
    }

    @Test
    void whatFuzzingStartsFromAndHasFoundHolds() throws Exception {
        IntakeFuzzTests fuzzing = new IntakeFuzzTests();
        for (byte[] input : FuzzInputs.of(IntakeFuzzTests.class)) {
            fuzzing.cutsAndReadsAnyNotification(input);
        }
    }

    private void check(JsonNode mutated, byte[] body) {
        List<Item> items = NotificationSplitter.split("default", body, RECEIVED_AT);
        int expected = Bodies.countItems(mutated);
        if (expected <= ALWAYS_CUT) {
            assertThat(items).hasSize(expected);
        } else {
            assertThat(items).hasSizeBetween(1, expected);
        }
        for (Item item : items) {
            read(item.newRecord().payload());
        }
        if (items.size() == 1) {
            assertThat(items.get(0).newRecord().payload()).isEqualTo(body);
            return;
        }
        for (Item item : items) {
            byte[] piece = item.newRecord().payload();
            if (expected <= ALWAYS_CUT) {
                assertThat(NotificationSplitter.split("default", piece, RECEIVED_AT))
                        .hasSize(1);
            }
        }
    }

    /** Each record is read, or says which part that identifies its item is not there. */
    private void read(byte[] payload) {
        try {
            assertThat(reader.read(payload).change().json()).isNotNull();
        } catch (UnreadablePayloadException ex) {
            assertThat(ex).hasMessageMatching("value[a-z_.\\[\\]]* is missing or does not fit|entry.* in one record");
        }
    }

    private static JsonNode mutate(JsonNode body, SplittableRandom random) {
        ArrayNode holder = JSON.createArrayNode().add(body.deepCopy());
        for (int i = random.nextInt(MAX_CHANGES); i >= 0; i--) {
            List<JsonNode> containers = new ArrayList<>();
            collectContainers(holder, containers);
            JsonNode container = containers.get(random.nextInt(containers.size()));
            if (container instanceof ObjectNode object) {
                mutateObject(object, random);
            } else if (container instanceof ArrayNode array) {
                mutateArray(array, random, array == holder);
            }
        }
        return holder.get(0);
    }

    private static void collectContainers(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer() && !node.isEmpty()) {
            containers.add(node);
            node.forEach(child -> collectContainers(child, containers));
        }
    }

    private static void mutateObject(ObjectNode object, SplittableRandom random) {
        List<String> names = List.copyOf(object.propertyNames());
        String name = names.get(random.nextInt(names.size()));
        if (random.nextInt(3) == 0) {
            object.remove(name);
        } else {
            object.set(name, changed(object.get(name), random));
        }
    }

    private static void mutateArray(ArrayNode array, SplittableRandom random, boolean keepsSize) {
        int index = random.nextInt(array.size());
        int kind = keepsSize ? 2 : random.nextInt(3);
        if (kind == 0) {
            array.insert(random.nextInt(array.size() + 1), array.get(index).deepCopy());
        } else if (kind == 1) {
            while (array.size() > index) {
                array.remove(index);
            }
        } else {
            array.set(index, changed(array.get(index), random));
        }
    }

    private static JsonNode changed(JsonNode node, SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> JSON.getNodeFactory().nullNode();
            case 1 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 2 -> JSON.getNodeFactory().numberNode(random.nextLong());
            case 3 -> JSON.getNodeFactory().stringNode(node.isString() ? "\u0000\ud83c\udf88\"" : node.toString());
            case 4 -> JSON.createArrayNode().add(node.deepCopy()).add(node.deepCopy());
            case 5 -> JSON.createObjectNode().set("messages", node.deepCopy());
            case 6 -> node.isArray() ? JSON.createObjectNode() : JSON.createArrayNode();
            default ->
                node.isNumber()
                        ? JSON.getNodeFactory().stringNode(node.asString())
                        : JSON.getNodeFactory().numberNode(random.nextDouble());
        };
    }
}
