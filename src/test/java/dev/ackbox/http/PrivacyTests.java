package dev.ackbox.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.ackbox.AckboxApplication;
import dev.ackbox.CapturedLog;
import dev.ackbox.CommandRun;
import dev.ackbox.Payloads;
import dev.ackbox.SampleChanges;
import dev.ackbox.http.TalkativeHandlers.Way;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.sqlite.Inboxes;
import dev.ackbox.operator.InboxCommand;
import dev.ackbox.ops.inbox.Audit;
import dev.ackbox.security.AppSecret;
import dev.ackbox.security.TestCertificates;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * Personal data and secrets go where they have to and nowhere else: a service that logs as much as it can is sent canaries on
 * every way there is, from before its start to after its end; then they are looked for in all that it lets out.
 */
@Tag("socket")
@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
class PrivacyTests {

    private static final AppSecret SECRET = new AppSecret(Canaries.SECRET);
    private static final String DEFAULT = "/webhooks/whatsapp";
    private static final String ACCOUNT = "211504987306412";

    /** A field that the database refuses. */
    private static final String NOT_STORED = "not_stored";

    private static final CanaryNotifications notifications = new CanaryNotifications();

    @TempDir
    private static Path directory;

    private static CapturedLog log;
    private static ConfigurableApplicationContext context;
    private static CanaryClient client;

    /** What the service let out, by where. */
    private static final Map<String, String> letOut = new LinkedHashMap<>();

    private static List<CapturedLog.Line> lines;
    private static double deadLetters;
    private static String received;
    private static String backupBefore;
    private static String backupAfter;
    private static String database;

    @BeforeAll
    @Timeout(180)
    static void sendCanariesOnEveryWay(CapturedOutput output) throws Exception {
        log = new CapturedLog();
        prepareDatabase();
        Files.createDirectories(secrets());
        Files.writeString(rotated(), Canaries.ROTATED_SECRET + "\n");
        Files.writeString(authorities(), TestCertificates.pem(TestCertificates.NEW_ROOT.certificate()));
        context = SpringApplication.run(new Class<?>[] {AckboxApplication.class, TalkativeHandlers.class}, settings());
        client = new CanaryClient(port("local.server.port"), port("local.management.port"));
        handshakes();
        genuineNotifications();
        failuresOfHandlers();
        screenedNotifications();
        bodiesThatAreNoNotifications();
        refusedNotifications();
        refusedSenders();
        requestsThatAreNoneOfThese();
        secretsThatChange();
        anInboxThatCannotStore();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> context.getBean(Consumer.class).backlog().waiting() == 0);
        deadLetters = context.getBean(Consumer.class).backlog().dead();
        askTheManagementPort();
        operate();
        erase();
        letOut.put("threads", threads());
        letOut.put("meters", meters());
        letOut.put(
                "traces",
                String.join("\n", context.getBean(TalkativeHandlers.class).observed()));
        letOut.put("answers", String.join("\n", client.answers()));
        received = String.join("\n", context.getBean(TalkativeHandlers.class).received());
        database = contentOf(data());
        context.close();
        lines = log.lines();
        letOut.put(
                "audit",
                lines.stream()
                        .filter(line -> line.logger().equals(Audit.LOGGER))
                        .map(CapturedLog.Line::text)
                        .collect(Collectors.joining("\n")));
        letOut.put("standard output", output.getAll());
    }

    @AfterAll
    static void stop() {
        if (context != null) {
            context.close();
        }
        log.close();
    }

    private static String[] settings() {
        return Stream.of(
                        "logging.level.root=trace",
                        "debug=true",
                        "trace=true",
                        "server.port=0",
                        "management.server.port=0",
                        "management.observations.enable.spring.security=true", // the only traces there are
                        "server.forward-headers-strategy=none",
                        "spring.ssl.bundle.pem.meta.truststore.certificate=file:" + authorities(),
                        "management.endpoints.web.exposure.include=*",
                        "ACKBOX_MANAGEMENT_PASSWORD=" + Canaries.PASSWORD,
                        "ackbox.inbox.sqlite.directory=" + data(),
                        "ackbox.inbox.backup-directory=" + backups(),
                        "spring.config.import=configtree:" + secrets() + "/",
                        "server.tomcat.connection-timeout=1s",
                        "server.tomcat.keep-alive-timeout=1s",
                        "ackbox.secrets-interval=50ms",
                        "ackbox.http.body-timeout=500ms",
                        "ackbox.dispatch.handler-timeout=500ms",
                        "ackbox.dispatch.retry.max-attempts=2",
                        "ackbox.dispatch.retry.initial-delay=1ms",
                        "ACKBOX_VERIFY_TOKEN=" + Canaries.VERIFY_TOKEN,
                        "ACKBOX_APP_SECRET=" + Canaries.SECRET + "," + Canaries.PREVIOUS_SECRET,
                        "ackbox.endpoints.rotated.path=/rotated",
                        "ackbox.endpoints.rotated.verify-tokens=" + Canaries.VERIFY_TOKEN,
                        "ackbox.endpoints.keyed.path=/keyed",
                        "ackbox.endpoints.keyed.authenticator=header",
                        "ackbox.endpoints.keyed.app-secrets=" + Canaries.HEADER_SECRET,
                        "ackbox.endpoints.gateway.path=/gateway",
                        "ackbox.endpoints.gateway.authenticator=hmac",
                        "ackbox.endpoints.gateway.app-secrets=" + Canaries.GATEWAY_SECRET,
                        "ackbox.endpoints.screened.path=/screened",
                        "ackbox.endpoints.screened.verify-tokens=" + Canaries.VERIFY_TOKEN,
                        "ackbox.endpoints.screened.app-secrets=" + Canaries.SECRET,
                        "ackbox.endpoints.screened.allowed-accounts=" + ACCOUNT,
                        "ackbox.endpoints.screened.forward-statuses=failed",
                        "ackbox.endpoints.listed.path=/listed",
                        "ackbox.endpoints.listed.authenticator=none",
                        "ackbox.endpoints.listed.addresses.mode=enforce",
                        "ackbox.endpoints.listed.addresses.ranges=192.0.2.0/24",
                        certificateFrom("nginx"),
                        certificateFrom("alb"),
                        certificateFrom("envoy"),
                        certificateFrom("traefik"),
                        certificateFrom("rfc9440"),
                        "ackbox.endpoints.envoy.client-certificate.bundle=meta",
                        "ackbox.endpoints.traefik.client-certificate.bundle=meta",
                        "ackbox.endpoints.rfc9440.client-certificate.bundle=meta")
                .flatMap(setting -> setting.lines())
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
    }

    private static String certificateFrom(String source) {
        return """
            ackbox.endpoints.NAME.path=/NAME
            ackbox.endpoints.NAME.authenticator=none
            ackbox.endpoints.NAME.client-certificate.mode=enforce
            ackbox.endpoints.NAME.client-certificate.source=NAME
            ackbox.endpoints.NAME.client-certificate.proxies=127.0.0.1,::1""".replace("NAME", source);
    }

    private static Path authorities() {
        return directory.resolve("authorities.pem");
    }

    private static Path secrets() {
        return directory.resolve("secrets");
    }

    private static Path data() {
        return directory.resolve("data");
    }

    private static Path backups() {
        return directory.resolve("backups");
    }

    private static Path rotated() {
        return secrets().resolve("ackbox.endpoints.rotated.app-secrets");
    }

    private static void handshakes() throws IOException {
        String token = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
        assertThat(client.get(DEFAULT + "?" + token + Canaries.VERIFY_TOKEN)).startsWith("HTTP/1.1 200");
        assertThat(client.get(DEFAULT + "?" + token + Canaries.MARK)).startsWith("HTTP/1.1 403");
        assertThat(client.get(DEFAULT + "?" + token + urlEncoded(Canaries.text("token"))))
                .startsWith("HTTP/1.1 403");
        assertThat(client.get(DEFAULT + "?" + token + "%zz" + Canaries.MARK)).startsWith("HTTP/1.1 400");
        assertThat(client.get(DEFAULT + "?hub.mode=" + Canaries.MARK + "&hub.verify_token=" + Canaries.VERIFY_TOKEN))
                .startsWith("HTTP/1.1 400");
    }

    private static void genuineNotifications() throws IOException {
        for (byte[] body : notifications.all()) {
            assertThat(post(body)).startsWith("HTTP/1.1 200");
        }
        byte[] twice = message(Canaries.text("message"));
        assertThat(post(twice)).startsWith("HTTP/1.1 200");
        assertThat(post(twice)).startsWith("HTTP/1.1 200");
        byte[] body = message(Canaries.text("message"));
        assertThat(client.post(DEFAULT, body, signature(new AppSecret(Canaries.PREVIOUS_SECRET), body)))
                .startsWith("HTTP/1.1 200");
        assertThat(client.post("/gateway", body, signature(new AppSecret(Canaries.GATEWAY_SECRET), body)))
                .startsWith("HTTP/1.1 200");
        assertThat(client.post("/keyed", body, "Authorization: " + Canaries.HEADER_SECRET))
                .startsWith("HTTP/1.1 200");
        assertThat(client.post("/keyed", body, "Authorization: Bearer " + Canaries.HEADER_SECRET))
                .startsWith("HTTP/1.1 401");
    }

    private static void failuresOfHandlers() throws IOException {
        for (Way way : Way.values()) {
            assertThat(post(message(way.text()))).startsWith("HTTP/1.1 200");
        }
    }

    private static void screenedNotifications() throws IOException {
        for (String body :
                List.of(notifications.message("100200300", Canaries.text("message")), notifications.status(ACCOUNT))) {
            assertThat(client.post("/screened", body.getBytes(UTF_8), signature(SECRET, body.getBytes(UTF_8))))
                    .startsWith("HTTP/1.1 200");
        }
    }

    /** Signed well, but not what the model is of. */
    private static void bodiesThatAreNoNotifications() throws IOException {
        String text = CanaryNotifications.quoted(Canaries.text("content"));
        String number = "\"" + Canaries.PHONE + "\"";
        for (String body : List.of(
                Canaries.text("not JSON"),
                "{\"object\":" + text + ",",
                text,
                "{\"object\":\"whatsapp_business_account\",\"entry\":" + text + "}",
                messageWith("\"object\":" + text, "\"object\":\"whatsapp_business_account\""),
                messageWith("\"id\":{" + text + ":" + number + "}", "\"id\":\"" + ACCOUNT + "\""),
                messageWith("\"field\":" + text, "\"field\":\"messages\""),
                messageWith("\"field\":" + number, "\"field\":\"messages\""),
                messageWith("\"type\":" + text, "\"type\":\"text\""),
                messageWith("\"type\":" + number, "\"type\":\"text\""),
                messageWith("\"timestamp\":" + text, "\"timestamp\":\"1790000000\""),
                messageWith("\"timestamp\":{" + text + ":1}", "\"timestamp\":\"1790000000\""),
                messageWith("\"profile\":{" + text + ":1," + number + ":" + text + ",", "\"profile\":{"),
                messageWith("\"messages\":[" + text + ",{", "\"messages\":[{"))) {
            assertThat(post(body.getBytes(UTF_8))).as(body).startsWith("HTTP/1.1 200");
        }
        byte[] notUtf8 = message(Canaries.text("message"));
        notUtf8[notUtf8.length - 20] = (byte) 0xC3;
        assertThat(post(notUtf8)).startsWith("HTTP/1.1 200");
    }

    /** With something else in the place of a part of it. */
    private static String messageWith(String other, String part) {
        String message = notifications.message(ACCOUNT, Canaries.text("message"));
        assertThat(message).contains(part);
        return message.replace(part, other);
    }

    private static void refusedNotifications() throws IOException {
        byte[] body = message(Canaries.text("refused"));
        String signature = signature(SECRET, body);
        String sha1 = "X-Hub-Signature: sha1=" + Canaries.MARK;
        byte[] changed = new String(body, UTF_8).replace("},", "}, ").getBytes(UTF_8);
        for (String header : List.of(
                "X-Hub-Signature-256: sha256=" + "0".repeat(64),
                "X-Hub-Signature-256: " + Canaries.MARK,
                signature(new AppSecret(Canaries.GATEWAY_SECRET), body))) {
            assertThat(client.post(DEFAULT, body, header)).startsWith("HTTP/1.1 401");
        }
        assertDiagnosed("secret_unknown", DEFAULT, body, "X-Hub-Signature-256: sha256=" + "0".repeat(64));
        assertDiagnosed("unknown", DEFAULT, Canaries.text("refused").getBytes(UTF_8), signature);
        assertDiagnosed("body_base64", DEFAULT, Base64.getEncoder().encode(body), signature);
        assertDiagnosed("body_in_event", DEFAULT, event(body), "Content-Type: text/plain");
        assertDiagnosed("body_as_form", DEFAULT, form(body), "Content-Type: application/x-www-form-urlencoded");
        assertDiagnosed("sha1_only", DEFAULT, body, sha1);
        assertDiagnosed("header_mangled", DEFAULT, body, signature + Canaries.MARK);
        assertDiagnosed("body_reserialised", DEFAULT, changed, signature);
        assertDiagnosed("secret_of_another_endpoint", "/rotated", body, signature);
        assertThat(client.post(DEFAULT, body, signature, "Content-Encoding: " + Canaries.MARK))
                .startsWith("HTTP/1.1 415");
        assertThat(client.exchange("POST " + DEFAULT + " HTTP/1.1\r\nHost: x\r\n" + signature
                        + "\r\nContent-Length: 5000000\r\n\r\n" + Canaries.text("too large")))
                .startsWith("HTTP/1.1 413");
        assertThat(client.exchange("POST " + DEFAULT + " HTTP/1.1\r\nHost: x\r\n" + signature
                        + "\r\nContent-Length: 1000\r\n\r\n" + Canaries.text("too slow")))
                .startsWith("HTTP/1.1 408");
        assertThat(client.exchange("POST " + DEFAULT + " HTTP/1.1\r\nHost: x\r\n" + signature
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n" + Canaries.text("no chunk") + "\r\n"))
                .startsWith("HTTP/1.1 400");
        client.exchangeAndHangUp("POST " + DEFAULT + " HTTP/1.1\r\nHost: x\r\n" + signature
                + "\r\nContent-Length: 1000\r\n\r\n" + Canaries.text("aborted"));
        assertThat(count("ackbox.webhook.requests", "outcome", "aborted")).isPositive();
    }

    private static byte[] event(byte[] body) {
        return ("{\"requestContext\":{},\"body\":" + new String(body, UTF_8) + "}").getBytes(UTF_8);
    }

    private static byte[] form(byte[] body) {
        return ("payload=" + URLEncoder.encode(new String(body, UTF_8), UTF_8)).getBytes(UTF_8);
    }

    private static void assertDiagnosed(String reason, String path, byte[] body, String header) {
        double before = count("ackbox.webhook.diagnosed", "reason", reason);
        await().pollInSameThread().pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            assertThat(client.post(path, body, header)).startsWith("HTTP/1.1 401");
            assertThat(count("ackbox.webhook.diagnosed", "reason", reason))
                    .as(reason)
                    .isGreaterThan(before);
        });
    }

    private static void refusedSenders() throws IOException {
        byte[] body = message(Canaries.text("refused"));
        String subject = "CN=" + Canaries.MARK;
        String pem = urlEncoded("-----BEGIN CERTIFICATE-----\n" + Canaries.MARK + "\n-----END CERTIFICATE-----\n");
        assertThat(client.post("/listed", body)).startsWith("HTTP/1.1 403");
        assertThat(client.get("/listed?" + Canaries.MARK)).startsWith("HTTP/1.1 400");
        Map<String, List<String>> headers = Map.of(
                "/nginx",
                List.of("ssl-client-verify: SUCCESS", "ssl-client-subject-dn: " + subject, "ssl-client-cert: " + pem),
                "/alb",
                List.of(
                        "X-Amzn-Mtls-Clientcert-Subject: " + subject,
                        "X-Amzn-Mtls-Clientcert-Validity: " + Canaries.MARK,
                        "X-Amzn-Mtls-Clientcert-Leaf: " + pem),
                "/envoy",
                List.of("X-Forwarded-Client-Cert: Hash=" + Canaries.MARK + ";Subject=\"" + subject + "\";Cert=\"" + pem
                        + "\""),
                "/traefik",
                List.of(
                        "X-Forwarded-Tls-Client-Cert: " + pem,
                        "X-Forwarded-Tls-Client-Cert-Info: " + urlEncoded("Subject=\"" + subject + "\"")),
                "/rfc9440",
                List.of("Client-Cert: :" + CanaryClient.base64(Canaries.text("certificate")) + ":"));
        for (Map.Entry<String, List<String>> each : headers.entrySet()) {
            assertThat(client.post(each.getKey(), body, each.getValue().toArray(String[]::new)))
                    .startsWith("HTTP/1.1 403");
            for (String header : each.getValue()) {
                assertThat(client.post(each.getKey(), body, header)).startsWith("HTTP/1.1 403");
            }
        }
    }

    private static void requestsThatAreNoneOfThese() throws IOException {
        String rest = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Canary: " + Canaries.MARK + "\r\n\r\n";
        for (String request : List.of(
                "GET /" + Canaries.MARK + rest,
                "GET /%zz" + Canaries.MARK + rest,
                "PUT " + DEFAULT + "?" + Canaries.MARK + rest,
                Canaries.MARK + " " + DEFAULT + rest,
                "OPTIONS *" + rest,
                "GET / " + Canaries.MARK + "\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: " + Canaries.MARK + "\u0001\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n" + Canaries.MARK + " no colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX: " + Canaries.MARK.repeat(2_000) + "\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nCookie: $Version=" + Canaries.MARK + "; " + Canaries.MARK + "=\"\r\n"
                        + "Connection: close\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + Canaries.MARK + "\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: " + Canaries.MARK + "\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary="
                        + Canaries.MARK + "\r\nContent-Length: 13\r\n\r\n" + Canaries.MARK,
                "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: "
                        + Canaries.MARK + "\r\n\r\n")) {
            client.exchangeAndHangUp(request);
        }
    }

    private static void secretsThatChange() throws IOException {
        byte[] body = message(Canaries.text("message"));
        String before = signature(new AppSecret(Canaries.ROTATED_SECRET), body);
        String after = signature(new AppSecret(Canaries.ROTATED_SECRET + "-again"), body);
        assertThat(client.post("/rotated", body, before)).startsWith("HTTP/1.1 200");
        Files.writeString(rotated(), Canaries.ROTATED_SECRET + "-again\n");
        await().pollInSameThread()
                .untilAsserted(
                        () -> assertThat(client.post("/rotated", body, after)).startsWith("HTTP/1.1 200"));
        assertDiagnosed("secret_retired", "/rotated", body, before);
        Files.writeString(rotated(), "," + Canaries.ROTATED_SECRET);
        await().pollInSameThread()
                .until(() -> !context.getBean(WatchedFiles.class).unreadable().isEmpty());
    }

    private static void anInboxThatCannotStore() throws IOException {
        byte[] body = messageWith("\"field\":\"" + NOT_STORED + "\"", "\"field\":\"messages\"")
                .getBytes(UTF_8);
        assertThat(post(body)).startsWith("HTTP/1.1 503");
        await().pollInSameThread()
                .untilAsserted(
                        () -> assertThat(post(message(Canaries.text("stored")))).startsWith("HTTP/1.1 200"));
    }

    /** Makes the database refuse what is of this field; later the service alone writes to it. */
    private static void prepareDatabase() throws SQLException {
        Inboxes.sqlite(data(), Clock.systemUTC()).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data().resolve("inbox.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TRIGGER refuses BEFORE INSERT ON source WHEN NEW.field = '" + NOT_STORED
                    + "' BEGIN SELECT RAISE(ABORT, 'no room'); END");
        }
    }

    /** All that can be exposed, and what hangs below it. */
    private static void askTheManagementPort() throws IOException {
        Set<String> paths = new TreeSet<>(Set.of(
                "/actuator/heapdump",
                "/actuator/health/readiness",
                "/actuator/health/senders",
                "/actuator/env/ackbox.management.password",
                "/actuator/env/ackbox.endpoints.default.app-secrets",
                "/actuator/env/ackbox.endpoints.rotated.app-secrets",
                "/actuator/configprops/ackbox",
                "/actuator/whatsapp/" + ACCOUNT));
        jsonAt("/actuator")
                .path("_links")
                .forEach(link -> paths.add(link.path("href").asString().replaceFirst("https?://[^/]*", "")));
        jsonAt("/actuator/metrics").path("names").forEach(name -> paths.add("/actuator/metrics/" + name.asString()));
        paths.removeIf(path -> path.contains("{"));
        for (String path : paths) {
            letOut.put(path, client.manage(path));
        }
        String env = "/actuator/env?q=" + Canaries.MARK;
        String wrong = "Basic " + CanaryClient.base64("ackbox:" + Canaries.PASSWORD + "-but-wrong");
        letOut.put("a wrong password", client.manage("GET", env, wrong));
        letOut.put("no base64", client.manage("GET", env, "Basic !" + Canaries.MARK));
        letOut.put("a bearer", client.manage("GET", env, "Bearer " + Canaries.MARK));
        letOut.put("an odd method", client.manage(Canaries.MARK, env, wrong));
        letOut.put("what is not there", client.manage("/actuator/" + Canaries.MARK));
        letOut.put("an account that is not there", client.manage("/actuator/whatsapp/" + Canaries.PHONE));
        letOut.put("a malformed path", client.manage("/actuator/%zz" + Canaries.MARK));
        letOut.put("a path that is rejected", client.manage("//actuator/" + Canaries.MARK + ";x=%2f"));
    }

    /** By the API and from the command line: each request names somebody, and each finds something or is rejected. */
    private static void operate() throws IOException {
        String inbox = "/actuator/inbox";
        String records = inbox + "/records";
        String id = jsonAt(inbox + "/dead?limit=1")
                .path("records")
                .path(0)
                .path("id")
                .asString();
        String wamid = Canaries.wamid(1);
        String filter = "{\"dryRun\":true,\"filter\":{\"user\":\"" + Canaries.PHONE + "\"}";
        letOut.put(
                "operator API",
                String.join(
                        "\n",
                        client.manage(inbox),
                        client.manage(records + "?limit=500"),
                        client.manage(records + "?user=" + Canaries.PHONE),
                        client.manage(records + "?user=" + Canaries.USER_ID),
                        client.manage(records + "?message=" + urlEncoded(wamid)),
                        client.manage(records + "?state=" + Canaries.PHONE),
                        client.manage(records + "?from=" + Canaries.PHONE),
                        client.manage(records + "?cursor=" + Canaries.MARK),
                        client.manage(records + "/" + id),
                        client.manage(records + "/" + Canaries.MARK),
                        client.manage(inbox + "/dead?limit=500&user=" + Canaries.PHONE),
                        client.send("POST", inbox + "/dead/requeue", filter + "}"),
                        client.send("POST", inbox + "/dead/requeue", "{\"ids\":[" + id + "]}"),
                        client.send("POST", inbox + "/dead/requeue", "{\"ids\":[\"" + Canaries.PHONE + "\"]}"),
                        client.send("POST", inbox + "/dead/discard", filter + ",\"reason\":\"tests\"}"),
                        client.send("POST", inbox + "/replays", filter + "}"),
                        client.send("POST", inbox + "/replays", Canaries.text("no JSON"))));
        assertThat(Canaries.in(client.manage(records + "/" + id + "/payload"))).isNotEmpty();
        command("stats");
        command("find", "--user=" + Canaries.PHONE);
        command("find", "--json", "--message=" + wamid);
        command("dead", "--limit=500");
        command("show", id);
        command("requeue", "--user=" + Canaries.PHONE, "--dry-run");
        command("discard", "--user=" + Canaries.PHONE, "--reason=tests", "--dry-run");
        command("replay", "--user=" + Canaries.PHONE, "--dry-run");
        command("replay", "--list");
        command("erase", Canaries.PHONE);
        command("check", data().toString());
    }

    private static void erase() throws IOException {
        byte[] message = notifications
                .message(ACCOUNT, Canaries.ERASED_TEXT)
                .replace(Canaries.PHONE, Canaries.ERASED_PHONE)
                .getBytes(UTF_8);
        assertThat(post(message)).startsWith("HTTP/1.1 200");
        byte[] click = Payloads.change(
                "messages",
                "{\"contacts\":[{\"wa_id\":\"" + Canaries.ERASED_PHONE
                        + "\"}],\"user_actions\":[{\"timestamp\":\"1790000000\",\"action_type\":\"marketing_messages_link_click\","
                        + "\"marketing_messages_link_click_data\":{\"tracking_token\":\"" + Canaries.ERASED_TEXT
                        + "\"}}]}");
        assertThat(post(click)).startsWith("HTTP/1.1 200");
        backupBefore = backup();
        command("erase", Canaries.ERASED_PHONE, "--yes");
        backupAfter = backup();
        letOut.put("list of erasures", Files.readString(backups().resolve("erasures")));
    }

    /** The bytes of a new backup. */
    private static String backup() throws IOException {
        command("backup");
        Path file =
                backups().resolve(jsonAt("/actuator/inbox/backup").path("file").asString());
        return Files.readString(file, ISO_8859_1);
    }

    private static void command(String... arguments) {
        InboxCommand inbox =
                new InboxCommand(() -> CommandRun.settings(Map.of("ackbox.management.password", Canaries.PASSWORD)));
        CommandRun run = CommandRun.of(
                inbox,
                Stream.concat(
                                Stream.of(arguments),
                                Stream.of("--url=http://localhost:" + port("local.management.port") + "/"))
                        .toArray(String[]::new));
        letOut.merge("command line", arguments[0] + ": " + run.out() + run.err(), (all, more) -> all + "\n" + more);
    }

    private static JsonNode jsonAt(String path) throws IOException {
        String answer = client.manage(path);
        assertThat(answer).startsWith("HTTP/1.1 200");
        return SampleChanges.JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n")));
    }

    static Stream<String> places() {
        return letOut.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("places")
    void holdNoCanary(String place) {
        assertThat(Canaries.in(letOut.get(place))).isEmpty();
    }

    @Test
    void noLineOfTheLogHoldsACanary() {
        assertThat(lines)
                .flatExtracting(line -> Canaries.in(line.text()).stream()
                        .map(found -> line.level() + " " + line.logger() + " " + found)
                        .limit(1)
                        .toList())
                .isEmpty();
    }

    @Test
    void allIsListenedTo() {
        assertThat(lines).hasSizeGreaterThan(1_000);
        assertThat(lines).extracting(CapturedLog.Line::level).contains(Level.TRACE, Level.ERROR);
        LoggerFactory.getLogger("anybody").trace("{}", Canaries.text("message"));
        assertThat(log.lines())
                .filteredOn(line -> line.logger().equals("anybody"))
                .singleElement()
                .satisfies(line -> assertThat(Canaries.in(line.text())).isNotEmpty());
    }

    @Test
    void theCanariesWentThrough() {
        Stream<String> texts = Stream.of(
                        "body", "caption", "filename", "name", "formatted_name", "emoji", "message_template_element")
                .map(Canaries::text)
                .map(CanaryNotifications::quoted);
        Stream<String> failures = Stream.of(Way.values()).map(way -> "fails by " + way + ".");
        assertThat(Stream.of(Stream.of(Canaries.PHONE, Canaries.USER_ID, Canaries.LATITUDE), texts, failures)
                        .flatMap(each -> each))
                .allMatch(received::contains);
        assertThat(Canaries.in(database)).hasSizeGreaterThan(100);
        assertThat(deadLetters).isGreaterThan(Way.values().length);
        assertThat(letOut)
                .allSatisfy((place, text) -> assertThat(place.equals("standard output") || !text.isEmpty())
                        .as(place)
                        .isTrue());
    }

    /** It has what was stored, but no secret, and nothing of whom was erased before. */
    @Test
    void aBackupHoldsNoSecretAndNobodyWhoIsErased() {
        assertThat(backupBefore).contains(Canaries.PHONE, Canaries.ERASED_PHONE, Canaries.ERASED_TEXT);
        assertThat(backupAfter).contains(Canaries.PHONE).doesNotContain(Canaries.ERASED_PHONE, Canaries.ERASED_TEXT);
        assertThat(backupBefore + backupAfter)
                .doesNotContain(
                        Canaries.VERIFY_TOKEN,
                        Canaries.SECRET,
                        Canaries.PREVIOUS_SECRET,
                        Canaries.ROTATED_SECRET,
                        Canaries.GATEWAY_SECRET,
                        Canaries.HEADER_SECRET,
                        Canaries.PASSWORD);
    }

    @Test
    void whatOperatorsDoIsInTheAudit() {
        assertThat(Stream.of("payload", "requeue", "discard", "replay", "erase", "backup"))
                .allSatisfy(what -> assertThat(letOut.get("audit")).contains("\"what\":\"" + what + "\""));
        assertThat(letOut.get("operator API")).contains("\"state\":\"dead\"", "HTTP/1.1 400", "\"count\":");
        assertThat(letOut.get("command line")).contains("LAST FAILURE", "would be requeued: ", "Records erased: 2");
    }

    /** Otherwise it would say nothing that they hold no secret. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/env",
                "/actuator/env/ackbox.endpoints.default.app-secrets",
                "/actuator/env/ackbox.endpoints.rotated.app-secrets",
                "/actuator/configprops/ackbox"
            })
    void settingsAreShownWithoutTheirValues(String path) {
        assertThat(letOut.get(path)).startsWith("HTTP/1.1 200").contains("******");
    }

    /** A dump of the memory holds everything. */
    @Test
    void noDumpOfTheMemoryIsOfferedEvenWhereEverythingIsExposed() {
        assertThat(letOut.get("/actuator/heapdump")).startsWith("HTTP/1.1 404");
    }

    private static String threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(thread -> thread.getKey().getName() + " " + Arrays.toString(thread.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String meters() {
        return context.getBean(MeterRegistry.class).getMeters().stream()
                .map(Meter::getId)
                .map(id -> id + " " + id.getDescription() + " " + id.getBaseUnit())
                .collect(Collectors.joining("\n"));
    }

    private static double count(String meter, String tag, String value) {
        return context.getBean(MeterRegistry.class).find(meter).tag(tag, value).meters().stream()
                .mapToDouble(found -> found.measure().iterator().next().getValue())
                .sum();
    }

    private static String contentOf(Path folder) throws IOException {
        StringBuilder content = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.append(Files.readString(file, ISO_8859_1));
            }
        }
        return content.toString();
    }

    private static byte[] message(String text) {
        return notifications.message(ACCOUNT, text).getBytes(UTF_8);
    }

    private static String signature(AppSecret secret, byte[] body) {
        return "X-Hub-Signature-256: " + secret.sign(body);
    }

    private static String post(byte[] body) throws IOException {
        return client.post(DEFAULT, body, signature(SECRET, body));
    }

    private static int port(String property) {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty(property));
    }

    private static String urlEncoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
