package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.ackbox.Payloads;
import dev.ackbox.RawHttp;
import dev.ackbox.ServiceTest;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.security.AppSecret;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** The table of answers, against the running service. */
@ServiceTest({
    "ackbox.endpoints.default.verify-tokens=first-token,second-token",
    "ackbox.endpoints.default.app-secrets=current-secret,previous-secret",
    "ackbox.endpoints.second.path=/hooks/other",
    "ackbox.endpoints.second.verify-tokens=other-token",
    "ackbox.endpoints.second.app-secrets=other-secret",
    "ackbox.http.body-timeout=1s",
    "ackbox.http.max-bytes-in-flight=12MB",
    "server.tomcat.connection-timeout=1s"
})
@Import(ReceivedValues.class)
class AnswersTests {

    private static final String PATH = "/webhooks/whatsapp";
    private static final AppSecret SECRET = new AppSecret("current-secret");

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @Autowired
    private ReceivedValues received;

    @Autowired
    private MeterRegistry registry;

    @Autowired
    private Consumer handlers;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void forget() {
        received.all().clear();
    }

    @Nested
    class Handshakes {

        @ParameterizedTest
        @ValueSource(strings = {"1158201444", "CHALLENGE_ACCEPTED", "a.b-c_9"})
        void aRightTokenIsAnsweredWithTheChallenge(String challenge) throws Exception {
            HttpResponse<String> answer =
                    get("hub.mode=subscribe&hub.verify_token=first-token&hub.challenge=" + challenge);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(challenge);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=us-ascii");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        }

        @Test
        void eachTokenOfAnEndpointIsRight() throws Exception {
            assertThat(get("hub.challenge=1&hub.verify_token=second-token&hub.mode=subscribe")
                            .statusCode())
                    .isEqualTo(200);
        }

        @Test
        void aTokenOfAnotherEndpointIsWrong() throws Exception {
            HttpResponse<String> answer = get("hub.mode=subscribe&hub.verify_token=other-token&hub.challenge=1");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).isEmpty();
        }

        static Stream<String> malformedQueries() {
            String mode = "hub.mode=subscribe";
            String token = "hub.verify_token=first-token";
            String challenge = "hub.challenge=1";
            return Stream.of(
                    "",
                    String.join("&", token, challenge),
                    String.join("&", mode, challenge),
                    String.join("&", mode, token),
                    String.join("&", mode, mode, token, challenge),
                    String.join("&", mode, token, token, challenge),
                    String.join("&", mode, token, challenge, "hub.challenge=2"),
                    String.join("&", "hub.mode=unsubscribe", token, challenge),
                    String.join("&", mode, token, "hub.challenge="),
                    String.join("&", mode, token, "hub.challenge=%3Cscript%3E"),
                    String.join("&", mode, token, "hub.challenge=1%0D%0AX:1"),
                    String.join("&", mode, token, "hub.challenge=%C3%A9"),
                    String.join("&", mode, token, "hub.challenge=%zz"),
                    String.join("&", mode, token, "hub.challenge=" + "1".repeat(201)));
        }

        @ParameterizedTest
        @MethodSource("malformedQueries")
        void aMalformedOneIsRefused(String query) throws Exception {
            try (RawHttp http = new RawHttp(port)) {
                String answer = http.send(
                                "GET " + PATH + "?" + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                        .readAll();
                assertThat(answer).startsWith("HTTP/1.1 400").endsWith("\r\n\r\n");
            }
        }
    }

    @Nested
    class Notifications {

        @Test
        void aGenuineOneIsStoredHandledAndAnswered200() throws Exception {
            byte[] body = Payloads.read("messages/text_full");
            HttpResponse<String> answer = post(body, SECRET);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
            awaitReceived(1);
        }

        @Test
        void aSecondDeliveryIsAnswered200AndNotHandledAgain() throws Exception {
            byte[] body = fresh();
            assertThat(post(body, SECRET).statusCode()).isEqualTo(200);
            assertThat(post(body, SECRET).statusCode()).isEqualTo(200);
            byte[] later = fresh();
            post(later, SECRET);
            awaitReceived(2);
            await().until(() -> handlers.backlog().waiting() == 0);
            assertThat(received.all()).hasSize(2);
        }

        @Test
        void theDashboardsTestIsHandledEachTime() throws Exception {
            byte[] body = Payloads.read("_dashboard_test/messages");
            post(body, SECRET);
            post(body, SECRET);
            awaitReceived(2);
        }

        @Test
        void thePreviousSecretIsStillGood() throws Exception {
            assertThat(post(fresh(), new AppSecret("previous-secret")).statusCode())
                    .isEqualTo(200);
        }

        @Test
        void anotherEndpointsSecretIsNot() throws Exception {
            assertThat(post(fresh(), new AppSecret("other-secret")).statusCode())
                    .isEqualTo(401);
            byte[] body = fresh();
            assertThat(send(HttpRequest.newBuilder(uri("/hooks/other"))
                                    .POST(BodyPublishers.ofByteArray(body))
                                    .header("X-Hub-Signature-256", new AppSecret("other-secret").sign(body)))
                            .statusCode())
                    .isEqualTo(200);
        }

        @Test
        void theEscapedFormIsVerifiedOverItsBytes() throws Exception {
            assertThat(post(Payloads.read("_envelope/escaped_wire_form"), SECRET)
                            .statusCode())
                    .isEqualTo(200);
            awaitReceived(1);
        }

        @Test
        void aSlashAtTheEndOfThePathMakesNoDifference() throws Exception {
            byte[] body = fresh();
            assertThat(send(HttpRequest.newBuilder(uri(PATH + "/"))
                                    .POST(BodyPublishers.ofByteArray(body))
                                    .header("X-Hub-Signature-256", SECRET.sign(body)))
                            .statusCode())
                    .isEqualTo(200);
        }

        static Stream<byte[]> oddBodies() {
            return Stream.of(
                            "",
                            "not json",
                            "{\"object\":\"whatsapp_business_account\",\"entry\":[",
                            "null",
                            "[]",
                            "{}",
                            "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"feed\",\"value\":{}}]}]}",
                            "{\"object\":\"whatsapp_business_account\",\"entry\":[]}",
                            "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[]}]}",
                            "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"messages\"}]}]}",
                            "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"messages\",\"value\":null}]}]}",
                            "{\"entry\":[],\"entry\":[{\"id\":\"1\"}]}",
                            "[".repeat(10_000) + "]".repeat(10_000))
                    .map(text -> text.getBytes(StandardCharsets.UTF_8));
        }

        @ParameterizedTest
        @MethodSource("oddBodies")
        void whateverIsWellSignedIsStored(byte[] body) throws Exception {
            double stored = stored();
            assertThat(post(body, SECRET).statusCode()).isEqualTo(200);
            assertThat(stored()).isEqualTo(stored + 1);
        }

        @Test
        void invalidUtf8IsStored() throws Exception {
            double stored = stored();
            byte[] body = fresh();
            body[body.length - 12] = (byte) 0xC3;
            assertThat(post(body, SECRET).statusCode()).isEqualTo(200);
            assertThat(stored()).isEqualTo(stored + 1);
        }

        @Test
        void threeMegabytesAreStored() throws Exception {
            byte[] body = ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"7\",\"changes\":[{\"field\":"
                            + "\"history\",\"value\":{\"metadata\":{\"phone_number_id\":\"8\"},\"history\":[{\"text\":\""
                            + "x".repeat(3 << 20) + "\"}]}}]}]}")
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(post(body, SECRET).statusCode()).isEqualTo(200);
            awaitReceived(1);
        }

        @Test
        void aChunkedBodyIsReadWhole() throws Exception {
            byte[] body = fresh();
            HttpResponse<String> answer = send(HttpRequest.newBuilder(uri(PATH))
                    .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))
                    .header("X-Hub-Signature-256", SECRET.sign(body)));
            assertThat(answer.statusCode()).isEqualTo(200);
            awaitReceived(1);
        }
    }

    @Nested
    class Signatures {

        @Test
        void aMissingOneIsRefused() throws Exception {
            assertRefused("");
        }

        static Stream<String> malformedHeaders() {
            String digest = "0123456789abcdef".repeat(4);
            return Stream.of(
                    "",
                    "sha256",
                    "sha256=",
                    "sha1=" + digest,
                    "SHA256=" + digest,
                    "sha256:" + digest,
                    "sha256=" + digest.substring(1),
                    "sha256=" + digest + "0",
                    "sha256=" + digest.substring(1) + "g",
                    "sha256=" + digest.substring(2) + "\u00e9",
                    "sha256=" + digest.substring(1) + "\u00b2",
                    digest,
                    "sha256=" + digest + ", sha256=" + digest,
                    "x".repeat(4_000));
        }

        @ParameterizedTest
        @MethodSource("malformedHeaders")
        void aMalformedOneIsRefused(String header) throws Exception {
            assertRefused("X-Hub-Signature-256: " + header + "\r\n");
        }

        @Test
        void aDoubledOneIsRefused() throws Exception {
            String header = "X-Hub-Signature-256: " + SECRET.sign("{}".getBytes(StandardCharsets.UTF_8)) + "\r\n";
            assertRefused(header + header);
        }

        @Test
        void oneOfOtherBytesIsRefused() throws Exception {
            byte[] body = fresh();
            String signature = SECRET.sign(body);
            body[0] = ' ';
            assertThat(send(HttpRequest.newBuilder(uri(PATH))
                                    .POST(BodyPublishers.ofByteArray(body))
                                    .header("X-Hub-Signature-256", signature))
                            .statusCode())
                    .isEqualTo(401);
        }

        @Test
        void upperCaseDigitsAreAccepted() throws Exception {
            byte[] body = fresh();
            String signature = "sha256=" + SECRET.sign(body).substring(7).toUpperCase(java.util.Locale.ROOT);
            assertThat(send(HttpRequest.newBuilder(uri(PATH))
                                    .POST(BodyPublishers.ofByteArray(body))
                                    .header("x-hub-signature-256", signature))
                            .statusCode())
                    .isEqualTo(200);
        }

        private void assertRefused(String header) throws IOException {
            double before = stored();
            try (RawHttp http = new RawHttp(port)) {
                String answer = http.send("POST " + PATH + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header
                                + "Content-Length: 2\r\n\r\n{}")
                        .readAll();
                assertThat(answer).startsWith("HTTP/1.1 401").endsWith("\r\n\r\n");
            }
            assertThat(stored()).isEqualTo(before);
        }
    }

    @Nested
    class Bounds {

        private static final String CHUNK = "10000\r\n" + "x".repeat(1 << 16) + "\r\n";

        @Test
        void aBodyThatIsAnnouncedTooLargeIsRefusedUnread() throws Exception {
            try (RawHttp http = new RawHttp(port)) {
                String answer = http.send(head("Content-Length: " + ((4 << 20) + 1)) + "{")
                        .readAll();
                assertThat(answer).startsWith("HTTP/1.1 413").contains("Connection: close");
            }
        }

        @Test
        void whoAsksBeforeSendingIsToldBeforeSending() throws Exception {
            try (RawHttp http = new RawHttp(port)) {
                String answer = http.send(head("Expect: 100-continue\r\nContent-Length: 5000000"))
                        .readAll();
                assertThat(answer).startsWith("HTTP/1.1 413").doesNotContain("100");
            }
        }

        @Test
        void aChunkedBodyIsCutOffAtTheLimit() throws Exception {
            try (RawHttp http = new RawHttp(port)) {
                http.send(head("Transfer-Encoding: chunked"));
                http.send(CHUNK.repeat(65) + "0\r\n\r\n");
                assertThat(http.readAll()).startsWith("HTTP/1.1 413").contains("Connection: close");
            }
        }

        @Test
        void aChunkedBodyThatNeverEndsIsCutOff() throws Exception {
            double before = count("too_large");
            try (RawHttp http = new RawHttp(port)) {
                http.send(head("Transfer-Encoding: chunked"));
                assertThatIOException().isThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        http.send(CHUNK);
                    }
                });
            }
            assertThat(count("too_large")).isEqualTo(before + 1);
        }

        @Test
        void aBodyOfExactlyTheLimitIsRead() throws Exception {
            byte[] body = new byte[4 << 20];
            Arrays.fill(body, (byte) ' ');
            assertThat(post(body, SECRET).statusCode()).isEqualTo(200);
            assertThat(post(Arrays.copyOf(body, body.length + 1), SECRET).statusCode())
                    .isEqualTo(413);
        }

        @Test
        void aBodyThatStopsComingIsCutOff() throws Exception {
            try (RawHttp http = new RawHttp(port)) {
                assertThat(http.send(head("Content-Length: 100") + "{").readAll())
                        .startsWith("HTTP/1.1 408");
            }
            await().untilAsserted(() -> assertThat(count("too_slow")).isPositive());
        }

        @Test
        void aBodyThatEndsShortOfItsLengthIsNotStored() throws Exception {
            double before = stored();
            double aborted = count("aborted");
            try (RawHttp http = new RawHttp(port)) {
                http.send(head("Content-Length: 100") + "{}");
                http.shutdownOutput();
                http.readAll();
            }
            await().until(() -> count("aborted") == aborted + 1);
            assertThat(stored()).isEqualTo(before);
        }

        @Test
        void aMalformedChunkIsCounted() throws Exception {
            double before = count("malformed");
            try (RawHttp http = new RawHttp(port)) {
                assertThat(http.send(head("Transfer-Encoding: chunked") + "zz\r\n{}")
                                .readAll())
                        .startsWith("HTTP/1.1 400");
            }
            await().untilAsserted(() -> assertThat(count("malformed")).isEqualTo(before + 1));
        }

        @ParameterizedTest
        @ValueSource(strings = {"gzip", "br", "identity, gzip", "nonsense"})
        void anEncodedBodyIsRefused(String encoding) throws Exception {
            try (RawHttp http = new RawHttp(port)) {
                assertThat(http.send(head("Content-Encoding: " + encoding + "\r\nContent-Length: 2") + "{}")
                                .readHead())
                        .startsWith("HTTP/1.1 415");
            }
        }

        @Test
        void moreBytesInFlightThanMayBeAreRefusedForNow() throws Exception {
            byte[] three = new byte[3 << 20];
            byte[] large = new byte[4 << 20];
            String head = head("Content-Length: " + (4 << 20));
            try (RawHttp one = new RawHttp(port);
                    RawHttp two = new RawHttp(port)) {
                one.send(head).send(three);
                two.send(head).send(three);
                await().pollInSameThread().untilAsserted(() -> {
                    HttpResponse<String> answer = post(large, SECRET);
                    assertThat(answer.statusCode()).isEqualTo(503);
                    assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
                });
            }
            await().untilAsserted(
                            () -> assertThat(post(fresh(), SECRET).statusCode()).isEqualTo(200));
        }
    }

    @Nested
    class Elsewhere {

        @ParameterizedTest
        @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "PROPFIND"})
        void anotherMethodIsRefusedWithThoseThatAreNot(String method) throws Exception {
            try (RawHttp http = new RawHttp(port)) {
                assertThat(http.send(method + " " + PATH + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                                .readAll())
                        .startsWith("HTTP/1.1 405")
                        .contains("Allow: GET, POST")
                        .endsWith("\r\n\r\n");
            }
        }

        /** Nothing in front of the servlet reads a body: whoever may not send one could fill the memory with it. */
        @ParameterizedTest
        @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
        void theBodyOfAnotherMethodIsNotRead(String method) throws Exception {
            try (RawHttp http = new RawHttp(port)) {
                http.send(method + " " + PATH + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\n\r\n");
                assertThat(http.readHead()).startsWith("HTTP/1.1 405");
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/",
                    "/error",
                    "/actuator",
                    "/actuator/health",
                    "/index.html",
                    "/favicon.ico",
                    "/webhooks",
                    "/webhooks/whatsapp//",
                    "/webhooks/whatsapp;x=1",
                    "//webhooks/whatsapp",
                    "/webhooks/./whatsapp",
                    "/webhooks/%77hatsapp",
                    "/WEBHOOKS/WHATSAPP"
                })
        void nothingAnswersOnAnotherPath(String path) throws Exception {
            try (RawHttp http = new RawHttp(port)) {
                assertThat(http.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                                .readAll())
                        .startsWith("HTTP/1.1 404")
                        .contains("Content-Length: 0")
                        .endsWith("\r\n\r\n");
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET / HTTP/9.9\r\n\r\n",
                    "G\u0001T / HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET / HTTP/1.1\r\n\r\n",
                    "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET /..%2f..%2f HTTP/1.1\r\nHost: x\r\n\r\n",
                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"
                })
        void whatIsNotHttpIsAnsweredWithoutABodyAndCounted(String request) throws Exception {
            double before = count("malformed");
            try (RawHttp http = new RawHttp(port)) {
                http.send(request);
                http.shutdownOutput();
                assertThat(http.readAll())
                        .matches("(?s)HTTP/1\\.1 (4\\d\\d|505) .*")
                        .doesNotContain("<")
                        .doesNotContain("Tomcat");
            }
            await().untilAsserted(() -> assertThat(count("malformed")).isEqualTo(before + 1));
        }

        @Test
        void oversizedHeadersAreRefused() throws Exception {
            try (RawHttp http = new RawHttp(port)) {
                assertThat(http.send("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n")
                                .readAll())
                        .startsWith("HTTP/1.1 400")
                        .doesNotContain("<");
            }
        }
    }

    @Nested
    class Management {

        @Test
        void livenessAndReadinessAreUp() throws Exception {
            assertThat(manage("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(manage("/actuator/health/readiness").statusCode()).isEqualTo(200);
        }

        @Test
        void metersAreThere() throws Exception {
            post(fresh(), SECRET);
            awaitReceived(1);
            await().until(() -> handlers.backlog().waiting() == 0);
            assertThat(manage("/actuator/prometheus").body())
                    .contains(
                            "ackbox_webhook_requests_seconds_bucket{endpoint=\"default\",outcome=\"stored\",le=\"0.25\"}")
                    .contains("ackbox_records_stored_total{field=\"messages\"}")
                    .contains(
                            "ackbox_records_settled_total{consumer=\"handlers\",field=\"messages\",outcome=\"completed\"}")
                    .contains(
                            "ackbox_handler_duration_seconds_count{field=\"messages\",handler=\"keeping\",outcome=\"completed\"}")
                    .contains("ackbox_inbox_waiting{consumer=\"handlers\"} 0.0")
                    .contains("ackbox_inbox_dead{consumer=\"handlers\"} ")
                    .contains("ackbox_inbox_oldest_waiting_seconds{consumer=\"handlers\"} 0.0")
                    .contains("ackbox_record_latency_seconds_count{consumer=\"handlers\",field=\"messages\"}")
                    .contains("ackbox_platform_delay_seconds_count{field=\"messages\"}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/actuator/env", "/actuator/configprops", "/actuator/beans", "/actuator/heapdump", PATH})
        void whatNeedsAPasswordIsOff(String path) throws Exception {
            assertThat(manage(path).statusCode()).isEqualTo(404);
        }

        private HttpResponse<String> manage(String path) throws Exception {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static String head(String headers) {
        return "POST " + PATH + " HTTP/1.1\r\nHost: x\r\nX-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\n"
                + headers + "\r\n\r\n";
    }

    /** A text message that was not sent before. */
    private static byte[] fresh() {
        return ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"211504987306412\",\"changes\":[{\"field\":"
                        + "\"messages\",\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":{\"phone_number_id\":"
                        + "\"318840776125093\"},\"messages\":[{\"from\":\"12065550177\",\"id\":\"wamid."
                        + UUID.randomUUID()
                        + "\",\"timestamp\":\"1794817947\",\"type\":\"text\",\"text\":{\"body\":\"hello\"}}]}}]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void awaitReceived(int count) {
        await().untilAsserted(() -> assertThat(received.all()).hasSizeGreaterThanOrEqualTo(count));
    }

    private double stored() {
        return registry.find("ackbox.records.stored").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private double count(String outcome) {
        return registry.find("ackbox.webhook.requests").tag("outcome", outcome).timers().stream()
                .mapToDouble(Timer::count)
                .sum();
    }

    private HttpResponse<String> get(String query) throws Exception {
        return send(HttpRequest.newBuilder(uri(PATH + "?" + query)));
    }

    private HttpResponse<String> post(byte[] body, AppSecret secret) throws Exception {
        return send(HttpRequest.newBuilder(uri(PATH))
                .POST(BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/json")
                .header("X-Hub-Signature-256", secret.sign(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
