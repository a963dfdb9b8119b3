package dev.ackbox.model.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.SampleChanges;
import dev.ackbox.SampleChanges.Sample;
import dev.ackbox.model.Bare;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.UnknownWord;
import dev.ackbox.model.Value;
import dev.ackbox.model.json.UnknownPart.Kind;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Every place of the model at which the platform may add, leave out or rewrite something. */
class OpenPlacesTests {

    private static final String NEW = "brand_new";

    private final ChangeReader reader = new ChangeReader();

    static Stream<Arguments> components() {
        return records().stream()
                .flatMap(type ->
                        Arrays.stream(type.getRecordComponents()).map(component -> Arguments.of(type, component)));
    }

    static List<Sample> samples() {
        return SampleChanges.typed();
    }

    @ParameterizedTest
    @MethodSource("components")
    void aComponentMayBeAbsentOrNull(Class<?> type, RecordComponent component) throws Exception {
        ObjectNode json = SampleChanges.JSON.createObjectNode().putNull(jsonName(component));
        assertThat(read(type, json)).isEqualTo(read(type, SampleChanges.JSON.createObjectNode()));
    }

    @ParameterizedTest
    @MethodSource("components")
    void aWordMayBeNew(Class<?> type, RecordComponent component) throws Exception {
        if (!isWord(elementType(component))) {
            return;
        }
        ObjectNode json = SampleChanges.JSON.createObjectNode().put(jsonName(component), NEW);
        Reading reading = new Reading();
        Object value = component.getAccessor().invoke(new Shapes().of(type).read(json, reading));
        assertThat(value instanceof List<?> list ? list.get(0) : value).isEqualTo(new UnknownWord<>(NEW));
        assertThat(reading.unknown()).singleElement().satisfies(part -> {
            assertThat(part.kind()).isIn(Kind.WORD, Kind.TYPE);
            assertThat(part.path()).startsWith(jsonName(component));
            assertThat(part.example()).isEqualTo(NEW);
        });
    }

    @ParameterizedTest
    @MethodSource("components")
    void aScalarMayBeTextOrNumber(Class<?> type, RecordComponent component) throws Exception {
        if (!Set.of(String.class, Integer.class, Long.class, BigDecimal.class, Instant.class)
                .contains(elementType(component))) {
            return;
        }
        String name = jsonName(component);
        ObjectNode number = SampleChanges.JSON.createObjectNode().put(name, 1_794_817_947L);
        ObjectNode text = SampleChanges.JSON.createObjectNode().put(name, "1794817947");
        Object value = component.getAccessor().invoke(read(type, number));
        assertThat(value).isNotNull().isNotEqualTo(List.of());
        assertThat(component.getAccessor().invoke(read(type, text))).isEqualTo(value);
    }

    @Test
    void noTwoWordsOfAListAreTheSameInAnotherCase() {
        for (Class<?> type : records()) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (isWord(elementType(component))) {
                    Class<?> words =
                            (Class<?>) ((ParameterizedType) elementType(component)).getActualTypeArguments()[0];
                    assertThat(Arrays.stream(words.getEnumConstants())
                                    .map(word -> WordShape.essence(((Enum<?>) word).name())))
                            .as(words.getName())
                            .doesNotHaveDuplicates();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aPropertyMayBeAddedAtEachLevel(Sample sample) throws Exception {
        Object value = reader.read(sample.bytes()).change().value();
        int levels = objectsOf(sample.notification()).size();
        for (int i = 0; i < levels; i++) {
            Sample changed = sample.copy();
            objectsOf(changed.notification()).get(i).putObject(NEW).put("a", 1);
            ReadChange read = reader.read(changed.bytes());
            assertThat(read.change().value().getClass()).isEqualTo(value.getClass());
            if (!isOpen(read)) {
                assertThat(read.unknown())
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

    @ParameterizedTest
    @MethodSource("samples")
    void eachPropertyMayBeLeftOutOrNull(Sample sample) throws Exception {
        Class<?> type = reader.read(sample.bytes()).change().value().getClass();
        List<ObjectNode> objects = objectsOf(sample.value());
        for (int i = 0; i < objects.size(); i++) {
            for (String name : objects.get(i).propertyNames()) {
                Sample without = sample.copy();
                objectsOf(without.value()).get(i).remove(name);
                assertThat(reader.read(without.bytes()).change().value()).isInstanceOf(type);
                Sample withNull = sample.copy();
                objectsOf(withNull.value()).get(i).putNull(name);
                assertThat(reader.read(withNull.bytes()).change().value()).isInstanceOf(type);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void numbersAndTextsMayBeSwapped(Sample sample) throws Exception {
        Value value = reader.read(sample.bytes()).change().value();
        List<ObjectNode> objects = objectsOf(sample.value());
        for (int i = 0; i < objects.size(); i++) {
            for (String name : objects.get(i).propertyNames()) {
                JsonNode property = objects.get(i).get(name);
                Sample swapped = sample.copy();
                ObjectNode object = objectsOf(swapped.value()).get(i);
                if (property.isNumber() || property.isBoolean()) {
                    object.put(name, property.asString());
                } else if (property.isString() && property.asString().matches("[1-9][0-9]{0,17}")) {
                    object.put(name, Long.parseLong(property.asString()));
                } else {
                    continue;
                }
                ReadChange read = reader.read(swapped.bytes());
                if (!isOpen(sample, name)) {
                    assertThat(read.change().value()).as(name).isEqualTo(value);
                }
                assertThat(read.change().value()).as(name).hasSameClassAs(value);
            }
        }
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

    private static Object read(Class<?> type, JsonNode json) throws Exception {
        return new Shapes().of(type).read(json, new Reading());
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

    /** All records of the model that are read property by property. */
    private static Set<Class<?>> records() {
        Set<Class<?>> records = new LinkedHashSet<>();
        Fields.TYPES.values().forEach(type -> collect(type, records));
        return records;
    }

    private static void collect(Class<?> type, Set<Class<?>> records) {
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(member -> collect(member, records));
        } else if (type.isRecord() && (type.isAnnotationPresent(Bare.class) || records.add(type))) {
            for (RecordComponent component : type.getRecordComponents()) {
                Type element = elementType(component);
                if (element instanceof Class<?> each) {
                    collect(each, records);
                }
            }
        }
    }

    private static Type elementType(RecordComponent component) {
        Type type = component.getGenericType();
        return type instanceof ParameterizedType list && list.getRawType() == List.class
                ? list.getActualTypeArguments()[0]
                : type;
    }

    private static boolean isWord(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == OpenEnum.class;
    }

    private static String jsonName(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
