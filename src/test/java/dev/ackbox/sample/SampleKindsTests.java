package dev.ackbox.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.model.json.Fields;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SampleKindsTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant TIME = Instant.ofEpochSecond(1_795_000_000);

    /** Earlier spellings of other fields, and what nobody can subscribe to any more. */
    private static final Set<String> WITHDRAWN = Set.of(
            "business_username_update",
            "campaign_status_update",
            "group_participant_update",
            "phone_number_username_update",
            "user_id_update");

    static List<SampleKind> kinds() {
        return SampleKinds.all();
    }

    @Test
    void namesEachBundledSampleAndNoOther() throws URISyntaxException {
        URL samples = SampleKinds.class.getResource("/samples");
        String[] files = new File(samples.toURI()).list();

        assertThat(kinds()).extracting(kind -> kind.name() + ".json").containsExactlyInAnyOrder(files);
    }

    @Test
    void hasASampleOfEachField() {
        Set<String> fields = new HashSet<>(Fields.names());
        fields.removeAll(WITHDRAWN);

        assertThat(kinds()).extracting(SampleKind::field).containsAll(fields);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachIsANotificationWithOneItem(SampleKind kind) {
        JsonNode notification = compose(SampleWriter.withAllIds(), kind.sample());

        assertThat(notification.path("object").asString()).isEqualTo("whatsapp_business_account");
        assertThat(notification.path("entry")).hasSize(1);
        assertThat(notification.at("/entry/0/changes")).hasSize(1);
        assertThat(kind.layout().itemOf(notification.at("/entry/0/changes/0"))).isNotEmpty();
        assertThat(kind.field()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void noneHasTheIdsOfTheDashboardsTests(SampleKind kind) {
        assertThat(kind.envelope().at("/entry/0/id").asString())
                .isNotEqualTo("0")
                .containsOnlyDigits();
        assertThat(kind.change().at("/value/metadata/phone_number_id").asString(""))
                .isNotEqualTo("123456123");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void noTwoAreTheSame(SampleKind kind) {
        SampleWriter writer = SampleWriter.withAllIds();
        Set<JsonNode> entries = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            entries.add(compose(writer, kind.sample()).at("/entry/0"));
        }

        assertThat(entries).hasSize(20);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsWrittenDiffersFromTheBundledSampleInValuesOnly(SampleKind kind) {
        SampleUser user = SampleUser.named("Nadia");
        Sample sample = kind.sample();
        if (kind.hasUser()) {
            sample = kind.goesToUser() ? sample.to(user) : sample.from(user);
        }

        JsonNode written = compose(SampleWriter.withAllIds(), sample);

        assertThat(shape(written.at("/entry/0/changes/0"))).isEqualTo(shape(kind.change()));
        if (kind.hasUser()) {
            assertThat(written.toString())
                    .contains(user.userId())
                    .doesNotContain(SampleUser.ROBIN.userId())
                    .doesNotContain("\"" + SampleUser.ROBIN.number() + "\"")
                    .doesNotContain(SampleUser.ROBIN.name());
        }
    }

    @Test
    void aNameStandsForItselfOrForThoseThatBeginWithItOrForAField() {
        assertThat(SampleKinds.named("text")).extracting(SampleKind::name).containsExactly("text");
        assertThat(SampleKinds.named("status"))
                .extracting(SampleKind::name)
                .containsExactly("status-sent", "status-delivered", "status-read", "status-played", "status-failed");
        assertThat(SampleKinds.named("messages")).hasSizeGreaterThan(20);
        assertThat(SampleKinds.named("message")).isEmpty();
        assertThat(kinds().stream().map(SampleKind::name).collect(Collectors.toSet()))
                .hasSameSizeAs(kinds());
    }

    private static JsonNode compose(SampleWriter writer, Sample sample) {
        return JSON.readTree(writer.write(Collections.singletonList(sample), TIME));
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
