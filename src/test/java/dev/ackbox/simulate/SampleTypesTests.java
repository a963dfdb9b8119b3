package dev.ackbox.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SampleTypesTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant TIME = Instant.ofEpochSecond(1_795_000_000);

    static List<SampleType> types() {
        return SampleTypes.all();
    }

    static Stream<Sample> samples() {
        return types().stream().flatMap(type -> type.samples().stream());
    }

    @Test
    void namesEachBundledSampleAndNoOther() throws URISyntaxException {
        URL samples = SampleTypes.class.getResource("/samples");
        String[] files = new File(samples.toURI()).list();

        assertThat(types().stream().flatMap(type -> type.resources().stream()).map(name -> name + ".json"))
                .containsOnly(files);
        assertThat(types()).extracting(SampleType::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void eachSampleIsANotificationWithOneUpdate(Sample sample) {
        JsonNode notification = sample.notification();

        assertThat(notification.path("object").asString()).isEqualTo("whatsapp_business_account");
        assertThat(notification.path("entry")).hasSize(1);
        assertThat(notification.at("/entry/0/changes")).hasSize(1);
        assertThat(notification.at("/entry/0/changes/0/value").isObject()).isTrue();
        assertThat(sample.field()).isNotBlank();
        assertThat(notification.at(sample.layout().updates())).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noSampleHasTheIdsOfTheDashboardsTests(Sample sample) {
        JsonNode notification = sample.notification();

        assertThat(notification.at("/entry/0/id").asString()).isNotEqualTo("0").containsOnlyDigits();
        assertThat(notification
                        .at("/entry/0/changes/0/value/metadata/phone_number_id")
                        .asString())
                .isNotEqualTo("123456123");
    }

    @ParameterizedTest
    @MethodSource("types")
    void samplesOfATypeAreOfOneField(SampleType type) {
        assertThat(type.samples()).extracting(Sample::field).containsOnly(type.field());
    }

    @ParameterizedTest
    @MethodSource("types")
    void noTwoUpdatesAreTheSame(SampleType type) {
        Composer composer = new Composer(List.of(type.samples()), List.of(new User("12065550100")), 50);
        Set<JsonNode> updates = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            JSON.readTree(composer.compose(TIME)).at(type.layout().updates()).forEach(updates::add);
        }

        assertThat(updates).hasSize(200);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsComposedDiffersFromItsSampleInValuesOnly(Sample sample) {
        Composer composer = new Composer(List.of(List.of(sample)), User.invented(), 1);

        JsonNode composed = JSON.readTree(composer.compose(TIME));

        assertThat(shape(composed)).isEqualTo(shape(sample.notification()));
        assertThat(composed).isNotEqualTo(sample.notification());
    }

    /** The names, and the kinds of their values. */
    private static String shape(JsonNode node) {
        StringBuilder shape = new StringBuilder(node.getNodeType().name());
        node.properties()
                .forEach(property -> shape.append('{')
                        .append(property.getKey())
                        .append(shape(property.getValue()))
                        .append('}'));
        if (node.isArray()) {
            node.forEach(element -> shape.append('[').append(shape(element)).append(']'));
        }
        return shape.toString();
    }
}
