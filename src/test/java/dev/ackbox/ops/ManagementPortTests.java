package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.RawHttp;
import dev.ackbox.ServiceTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.context.annotation.Import;

/** With a password: what is open, and what is for the user. Everything that there is has been exposed. */
@ServiceTest({
    "management.endpoints.web.exposure.include=*",
    "ackbox.management.password=" + ManagementPortTests.PASSWORD,
    "ackbox.endpoints.default.verify-tokens=the-token",
    "ackbox.endpoints.default.app-secrets=the-secret"
})
@Import(TinyEndpoint.Registration.class)
class ManagementPortTests {

    static final String PASSWORD = "correct:horse-battery_\u00e9";

    @LocalManagementPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/actuator/info",
                "/actuator/prometheus"
            })
    void healthBuildAndMetricsAreOpen(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(200);
        assertThat(get(path, basic("ackbox", PASSWORD)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/actuator",
                "/actuator/",
                TinyEndpoint.PATH,
                "/actuator/env",
                "/actuator/configprops",
                "/actuator/beans",
                "/actuator/metrics",
                "/actuator/whatsapp",
                "/actuator/whatsapp/211504987306412",
                "/actuator/drift",
                "/actuator/sbom",
                "/actuator/sbom/application",
                "/actuator/healthy",
                "/error",
                "/login",
                "/logout",
                "/webhooks/whatsapp",
                "/.well-known/oauth-protected-resource",
                "/nothing"
            })
    void everythingElseAsksForTheUser(String path) throws Exception {
        assertAsks(get(path));
    }

    @Test
    void theFrameworksOwnMetersOfFiltersAreOff() throws Exception {
        get(TinyEndpoint.PATH, basic("ackbox", PASSWORD));
        assertThat(get("/actuator/prometheus").body()).contains("ackbox_").doesNotContain("spring_security");
    }

    @Test
    void theUserIsAnswered() throws Exception {
        HttpResponse<String> answer = get(TinyEndpoint.PATH, basic("ackbox", PASSWORD));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(TinyEndpoint.ANSWER);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void theUserSeesAccountsAndDrift() throws Exception {
        String user = basic("ackbox", PASSWORD);
        assertThat(get("/actuator/whatsapp", user).body()).isEqualTo("{\"accounts\":[]}");
        assertThat(get("/actuator/whatsapp/211504987306412", user).statusCode()).isEqualTo(404);
        assertThat(get("/actuator/drift", user).body())
                .matches("\\{\"since\":\"2[-0-9]+T[0-9:.]+Z\",\"findings\":\\[],\"beyond\":0}");
    }

    @Test
    void theUserSeesTheBillOfMaterials() throws Exception {
        assertThat(get("/actuator/sbom", basic("ackbox", PASSWORD)).body()).startsWith("{\"ids\":[");
    }

    @Test
    void detailsOfHealthAreForTheUser() throws Exception {
        assertThat(get("/actuator/health").body())
                .isEqualTo("{\"groups\":[\"liveness\",\"readiness\"],\"status\":\"UP\"}");
        assertThat(get("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get("/actuator/health/liveness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get("/actuator/health/senders").statusCode()).isEqualTo(404);
        String user = basic("ackbox", PASSWORD);
        assertThat(get("/actuator/health", user).body())
                .contains("\"senders\":{\"details\":{\"unreadableFiles\":{}},\"status\":\"UP\"}");
        assertThat(get("/actuator/health/readiness", user).body())
                .contains("\"inbox\"", "\"readinessState\"")
                .doesNotContain("senders", "ssl");
    }

    static Stream<String> otherCredentials() {
        return Stream.of(
                basic("ackbox", PASSWORD + "x"),
                basic("ackbox", PASSWORD.substring(1)),
                basic("ackbox", PASSWORD.toUpperCase(Locale.ROOT)),
                basic("ackbox", ""),
                basic("ackbox", "null"),
                basic("", PASSWORD),
                basic("user", PASSWORD),
                basic("Ackbox", PASSWORD),
                "Basic",
                "Basic !",
                "Basic " + Base64.getEncoder().encodeToString("ackbox".getBytes(StandardCharsets.UTF_8)),
                "Bearer " + PASSWORD.substring(0, PASSWORD.length() - 1));
    }

    @ParameterizedTest
    @MethodSource("otherCredentials")
    void anybodyElseIsAskedAgain(String authorization) throws Exception {
        assertAsks(get(TinyEndpoint.PATH, authorization));
    }

    @Test
    void whoWasAnsweredOnceIsAskedAgain() throws Exception {
        get(TinyEndpoint.PATH, basic("ackbox", PASSWORD));
        assertAsks(get(TinyEndpoint.PATH));
    }

    @Test
    void whatIsNotThereIsNotFoundByTheUserAndSaysNothing() throws Exception {
        for (String path : new String[] {"/actuator/nothing", "/nothing", "/actuator/whatsapp/1", "/error"}) {
            HttpResponse<String> answer = get(path, basic("ackbox", PASSWORD));
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void nothingIsWritten(String method) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(TinyEndpoint.PATH)).method(method, HttpRequest.BodyPublishers.noBody());
        assertAsks(send(request));
        assertThat(send(request.header("Authorization", basic("ackbox", PASSWORD)))
                        .statusCode())
                .isEqualTo(405);
    }

    /** A path that one part reads as open must not be read as another by the next. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health/../tiny",
                "/actuator/health/%2e%2e/tiny",
                "/actuator/health/..;/tiny",
                "/actuator/health;/../tiny",
                "//actuator/tiny",
                "/actuator//tiny",
                "/actuator/tiny;a=b",
                "/actuator/tin%79",
                "/actuator/health%2f..%2ftiny",
                "/actuator/Tiny",
                "/actuator/tiny/"
            })
    void noSpellingOfAPathLeadsPastTheUser(String path) throws Exception {
        assertThat(PublicPortContract.answer(port, "GET", path, ""))
                .matches("(?s)HTTP/1\\.1 (400|401) .*")
                .doesNotContain(TinyEndpoint.ANSWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/env", "/actuator/configprops", "/actuator/beans", "/actuator/info"})
    void thePasswordIsNotShown(String path) throws Exception {
        HttpResponse<String> answer = get(path, basic("ackbox", PASSWORD));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isNotEmpty().doesNotContain("correct:horse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", TinyEndpoint.PATH})
    void answersHaveSecurityHeaders(String path) throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            assertThat(http.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .readAll())
                    .contains(
                            "X-Content-Type-Options: nosniff",
                            "X-Frame-Options: DENY",
                            "Cache-Control: no-cache, no-store",
                            "Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'none';"
                                    + " frame-ancestors 'none'\r\n",
                            "Referrer-Policy: same-origin\r\n")
                    .doesNotContain("Strict-Transport-Security");
        }
    }

    @Nested
    class PublicPort extends PublicPortContract {}

    private static void assertAsks(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .containsExactly("Basic realm=\"Ackbox\", charset=\"UTF-8\"");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.body()).isEmpty();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).header("Authorization", authorization));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
