package dev.ackbox.doctor;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.head;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.ackbox.graph.Meta.error;
import static dev.ackbox.graph.subscription.MetaAccounts.app;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.ackbox.CommandRun;
import dev.ackbox.Transcript;
import dev.ackbox.doctor.Check.Place;
import dev.ackbox.graph.Meta;
import dev.ackbox.graph.subscription.MetaAccounts;
import dev.ackbox.graph.subscription.Subscriptions;
import dev.ackbox.inbox.sqlite.Inboxes;
import dev.ackbox.security.TestCertificates;
import dev.ackbox.test.MovableClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("socket")
@Timeout(120)
class DoctorTests {

    private static final String PAGE = "troubleshooting.md";
    private static final String PATH = "/webhooks/whatsapp";
    private static final String PUBLIC_URL = "https://hooks.example.com" + PATH;

    /** For a machine that is slow and full: what is measured says nothing about the code. */
    static final Limits LENIENT = new Limits(0, Duration.ofHours(1), Duration.ofHours(1));

    /** An address of documentation, which leads to {@link #META}. */
    private static final String ELSEWHERE = "192.0.2.1";

    @TempDir
    static Path shared;

    @RegisterExtension
    static final WireMockExtension META = Meta.server();

    @RegisterExtension
    static final WireMockExtension RECEIVER = receiver(TestCertificates.server("localhost"));

    /** Its certificate ended in 2021. */
    @RegisterExtension
    static final WireMockExtension EXPIRED = receiver(new TestCertificates.Request("CN=localhost")
            .forServers()
            .host("localhost")
            .until(Instant.parse("2021-01-01T00:00:00Z"))
            .by(TestCertificates.NEW_INTERMEDIATE));

    private final MovableClock clock = new MovableClock(Instant.parse("2026-12-01T10:00:00Z"));
    private final List<String> more = new ArrayList<>();

    @TempDir
    private Path directory;

    private MetaAccounts accounts;
    private String url;
    private Limits limits = LENIENT;

    /** Through which proxy {@link #ELSEWHERE} is asked by https; 0 for the one by which it is asked by http. */
    private int tls;

    private static WireMockExtension receiver(TestCertificates.Issued certificate) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "server",
                    certificate.key(),
                    "password".toCharArray(),
                    certificate.chain().toArray(Certificate[]::new));
            Path file = Files.createTempFile("receiver", ".p12");
            file.toFile().deleteOnExit();
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, "password".toCharArray());
            }
            return WireMockExtension.newInstance()
                    .options(WireMockConfiguration.options()
                            .dynamicHttpsPort()
                            .httpDisabled(true)
                            .bindAddress("127.0.0.1")
                            .globalTemplating(true)
                            .keystorePath(file.toString())
                            .keystoreType("PKCS12")
                            .keystorePassword("password")
                            .keyManagerPassword("password"))
                    .build();
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    @BeforeEach
    void setUp() {
        accounts = new MetaAccounts(META);
        META.stubFor(head(anyUrl())
                .willReturn(aResponse()
                        .withHeader(
                                "Date",
                                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                        clock.instant().atOffset(ZoneOffset.UTC)))));
        url = "https://localhost:" + RECEIVER.getHttpsPort() + PATH;
        accounts.app(url, "messages");
        levels("7001", null, null);
        levels("7002", null, null);
        RECEIVER.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(400)));
        RECEIVER.stubFor(get(urlPathEqualTo(PATH))
                .withQueryParam("hub.verify_token", matching(MetaAccounts.VERIFY_TOKEN))
                .willReturn(aResponse().withBody("{{request.query.[hub.challenge]}}")));
        RECEIVER.stubFor(post(PATH).willReturn(aResponse().withStatus(200)));
        RECEIVER.stubFor(post(PATH)
                .withHeader("X-Hub-Signature-256", absent())
                .willReturn(aResponse().withStatus(401)));
        Inboxes.sqlite(directory, clock).close();
    }

    /** As Meta has it where no override is set, for the URL that is checked. */
    private void levels(String phone, String phoneUrl, String accountUrl) {
        META.stubFor(get(urlPathEqualTo("/v26.0/" + phone))
                .withQueryParam("fields", matching("webhook_configuration"))
                .willReturn(Meta.answer(
                        200,
                        "{\"webhook_configuration\": {"
                                + (phoneUrl == null ? "" : "\"phone_number\": \"" + phoneUrl + "\", ")
                                + (accountUrl == null ? "" : "\"whatsapp_business_account\": \"" + accountUrl + "\", ")
                                + "\"application\": \"" + url + "\"}}")));
    }

    private CommandRun doctor(String... args) {
        List<String> settings = new ArrayList<>(List.of("ACKBOX_DATA_DIR", directory.toString()));
        settings.addAll(more);
        try {
            return CommandRun.of(
                    new DoctorCommand(
                            () -> accounts.settings(settings.toArray(String[]::new)), client(), clock, limits),
                    args);
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    private HttpClient client() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("root", TestCertificates.NEW_ROOT.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .proxy(new ProxySelector() {

                    @Override
                    public List<Proxy> select(URI uri) {
                        return List.of(
                                ELSEWHERE.equals(uri.getHost())
                                        ? new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", port(uri)))
                                        : Proxy.NO_PROXY);
                    }

                    @Override
                    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
                })
                .build();
    }

    private int port(URI uri) {
        return tls > 0 && uri.getScheme().equals("https") ? tls : META.getPort();
    }

    private JsonNode line(Check check, String... args) {
        String[] all = Stream.concat(Stream.of("--json", "--url", url), Arrays.stream(args))
                .toArray(String[]::new);
        for (JsonNode line : new JsonMapper().readTree(doctor(all).out()).path("checks")) {
            if (line.path("check").asString().equals(check.label())) {
                return line;
            }
        }
        throw new AssertionError("no line of " + check);
    }

    private void assertFinding(Check check, String detail, String advice) {
        JsonNode line = line(check);
        assertThat(line.path("state").asString()).as(line.toString()).isEqualTo("finding");
        assertThat(line.path("detail").asString()).contains(detail);
        assertThat(line.path("advice").asString()).contains(advice);
    }

    /** What differs from run to run, as it could be. */
    private String normalised(String out) {
        return out.replace(url, PUBLIC_URL)
                .replace(directory.toString(), "/data")
                .replaceAll("localhost has .*", "hooks.example.com has 1 address")
                .replaceAll("fsync takes \\d+ ms, \\d+ MB", "fsync takes 2 ms, 40960 MB")
                .replaceAll("the heap of this process has \\d+ MB", "the heap of this process has 512 MB")
                .replaceAll("answered 200 after \\d+ ms", "answered 200 after 6 ms")
                .replaceAll("Ackbox \\S+, Java \\d+", "Ackbox 0.1.0, Java 25");
    }

    @Test
    void findsNothingWhereAllIsWell() throws IOException {
        CommandRun ran = doctor("--url", url);

        assertThat(ran.exitCode()).as(ran.out()).isZero();
        assertThat(ran.out()).doesNotContain(Meta.TOKEN, Meta.SECRET, MetaAccounts.VERIFY_TOKEN);
        Transcript.assertDocumented(PAGE, "doctor --url " + PUBLIC_URL, normalised(ran.out()));
        assertThat(META.findAll(postRequestedFor(anyUrl())))
                .as("changes at Meta")
                .isEmpty();
    }

    @Test
    void saysWhatToDoAboutEachFinding() throws IOException {
        RECEIVER.stubFor(post(PATH)
                .withHeader("X-Hub-Signature-256", absent())
                .willReturn(aResponse().withStatus(413)));
        accounts.subscribed(app(Subscriptions.META_APP, "WA DevX Webhook Events 1P App", null));
        levels("7002", "https://old.example.com/hooks", null);

        more.addAll(List.of("ACKBOX_URL", url));

        CommandRun ran = doctor();

        assertThat(ran.exitCode()).as(ran.out()).isEqualTo(1);
        Transcript.assertDocumented(PAGE, "doctor", normalised(ran.out()));
    }

    @Test
    void needsNeitherUrlNorToken() {
        more.addAll(List.of("ACKBOX_ACCESS_TOKEN", ""));

        CommandRun ran = doctor();

        assertThat(ran.exitCode()).as(ran.out()).isZero();
        assertThat(ran.out())
                .containsSubsequence("From outside", "no URL is given", "At Meta", "there is no access token");
        assertThat(META.getAllServeEvents()).isEmpty();
    }

    @Test
    void takesTheUrlFromTheEnvironment() {
        more.addAll(List.of("ACKBOX_URL", url));

        assertThat(doctor().out()).contains("the challenge is answered");
    }

    @Test
    void aUrlThatIsNoneIsWrongUsage() {
        assertThat(doctor("--url", "hooks.example.com").exitCode()).isEqualTo(2);
    }

    // Here.

    @Test
    void findsAMissingSecret() {
        more.addAll(List.of("ACKBOX_APP_SECRET", ""));

        assertFinding(Check.SETTINGS, "endpoint 'default' has no app secret", "ACKBOX_APP_SECRET");
    }

    @Test
    void findsAMisspeltSetting() {
        more.addAll(List.of("ackbox.dispatch.concurency", "1"));

        assertFinding(Check.SETTINGS, "'ackbox.dispatch.concurency' is set, but nothing reads it", "Correct the name");
    }

    @Test
    void findsAWrongValue() {
        more.addAll(List.of("ackbox.inbox.payload-retention", "-1d"));

        assertFinding(Check.SETTINGS, "etention", "correct it");
    }

    @Test
    void findsTheDemoSecret() {
        more.addAll(List.of("ACKBOX_APP_SECRET", "demo-secret"));

        assertFinding(Check.SECRETS, "app secrets", "everybody knows");
    }

    @Test
    void findsADirectoryThatIsNone() throws IOException {
        more.addAll(List.of(
                "ACKBOX_DATA_DIR",
                Files.createFile(shared.resolve("file-" + System.nanoTime())).toString()));

        assertFinding(Check.DATA_DIRECTORY, "cannot be written", "the right to write");
    }

    @Test
    void findsAClockThatIsWrong() {
        clock.advance(Duration.ofMinutes(2));

        assertFinding(Check.CLOCK, "differs from Meta's by 120 s", "NTP");
    }

    @Test
    void findsAFileThatIsNoDatabase() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("inbox.db"), "not a database");
        more.addAll(List.of("ACKBOX_DATA_DIR", other.toString()));

        assertFinding(Check.SCHEMA, "is damaged, or no database of Ackbox", "restore a backup");
    }

    @Test
    void goesOnAsFarAsItCanWithASettingThatCannotBeRead() {
        more.addAll(List.of("ackbox.graph.version", "26"));

        assertFinding(Check.SETTINGS, "'ackbox.graph.version' must be of the form v26.0", "correct it");
        assertThat(line(Check.PHONE_NUMBER).path("state").asString()).isEqualTo("could not check");
    }

    @ParameterizedTest
    @CsvSource({"2040-01-01T00:00:00Z, ends on 2040-01-01", "2026-12-05T00:00:00Z, ends on 2026-12-05"})
    void findsACertificateThatEndsSoon(Instant end, String detail) throws IOException {
        X509Certificate root = new TestCertificates.Request("CN=Root")
                .authority()
                .until(end)
                .selfSigned()
                .certificate();
        Path pem = Files.writeString(directory.resolve("root.pem"), TestCertificates.pem(root));
        more.addAll(List.of("spring.ssl.bundle.pem.meta.truststore.certificate", "file:" + pem));

        JsonNode line = line(Check.CERTIFICATES);

        assertThat(line.path("detail").asString()).isEqualTo("authority of bundle 'meta' " + detail);
        assertThat(line.path("state").asString())
                .isEqualTo(end.isAfter(Instant.parse("2030-01-01T00:00:00Z")) ? "ok" : "finding");
    }

    /** An intermediate certificate that ends breaks the chain like the server's own. */
    @ParameterizedTest
    @CsvSource({
        "server, 2026-12-05T00:00:00Z, 2050-01-01T00:00:00Z, 2026-12-05, finding",
        "server, 2050-01-01T00:00:00Z, 2026-12-05T00:00:00Z, 2026-12-05, finding",
        "management.server, 2040-01-01T00:00:00Z, 2041-01-01T00:00:00Z, 2040-01-01, ok"
    })
    void findsACertificateOfAPortThatEndsSoon(
            String port, Instant end, Instant endOfIntermediate, String detail, String state) throws IOException {
        TestCertificates.Issued intermediate = new TestCertificates.Request("CN=Intermediate")
                .authority()
                .until(endOfIntermediate)
                .by(TestCertificates.NEW_ROOT);
        TestCertificates.Issued server = new TestCertificates.Request("CN=localhost")
                .forServers()
                .until(end)
                .by(intermediate);
        Path chain = Files.writeString(
                directory.resolve("chain.pem"),
                TestCertificates.pem(server.certificate()) + TestCertificates.pem(intermediate.certificate()));
        Path key = Files.writeString(directory.resolve("key.pem"), TestCertificates.pem(server.key()));
        more.addAll(List.of("management.server.ssl.enabled", "true"));
        more.addAll(List.of(
                port + ".ssl.certificate", "file:" + chain, port + ".ssl.certificate-private-key", "file:" + key));

        JsonNode line = line(Check.CERTIFICATES);

        assertThat(line.path("detail").asString()).isEqualTo("certificate of " + port + ".ssl ends on " + detail);
        assertThat(line.path("state").asString()).isEqualTo(state);
        assertThat(line.path("advice").asString("")).contains(state.equals("ok") ? "" : "restart Ackbox");
    }

    /** Of several in a keystore, the server takes the one that is named. */
    @Test
    void findsTheCertificateOfAKeystoreThatEndsSoon() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (String end : List.of("2026-12-05", "2040-01-01")) {
            TestCertificates.Issued server = new TestCertificates.Request("CN=localhost")
                    .forServers()
                    .until(Instant.parse(end + "T00:00:00Z"))
                    .by(TestCertificates.NEW_INTERMEDIATE);
            store.setKeyEntry(
                    "ends-" + end,
                    server.key(),
                    "password".toCharArray(),
                    server.chain().toArray(Certificate[]::new));
        }
        Path file = directory.resolve("server.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "password".toCharArray());
        }
        more.addAll(List.of(
                "server.ssl.key-store",
                file.toString(),
                "server.ssl.key-store-password",
                "password",
                "server.ssl.key-alias",
                "ends-2026-12-05"));

        assertFinding(Check.CERTIFICATES, "certificate of server.ssl ends on 2026-12-05", "renew it");

        more.addAll(List.of("server.ssl.key-alias", "ends-2040-01-01"));
        assertThat(line(Check.CERTIFICATES).path("state").asString()).isEqualTo("ok");

        more.addAll(List.of("server.ssl.key-store-password", "wrong"));
        assertFinding(Check.CERTIFICATES, "server.ssl cannot be read", "password");
    }

    @Test
    void findsBoundsThatDoNotFitIntoMemory() {
        more.addAll(List.of("ackbox.http.max-bytes-in-flight", "900GB"));

        assertFinding(Check.MEMORY, "the heap of this process has", "-Xmx of the service");
    }

    @Test
    void findsAVersionThatEnds() {
        more.addAll(List.of("ackbox.graph.version", "v21.0"));

        assertFinding(Check.VERSION, "Graph API v21.0", "ends on 2027-01-21");
    }

    @Test
    void findsAMissingVerifyToken() {
        more.addAll(List.of("ACKBOX_VERIFY_TOKEN", ""));

        assertFinding(Check.SETTINGS, "endpoint 'default' has no verify token", "ACKBOX_VERIFY_TOKEN");
        assertThat(line(Check.HANDSHAKE).path("state").asString()).isEqualTo("could not check");
    }

    @Test
    void findsADiskWithoutRoom() {
        limits = new Limits(Long.MAX_VALUE, LENIENT.slowFsync(), LENIENT.slowAnswer());

        assertFinding(Check.DATA_DIRECTORY, "MB are free", "make room");
    }

    @Test
    void findsASlowDisk() {
        limits = new Limits(0, Duration.ZERO, LENIENT.slowAnswer());

        assertFinding(Check.DATA_DIRECTORY, "fsync takes", "faster disk");
    }

    @Test
    void findsADatabaseOfANewerAckbox() throws Exception {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("inbox.db"));
                Statement update = database.createStatement()) {
            update.executeUpdate("UPDATE flyway_schema_history SET version = '999' WHERE version = '1'");
        }

        assertFinding(Check.SCHEMA, "version 999, this Ackbox has", "a newer Ackbox has used this database");
    }

    // From outside.

    @Test
    void findsAHostThatIsNotThere() {
        url = "https://nowhere.invalid/hooks";

        assertFinding(Check.HOST, "there is no host nowhere.invalid", "DNS");
        assertThat(line(Check.HANDSHAKE).path("state").asString()).isEqualTo("could not check");
    }

    @Test
    void findsAnExpiredCertificate() {
        url = "https://localhost:" + EXPIRED.getHttpsPort() + PATH;

        assertFinding(Check.TLS, "its certificate has expired", "public authority");
    }

    @Test
    void findsACertificateOfNoPublicAuthority() {
        CommandRun ran = CommandRun.of(
                new DoctorCommand(
                        () -> accounts.settings("ACKBOX_DATA_DIR", directory.toString()),
                        HttpClient.newHttpClient(),
                        clock,
                        LENIENT),
                "--url",
                url);

        assertThat(ran.out()).contains("its certificate is not of a public authority, or its chain is not complete");
    }

    @Test
    void findsThatTheCertificateOfTheUrlEndsSoon() {
        clock.advance(Duration.between(clock.instant(), Instant.parse("2049-12-25T00:00:00Z")));

        assertFinding(Check.TLS, "ends on 2050-01-01", "renew it");
    }

    @Test
    void findsACertificateOfAnotherHost() {
        url = "https://127.0.0.1:" + RECEIVER.getHttpsPort() + PATH;

        assertFinding(Check.TLS, "its certificate is for another host", "public authority");
    }

    @Test
    void findsAUrlWithoutTls() {
        url = META.baseUrl() + PATH;

        assertFinding(Check.TLS, "not https", "proxy with a certificate");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 308})
    void findsARedirect(int status) {
        RECEIVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withHeader("Location", "/elsewhere")));

        assertFinding(Check.REDIRECT, "answers " + status, "Meta follows none, 307 and 308 included");
        assertFinding(Check.HANDSHAKE, "a redirect", "the log of Ackbox");
    }

    @Test
    void findsATokenThatDiffers() {
        more.addAll(List.of("ACKBOX_VERIFY_TOKEN", "another"));
        RECEIVER.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(403)));

        assertFinding(Check.HANDSHAKE, "answers 403: the verify token differs", "Meta would not verify");
    }

    @Test
    void findsASlowAnswer() {
        limits = new Limits(0, LENIENT.slowFsync(), Limits.USUAL.slowAnswer());
        RECEIVER.stubFor(post(PATH)
                .withHeader("X-Hub-Signature-256", matching(".+"))
                .willReturn(aResponse().withStatus(200).withFixedDelay(400)));

        assertFinding(Check.PROBE, "more than 250, each time of 3", "fsync");
    }

    /** One pause of a machine is no finding. */
    @Test
    void asksAgainAfterASlowAnswer() {
        limits = new Limits(0, LENIENT.slowFsync(), Duration.ofSeconds(5));
        RECEIVER.stubFor(post(PATH)
                .withHeader("X-Hub-Signature-256", matching(".+"))
                .inScenario("pause")
                .willSetStateTo("over")
                .willReturn(aResponse().withStatus(200).withFixedDelay(6_000)));
        RECEIVER.stubFor(post(PATH)
                .withHeader("X-Hub-Signature-256", matching(".+"))
                .inScenario("pause")
                .whenScenarioStateIs("over")
                .willReturn(aResponse().withStatus(200)));

        assertThat(line(Check.PROBE).path("state").asString()).isEqualTo("ok");
        RECEIVER.verify(2, postRequestedFor(urlPathEqualTo(PATH)).withHeader("X-Hub-Signature-256", matching(".+")));
    }

    @ParameterizedTest
    @CsvSource({"401, the secret differs", "403, address list", "404, no endpoint", "503, cannot store", "502, in front"
    })
    void findsAProbeThatIsRefused(int status, String advice) {
        RECEIVER.stubFor(post(PATH).willReturn(aResponse().withStatus(status)));

        assertFinding(Check.PROBE, "answered " + status, advice);
    }

    @Test
    void sendsNoLargeBodyToWhatWouldStoreIt() {
        more.addAll(List.of("ackbox.endpoints.default.authenticator", "none"));

        assertThat(line(Check.LARGE_BODY).path("state").asString()).isEqualTo("could not check");
        RECEIVER.verify(0, postRequestedFor(anyUrl()));
    }

    /** Ackbox refuses addresses and certificates before it looks at a signature. */
    @Test
    void cannotTellWhetherALargeBodyComesThroughWhereTheSenderIsRefused() {
        RECEIVER.stubFor(post(PATH).willReturn(aResponse().withStatus(403)));

        JsonNode line = line(Check.LARGE_BODY);

        assertThat(line.path("state").asString()).isEqualTo("could not check");
        assertThat(line.path("advice").asString()).contains("address list or client certificate");
    }

    @ParameterizedTest
    @CsvSource({"413, client_max_body_size", "200, checks no signature", "500, it should be 401"})
    void findsWhatDoesNotLetALargeBodyThrough(int status, String advice) {
        RECEIVER.stubFor(post(PATH)
                .withHeader("X-Hub-Signature-256", absent())
                .willReturn(aResponse().withStatus(status)));

        assertFinding(Check.LARGE_BODY, "answered " + status, advice);
    }

    /** Health answers 503 while Ackbox is down. */
    @ParameterizedTest
    @CsvSource({"200, UP", "503, DOWN"})
    void findsHealthBehindTheProxy(int status, String health) {
        RECEIVER.stubFor(get(urlPathEqualTo("/actuator/health"))
                .willReturn(aResponse().withStatus(status).withBody("{\"status\": \"" + health + "\"}")));

        assertFinding(Check.MANAGEMENT_PORT, "/actuator/health answers " + status, "not for the internet");
    }

    @ParameterizedTest
    @CsvSource({"200, <html>", "503, later", "404, {\"status\": 404}"})
    void whatElseAnswersBehindTheProxyIsNoHealth(int status, String body) {
        RECEIVER.stubFor(get(urlPathEqualTo("/actuator/health"))
                .willReturn(aResponse().withStatus(status).withBody(body)));

        assertThat(line(Check.MANAGEMENT_PORT).path("state").asString()).isEqualTo("could not check");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 503})
    void findsAManagementPortThatIsReachedDirectly(int status) {
        elsewhere();
        more.addAll(List.of("management.server.port", "8081"));
        META.stubFor(get(urlPathEqualTo("/actuator/health"))
                .withHost(equalTo(ELSEWHERE))
                .withPort(8081)
                .willReturn(aResponse().withStatus(status)));

        assertFinding(
                Check.MANAGEMENT_PORT,
                "http://192.0.2.1:8081/actuator/health answers " + status,
                "inside your network");
    }

    /** A certificate of another name is an answer all the same. */
    @Test
    void findsAManagementPortThatIsReachedByTls() throws IOException {
        elsewhere();
        META.stubFor(get(anyUrl())
                .withHost(equalTo(ELSEWHERE))
                .withPort(8081)
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        more.addAll(List.of("management.server.port", "8081"));
        try (Tunnel tunnel = new Tunnel(RECEIVER.getHttpsPort())) {
            tls = tunnel.port();

            assertFinding(
                    Check.MANAGEMENT_PORT,
                    "https://192.0.2.1:8081/actuator/health shows a certificate",
                    "inside your network");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "65536", "none"})
    void looksForNoManagementPortThatIsNotFixed(String port) {
        elsewhere();
        more.addAll(List.of("management.server.port", port));

        JsonNode line = line(Check.MANAGEMENT_PORT);

        assertThat(line.path("state").asString()).isEqualTo("ok");
        assertThat(line.path("detail").asString()).contains("is not reachable at 192.0.2.1", "no fixed port");
    }

    private void elsewhere() {
        url = "http://" + ELSEWHERE + PATH;
        META.stubFor(any(anyUrl())
                .withHost(equalTo(ELSEWHERE))
                .willReturn(aResponse().withStatus(404)));
    }

    // At Meta.

    @Test
    void findsATokenThatIsNoLongerGood() {
        META.stubFor(get(urlPathEqualTo("/v26.0/debug_token")).willReturn(error(401, 190)));

        assertFinding(Check.TOKEN, "code 190", "make a new token");
    }

    @Test
    void findsATokenThatIsNotValid() {
        accounts.tokenThatIsNotValid();

        assertFinding(Check.TOKEN, "does not expire, not valid", "make a new token");
    }

    /** Meta subscribes the token's app. The app of the setting has the callback URL. */
    @Test
    void looksForTheSubscriptionOfTheTokensApp() {
        accounts.appLevel("9999", url, "messages");
        more.addAll(List.of("ackbox.graph.app-id", "9999"));

        assertThat(line(Check.CALLBACK_URL).path("detail").asString()).isEqualTo("of app 9999: " + url);
        assertThat(line(Check.SUBSCRIPTION).path("detail").asString())
                .isEqualTo("app 4711 is subscribed to account 1016");
    }

    @Test
    void findsATokenThatEndsSoon() {
        accounts.tokenThatEnds(clock.instant().plus(Duration.ofDays(13)));

        assertFinding(Check.TOKEN, "ends at 2026-12-14T10:00:00Z", "a system user's token that does not expire");

        accounts.tokenThatEnds(clock.instant().plus(Duration.ofDays(15)));
        assertThat(line(Check.TOKEN).path("state").asString()).isEqualTo("ok");
    }

    @Test
    void findsAnAppWithoutCallbackUrl() {
        META.stubFor(get(urlPathEqualTo("/v26.0/4711/subscriptions"))
                .willReturn(Meta.answer(200, "{\"data\": [{\"object\": \"page\", \"active\": true}]}")));

        assertFinding(Check.CALLBACK_URL, "app 4711 has no callback URL for WhatsApp", "enter it in the app dashboard");
    }

    @Test
    void findsACallbackUrlThatIsSwitchedOff() {
        META.stubFor(get(urlPathEqualTo("/v26.0/4711/subscriptions")).willReturn(Meta.answer(200, """
                {"data": [{"object": "whatsapp_business_account", "callback_url": "%s", "active": false, "fields": []}]}
                """.formatted(url))));

        assertFinding(Check.CALLBACK_URL, "switched off", "enter URL and verify token");
    }

    @Test
    void findsAnAccountThatIsNotApproved() {
        META.stubFor(get(urlPathEqualTo("/v26.0/1016"))
                .willReturn(Meta.answer(200, "{\"account_review_status\": \"REJECTED\"}")));

        assertFinding(Check.ACCOUNT, "1016 has the review status REJECTED", "WhatsApp Manager, Account alerts");
    }

    @Test
    void findsAMissingPermission() {
        accounts.token("SYSTEM_USER", "whatsapp_business_management");

        assertFinding(Check.PERMISSIONS, "missing: whatsapp_business_messaging", "no message arrives");
    }

    @Test
    void findsThatAnotherAppAloneIsSubscribed() {
        accounts.subscribed(app(Subscriptions.META_APP, "WA DevX Webhook Events 1P App", null));

        assertFinding(Check.SUBSCRIPTION, "only Meta's own app 2202427980234937 is", "subscriptions add 1016");
    }

    @Test
    void findsAnAppWithoutFields() {
        accounts.app(url);

        assertFinding(Check.FIELDS, "none", "add-fields messages");
    }

    @Test
    void findsAFieldThatAHandlerTakesAndNobodySubscribed() {
        Report report = new Report();
        new MetaChecks(accounts.settings(), null, List.of(), List.of(), Set.of("messages", "calls"), clock, report)
                .run();

        assertThat(report.lines())
                .filteredOn(line -> line.check() == Check.FIELDS)
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.state()).isEqualTo(Report.State.FINDING);
                    assertThat(line.detail()).endsWith("a handler here takes what is not subscribed: calls");
                    assertThat(line.advice()).contains("subscriptions add-fields calls");
                });
    }

    @Test
    void findsAnOverrideThatLeadsElsewhere() {
        levels("7001", null, "https://old.example.com/hooks");

        assertFinding(Check.OVERRIDES, "account level wins, https://old.example.com/hooks", "overrides remove --waba");
    }

    @Test
    void findsANumberThatIsNotConnected() {
        accounts.status("7001", "DISCONNECTED", "GREEN");

        assertFinding(Check.PHONE_NUMBER, "7001 is DISCONNECTED", "WhatsApp Manager");
    }

    @Test
    void findsANumberOfLowQuality() {
        accounts.status("7001", "CONNECTED", "RED");

        assertFinding(Check.PHONE_NUMBER, "7001 is CONNECTED, quality RED", "WhatsApp Manager");
    }

    @Test
    void goesOnWhereItMayNotAsk() {
        META.stubFor(get(urlPathEqualTo("/v26.0/1016/subscribed_apps")).willReturn(error(403, 200)));

        JsonNode line = line(Check.SUBSCRIPTION);
        assertThat(line.path("state").asString()).isEqualTo("could not check");
        assertThat(line.path("detail").asString()).contains("the token lacks a permission");
        assertThat(line(Check.PHONE_NUMBER).path("state").asString()).isEqualTo("ok");
    }

    @Test
    void checksWhatTheTroubleshootingPageLists() throws IOException {
        String page = Files.readString(Path.of("src/docs", PAGE));
        for (Place place : Place.values()) {
            String section = page.substring(page.indexOf("### " + place.title() + "\n"));
            String table = section.substring(0, section.indexOf("\n\n", section.indexOf("|---")));
            List<String> listed = table.lines()
                    .filter(line -> line.startsWith("| *"))
                    .map(line -> line.substring(3, line.indexOf('*', 3)))
                    .toList();
            assertThat(listed)
                    .isEqualTo(Arrays.stream(Check.values())
                            .filter(check -> check.place() == place)
                            .map(Check::label)
                            .toList());
        }
    }
}
