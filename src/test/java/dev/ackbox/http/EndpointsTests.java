package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ackbox.endpoint.EndpointProperties;
import dev.ackbox.endpoint.EndpointsProperties;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTests {

    private static final String PATH = "/webhooks/whatsapp";

    private static final Set<String> OBJECTS = Set.of("whatsapp_business_account");

    @Test
    void anEndpointIsFoundByItsPathWithOrWithoutASlashAtItsEnd() {
        for (String path : List.of(PATH, PATH + "/")) {
            Endpoints endpoints = endpoints(Map.of("default", endpoint(path, "token", "secret")));
            assertThat(endpoints.at(PATH)).isNotNull();
            assertThat(endpoints.at(PATH + "/")).isNotNull();
            assertThat(endpoints.at(PATH + "//")).isNull();
            assertThat(endpoints.at("/Webhooks/whatsapp")).isNull();
        }
        assertThat(endpoints(Map.of("default", endpoint("/", "token", "secret")))
                        .at("/"))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Webhooks/WhatsApp", "//webhooks/whatsapp", "/webhooks//whatsapp//"})
    void aPathThatDiffersInCaseOrSlashesIsNear(String path) {
        Endpoints endpoints = endpoints(Map.of("default", endpoint(PATH, "token", "secret")));
        assertThat(endpoints.near(path)).isNotNull();
        assertThat(endpoints.near(path + "x")).isNull();
    }

    @Test
    void withoutATokenItDoesNotStart() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> endpoints(Map.of("default", endpoint(PATH, null, "secret"))))
                .withMessageContaining("'ackbox.endpoints.default.verify-tokens' is empty")
                .satisfies(ex -> assertThat(ex.action()).contains("ACKBOX_VERIFY_TOKEN"));
    }

    @Test
    void withoutASecretItDoesNotStart() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> endpoints(Map.of("default", endpoint(PATH, "token", null))))
                .withMessageContaining("'ackbox.endpoints.default.app-secrets' is empty")
                .satisfies(ex -> assertThat(ex.action()).contains("ACKBOX_APP_SECRET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anEmptyElementOfAListIsNamed(String empty) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> endpoints(Map.of(
                        "default", EndpointSettings.of(PATH, List.of("token"), List.of("the-secret", empty), false))))
                .withMessage("'ackbox.endpoints.default.app-secrets' has an empty element.");
    }

    @Test
    void anEmptyElementOfAListIsRefused() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> endpoints(Map.of(
                        "default", EndpointSettings.of(PATH, List.of("token"), List.of("the-secret", ""), false))))
                .withMessage("'ackbox.endpoints.default.app-secrets' has an empty element.");
    }

    @Test
    void theDefaultIsLeftOutWhereOnlyOthersAreConfigured() {
        Map<String, EndpointProperties> properties = new LinkedHashMap<>();
        properties.put("default", endpoint(PATH, null, null));
        properties.put("shop", endpoint("/hooks/shop", "token", "secret"));
        assertThat(endpoints(properties).all()).extracting(Endpoint::name).containsExactly("shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "webhooks", "/web hooks", "/hooks/+1555", "/hooks/%41", "/hooks?x", "/höoks", "/a;b"})
    void aPathThatThePlatformWouldChangeIsRefused(String path) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> endpoints(Map.of("default", endpoint(path, "token", "secret"))))
                .withMessageContaining("'ackbox.endpoints.default.path' is '" + path + "'");
    }

    @Test
    void twoEndpointsCannotShareAPath() {
        Map<String, EndpointProperties> properties = new LinkedHashMap<>();
        properties.put("one", endpoint(PATH, "token", "secret"));
        properties.put("two", endpoint(PATH + "/", "token", "secret"));
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> endpoints(properties))
                .withMessageContaining("another endpoint's path");
    }

    @Test
    void payloadsAreNotPrintedOutsideOfLocalUnlessForced() {
        Map<String, EndpointProperties> printing =
                Map.of("default", EndpointSettings.of(PATH, List.of("token"), List.of("secret"), true));
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() ->
                        new Endpoints(new EndpointsProperties(printing, Duration.ofSeconds(10), false, OBJECTS), false))
                .withMessageContaining("'ackbox.endpoints.default.print-payloads' is true")
                .satisfies(ex -> assertThat(ex.action()).contains("ackbox.print-payloads-outside-local"));
        assertThat(new Endpoints(new EndpointsProperties(printing, Duration.ofSeconds(10), true, OBJECTS), true).all())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whatsapp_account,"})
    void withoutAnObjectItDoesNotStart(String objects) {
        Set<String> names = objects.isEmpty() ? Set.of() : Set.of(objects.split(",", -1));
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() ->
                        new Endpoints(new EndpointsProperties(Map.of(), Duration.ofSeconds(10), false, names), false))
                .withMessageContaining("'ackbox.objects'");
    }

    @Test
    void noSecretShowsItself() {
        EndpointProperties endpoint = endpoint(PATH, "the-token", "the-secret");
        assertThat(endpoint + " " + endpoints(Map.of("default", endpoint)).all())
                .doesNotContain("the-token")
                .doesNotContain("the-secret");
    }

    private static Endpoints endpoints(Map<String, EndpointProperties> properties) {
        return new Endpoints(new EndpointsProperties(properties, Duration.ofSeconds(10), false, OBJECTS), false);
    }

    private static EndpointProperties endpoint(String path, String token, String secret) {
        return EndpointSettings.of(
                path, token == null ? List.of() : List.of(token), secret == null ? List.of() : List.of(secret), false);
    }
}
