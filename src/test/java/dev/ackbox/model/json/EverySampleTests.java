package dev.ackbox.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ackbox.Payloads;
import dev.ackbox.SampleChanges;
import dev.ackbox.SampleChanges.Sample;
import dev.ackbox.model.Change;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.account.AccountAlertsValue;
import dev.ackbox.model.account.MessagingLimit;
import dev.ackbox.model.json.UnknownPart.Kind;
import dev.ackbox.model.messages.Content;
import dev.ackbox.model.messages.MessagesValue;
import dev.ackbox.model.messages.UnknownReply;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Each example body comes out of the reader complete: every property typed, none forgotten, nothing changed. */
@Tag("slow")
class EverySampleTests {

    /** A type of message that was made up, to show what becomes of a new one. */
    private static final String NEW_TYPE = "messages/future_type";

    private static final List<Sample> SAMPLES = SampleChanges.typed();

    private final ChangeReader reader = new ChangeReader();

    @Test
    void isTyped() {
        assertThat(SAMPLES).allSatisfy(sample -> {
            Change<?> change = reader.read(sample.bytes()).change();
            assertThat(change.field()).isEqualTo(sample.field());
            assertThat(change.value())
                    .isInstanceOf(Fields.TYPES.get(ChangeReader.fieldOfType(sample.field(), sample.value())));
        });
    }

    @Test
    void holdsNothingThatTheModelDoesNotKnow() {
        UnknownPart newType = new UnknownPart(Kind.TYPE, "value.messages[].type", "hologram");
        assertThat(SAMPLES)
                .allSatisfy(sample -> assertThat(reader.read(sample.bytes()).unknown())
                        .isEqualTo(sample.body().equals(NEW_TYPE) ? List.of(newType) : List.of()));
    }

    @Test
    void hasAnAccessorForEachProperty() {
        assertThat(SAMPLES)
                .allSatisfy(sample -> assertAccessible(
                        sample.value(), reader.read(sample.bytes()).change().value(), "value"));
    }

    /** Those with one change, as records are. */
    @Test
    void isWrittenBackEqual() {
        assertThat(Payloads.all()).filteredOn(EverySampleTests::hasOneChange).allSatisfy(body -> {
            JsonNode sent = SampleChanges.JSON.readTree(Payloads.read(body));
            JsonNode value = sent.path("entry").path(0).path("changes").path(0).path("value");
            assertThat(SampleChanges.JSON.writeValueAsString(
                            reader.read(Payloads.read(body)).change().json()))
                    .isEqualTo(SampleChanges.JSON.writeValueAsString(value.isObject() ? value : sent));
        });
    }

    private static boolean hasOneChange(String body) {
        JsonNode entries = SampleChanges.JSON.readTree(Payloads.read(body)).path("entry");
        return entries.size() <= 1 && entries.path(0).path("changes").size() <= 1;
    }

    @Test
    void showsNoneOfItsContent() {
        assertThat(SAMPLES).allSatisfy(sample -> {
            Sample changed = sample.copy();
            Set<String> words = new TreeSet<>();
            showAll(reader.read(changed.bytes()).change().value(), new StringBuilder(), words);
            replaceTexts(changed.value(), words);
            StringBuilder shown = new StringBuilder();
            showAll(reader.read(changed.bytes()).change().value(), shown, words);
            assertThat(shown).isNotEmpty().doesNotContain("canary").doesNotContain("1789456123");
        });
    }

    @Test
    void eachFieldHasASample() {
        Set<String> earlierSpellings =
                Set.of("business_username_update", "phone_number_username_update", "group_participant_update");
        Set<String> expected = new TreeSet<>(Fields.names());
        expected.removeAll(earlierSpellings);
        assertThat(SAMPLES).extracting(Sample::field).containsAll(expected);
    }

    /** Walks the JSON and its typed value side by side, without the reader's own knowledge of names. */
    private static void assertAccessible(JsonNode json, Object typed, String path) {
        if (json.isNull()) {
            assertThat(typed).as(path).isNull();
        } else if (typed instanceof JsonNode open) {
            assertThat(open).as(path).isEqualTo(json);
        } else if (typed instanceof Content.Unknown || typed instanceof UnknownReply) {
            assertThat(component((Record) typed, "json")).as(path).isEqualTo(json);
        } else if (typed instanceof Content.Contacts cards) {
            assertAccessible(json, cards.cards(), path);
        } else if (typed instanceof List<?> list) {
            List<JsonNode> elements = json.isArray() ? json.valueStream().toList() : List.of(json);
            assertThat(list).as(path).hasSameSizeAs(elements);
            for (int i = 0; i < elements.size(); i++) {
                assertAccessible(elements.get(i), list.get(i), path + "[" + i + "]");
            }
        } else if (json.isArray() && json.size() == 1) {
            assertAccessible(json.get(0), typed, path);
        } else if (typed instanceof Record object && json.isObject()) {
            for (Map.Entry<String, JsonNode> property : json.properties()) {
                assertAccessible(
                        property.getValue(),
                        accessible(object, property.getKey(), json),
                        path + "." + property.getKey());
            }
        } else {
            assertSame(json, typed, path);
        }
    }

    private static Object accessible(Record object, String property, JsonNode json) {
        Object older = older(object, property);
        if (older != null) {
            return older;
        }
        for (RecordComponent each : object.getClass().getRecordComponents()) {
            if (namesOf(each).contains(property)) {
                return component(object, each.getName());
            }
        }
        if (property.equals(json.path("type").asString(""))) {
            return component(object, has(object, "content") ? "content" : "reply");
        }
        return fail(object.getClass() + " has no accessor for '" + property + "'");
    }

    private static List<String> namesOf(RecordComponent component) {
        JsonProperty name = component.getAccessor().getAnnotation(JsonProperty.class);
        JsonAlias further = component.getAccessor().getAnnotation(JsonAlias.class);
        List<String> names = new ArrayList<>(further == null ? List.of() : List.of(further.value()));
        names.add(name == null ? snakeCase(component.getName()) : name.value());
        return names;
    }

    /** What the platform writes in more than one way, and the model in one. */
    private static Object older(Record object, String property) {
        if (object instanceof AccountAlertsValue alerts
                && property.startsWith("alert_")
                && !property.equals("alert_info")) {
            return component(alerts.alertInfo(), camelCase(property));
        }
        if (object instanceof PlatformError error && property.equals("error_data")) {
            return new Details(error.details());
        }
        if (object instanceof MessagesValue value && property.equals("statuses")) {
            return value.statuses().isEmpty() ? value.paymentStatuses() : value.statuses();
        }
        return null;
    }

    /** Where the platform nests the details of an error. */
    private record Details(String details) {}

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static void assertSame(JsonNode json, Object typed, String path) {
        assertThat(typed).as(path).isNotNull();
        String text = json.asString();
        if (typed instanceof Instant time) {
            BigDecimal number = new BigDecimal(text);
            long seconds = number.longValueExact() > 99_999_999_999L
                    ? number.longValueExact() / 1000
                    : number.longValueExact();
            assertThat(time.getEpochSecond()).as(path).isEqualTo(seconds);
        } else if (typed instanceof Number number) {
            assertThat(new BigDecimal(number.toString())).as(path).isEqualByComparingTo(text);
        } else if (typed instanceof MessagingLimit limit && !text.startsWith("TIER")) {
            assertThat(limit.name()).as(path).isIn("TIER_2K");
        } else if (typed instanceof OpenEnum<?> word) {
            assertThat(letters(word.name())).as(path).isEqualTo(letters(text));
        } else {
            assertThat(typed).as(path).hasToString(text);
        }
    }

    private static String letters(String text) {
        return text.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private static String camelCase(String name) {
        StringBuilder camelCase = new StringBuilder();
        for (String part : name.split("_")) {
            camelCase.append(
                    camelCase.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return camelCase.toString();
    }

    private static boolean has(Record object, String component) {
        return Arrays.stream(object.getClass().getRecordComponents())
                .anyMatch(each -> each.getName().equals(component));
    }

    private static Object component(Record object, String name) {
        try {
            Method accessor = object.getClass().getDeclaredMethod(name);
            accessor.setAccessible(true);
            return accessor.invoke(object);
        } catch (ReflectiveOperationException ex) {
            throw new AssertionError(object.getClass() + " has no accessor " + name, ex);
        }
    }

    private static void showAll(Object typed, StringBuilder shown, Set<String> words) {
        if (typed instanceof List<?> list) {
            list.forEach(element -> showAll(element, shown, words));
        } else if (typed instanceof Enum<?> word) {
            words.add(letters(word.name()));
        } else if (typed instanceof Record object) {
            shown.append(object).append('\n');
            for (RecordComponent each : object.getClass().getRecordComponents()) {
                showAll(component(object, each.getName()), shown, words);
            }
        }
    }

    /** Puts what can be recognised in place of all texts that are not words of the platform. */
    private static void replaceTexts(JsonNode json, Set<String> words) {
        for (Map.Entry<String, JsonNode> property : json.properties()) {
            JsonNode text = property.getValue();
            if (text.isString() && !words.contains(letters(text.asString()))) {
                boolean digits = text.asString().matches("[0-9]+");
                ((ObjectNode) json).put(property.getKey(), digits ? "1789456123" : "canary");
            }
        }
        json.values().forEach(child -> replaceTexts(child, words));
    }
}
