package dev.ackbox.model.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.SampleChanges;
import dev.ackbox.SampleChanges.Sample;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Words;
import dev.ackbox.model.json.ModelRecords.Place;
import dev.ackbox.model.json.UnknownPart.Kind;
import java.lang.reflect.ParameterizedType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Every place of the model at which the platform may add, leave out or rewrite something. */
@Tag("slow")
class OpenPlacesTests {

    private static final String NEW = "brand_new";

    private static final Set<Class<?>> SCALARS =
            Set.of(String.class, Integer.class, Long.class, BigDecimal.class, Instant.class);

    private final ChangeReader reader = new ChangeReader();

    @Test
    void whatIsNoCoreMayBeAbsentOrNull() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Place place : ModelRecords.places()) {
            if (!place.isCore()) {
                ObjectNode json = ModelRecords.smallest(place.type()).putNull(place.name());
                softly.assertThat(read(place, json))
                        .as(place.toString())
                        .isEqualTo(read(place, ModelRecords.smallest(place.type())));
            }
        }
        softly.assertAll();
    }

    @Test
    void aWordMayBeNew() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Place place : ModelRecords.places()) {
            if (place.isWord()) {
                ObjectNode json = ModelRecords.smallest(place.type()).put(place.name(), NEW);
                Reading reading = new Reading();
                new Shapes().of(place.type()).read(json, reading);
                softly.assertThat(reading.unknown())
                        .as(place.toString())
                        .singleElement()
                        .satisfies(part -> {
                            assertThat(part.kind()).isIn(Kind.WORD, Kind.TYPE);
                            assertThat(part.path()).startsWith(place.name());
                            assertThat(part.example()).isEqualTo(NEW);
                        });
            }
        }
        softly.assertAll();
    }

    @Test
    void aScalarMayBeTextOrNumber() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Place place : ModelRecords.places()) {
            if (place.elementType() instanceof Class<?> scalar && SCALARS.contains(scalar)) {
                Object absent = read(place, ModelRecords.smallest(place.type()));
                ObjectNode number = ModelRecords.smallest(place.type()).put(place.name(), 1_794_817_947L);
                ObjectNode text = ModelRecords.smallest(place.type()).put(place.name(), "1794817947");
                softly.assertThat(read(place, number))
                        .as(place.toString())
                        .isNotEqualTo(absent)
                        .isEqualTo(read(place, text));
            }
        }
        softly.assertAll();
    }

    @Test
    void noTwoWordsOfAListAreTheSameInAnotherCase() {
        for (Place place : ModelRecords.places()) {
            if (place.isWord()) {
                Class<?> words = (Class<?>) ((ParameterizedType) place.elementType()).getActualTypeArguments()[0];
                assertThat(Arrays.stream(words.getEnumConstants())
                                .map(word -> Words.essence(((OpenEnum<?>) word).name())))
                        .as(words.getName())
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void aPropertyMayBeAddedAtEachLevel() throws Exception {
        for (Sample sample : SampleChanges.typed()) {
            Object value = reader.read(sample.bytes()).change().value();
            int levels = objectsOf(sample.notification()).size();
            for (int i = 0; i < levels; i++) {
                Sample changed = sample.copy();
                objectsOf(changed.notification()).get(i).putObject(NEW).put("a", 1);
                ReadChange read = reader.read(changed.bytes());
                assertThat(read.change().value().getClass()).isEqualTo(value.getClass());
                if (!isOpen(read)) {
                    assertThat(read.unknown())
                            .as(sample.toString())
                            .filteredOn(part -> part.kind() == Kind.PROPERTY)
                            .singleElement()
                            .satisfies(part -> {
                                assertThat(part.path()).endsWith(NEW);
                                assertThat(part.example()).isEqualTo("object");
                            });
                    assertThat(read.change().value()).isEqualTo(value);
                }
            }
        }
    }

    @Test
    void numbersAndTextsMayBeSwapped() throws Exception {
        for (Sample sample : SampleChanges.typed()) {
            Value value = reader.read(sample.bytes()).change().value();
            List<ObjectNode> objects = objectsOf(sample.value());
            for (int i = 0; i < objects.size(); i++) {
                for (String name : objects.get(i).propertyNames()) {
                    Sample swapped = sample.copy();
                    if (swap(objectsOf(swapped.value()).get(i), name)) {
                        ReadChange read = reader.read(swapped.bytes());
                        assertThat(read.change().value())
                                .as(sample + " " + name)
                                .hasSameClassAs(value);
                        if (!isOpen(sample, name)) {
                            assertThat(read.change().value())
                                    .as(sample + " " + name)
                                    .isEqualTo(value);
                        }
                    }
                }
            }
        }
    }

    private static boolean swap(ObjectNode object, String name) {
        JsonNode property = object.get(name);
        if (property.isNumber() || property.isBoolean()) {
            object.put(name, property.asString());
            return true;
        }
        if (property.isString() && property.asString().matches("[1-9][0-9]{0,17}")) {
            object.put(name, Long.parseLong(property.asString()));
            return true;
        }
        return false;
    }

    /** Whether the change fell into a part that is deliberately open: then nothing of it is noted. */
    private static boolean isOpen(ReadChange read) {
        return read.unknown().stream().noneMatch(part -> part.kind() == Kind.PROPERTY);
    }

    /** Names of properties inside of deliberately open parts. */
    private static boolean isOpen(Sample sample, String name) {
        return sample.body().equals("messages/future_type")
                || (sample.body().equals("standby/full") && name.equals("to"))
                || name.equals("clerk");
    }

    private static Object read(Place place, JsonNode json) throws Exception {
        return new Shapes().of(place.type()).read(json, new Reading());
    }

    private static List<ObjectNode> objectsOf(JsonNode json) {
        List<ObjectNode> objects = new ArrayList<>();
        if (json instanceof ObjectNode object) {
            objects.add(object);
        }
        if (json instanceof ObjectNode || json instanceof ArrayNode) {
            json.values().forEach(child -> objects.addAll(objectsOf(child)));
        }
        return objects;
    }
}
