package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.ackbox.CapturedLog;
import dev.ackbox.Payloads;
import dev.ackbox.ServiceTest;
import dev.ackbox.security.AppSecret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What an operator reads while a URL does not work yet. Each case has a reason of its own, since each is logged once in ten seconds. */
@ServiceTest({
    "ackbox.endpoints.default.verify-tokens=the-token",
    "ackbox.endpoints.default.app-secrets=the-secret",
    "ackbox.endpoints.guarded.path=/hooks/guarded",
    "ackbox.endpoints.guarded.verify-tokens=the-token",
    "ackbox.endpoints.guarded.app-secrets=the-secret",
    "ackbox.endpoints.guarded.addresses.mode=enforce",
    "ackbox.endpoints.guarded.addresses.ranges=192.0.2.1",
    "server.forward-headers-strategy=none"
})
class RequestLogTests {

    private static final String PATH = "/webhooks/whatsapp";
    private static final String HANDSHAKE = PATH + "?hub.mode=subscribe&hub.verify_token=the-token&hub.challenge=1";
    private static final byte[] BODY = Payloads.read("_envelope/escaped_wire_form");

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();
    private CapturedLog log;

    @BeforeEach
    void listen() {
        log = new CapturedLog();
        ((Logger) LoggerFactory.getLogger(RequestLog.class)).setLevel(Level.INFO);
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    static Stream<Arguments> requests() {
        String base64 = Base64.getEncoder().encodeToString(BODY);
        AppSecret other = new AppSecret("of-a-second-app");
        return Stream.of(
                Arguments.of(get(HANDSHAKE), Level.INFO, "Handshake at endpoint default succeeded"),
                Arguments.of(get(HANDSHAKE.replace("the-token", "a-guess")), Level.WARN, "403: wrong verify token"),
                Arguments.of(get(HANDSHAKE.replace("hub.", "hub_")), Level.WARN, "'hub_mode' in place of 'hub.mode'"),
                Arguments.of(get(HANDSHAKE.replace("=1", "=<b>")), Level.WARN, "400: 'hub.challenge' is not"),
                Arguments.of(get(HANDSHAKE + "&hub.mode=subscribe"), Level.WARN, "'hub.mode' is there more than once"),
                Arguments.of(get("/Webhooks/WhatsApp"), Level.WARN, "The URL must end in /webhooks/whatsapp"),
                Arguments.of(post(PATH, BODY, other), Level.WARN, "not configured here: a second app"),
                Arguments.of(post(PATH, bytes(base64), other), Level.WARN, "arrives as Base64"),
                Arguments.of(
                        post(PATH, bytes("{\"requestContext\":{},\"body\":\"" + base64 + "\"}"), null),
                        Level.WARN,
                        "inside a gateway's event"),
                Arguments.of(
                        post(PATH, bytes("object=whatsapp_business_account&entry=1"), null),
                        Level.WARN,
                        "arrives as a form"),
                Arguments.of(post("/hooks/guarded", BODY, other), Level.WARN, "Endpoint guarded rejects a sender"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void leaveALine(HttpRequest.Builder request, Level level, String text) {
        await().pollInSameThread().untilAsserted(() -> {
            send(request);
            assertThat(log.lines()).anySatisfy(line -> {
                assertThat(line.level()).isEqualTo(level);
                assertThat(line.text()).contains(text);
            });
        });
        assertThat(log.lines())
                .noneMatch(line -> Stream.of("the-token", "a-guess", "the-secret", "of-a-second-app", "<b>", "wamid")
                        .anyMatch(line.text()::contains));
    }

    @Test
    void whatStrangersAskForLeavesNone() throws Exception {
        for (HttpRequest.Builder request : List.of(get(PATH), get("/.env"), post(PATH, bytes("{}"), null))) {
            send(request);
        }
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aFloodOfOneReasonIsOneLine() throws Exception {
        for (int i = 0; i < 20; i++) {
            send(get(PATH + "?hub.mode=unsubscribe"));
        }
        assertThat(log.lines()).hasSizeLessThanOrEqualTo(1);
    }

    private static HttpRequest.Builder get(String target) {
        return HttpRequest.newBuilder()
                .header("X-Target", target.replace("<", "%3C").replace(">", "%3E"));
    }

    private static HttpRequest.Builder post(String path, byte[] body, AppSecret secret) {
        HttpRequest.Builder request = get(path).POST(BodyPublishers.ofByteArray(body));
        return secret == null ? request : request.header("X-Hub-Signature-256", secret.sign(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void send(HttpRequest.Builder request) throws Exception {
        String target = request.copy()
                .uri(URI.create("http://localhost/"))
                .build()
                .headers()
                .firstValue("X-Target")
                .orElseThrow();
        client.send(
                request.copy()
                        .uri(URI.create("http://localhost:" + port + target))
                        .build(),
                BodyHandlers.discarding());
    }
}
