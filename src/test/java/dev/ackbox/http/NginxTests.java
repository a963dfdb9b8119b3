package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.FreePort;
import dev.ackbox.Payloads;
import dev.ackbox.security.TestCertificates;
import dev.ackbox.security.TestCertificates.Issued;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The platform's client certificate where TLS ends at an nginx, which is set up as the documentation says. */
@Tag("socket")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "server.forward-headers-strategy=native",
            "server.tomcat.remoteip.internal-proxies=127.0.0.1",
            "ackbox.endpoints.default.verify-tokens=token",
            "ackbox.endpoints.default.app-secrets=secret",
            "ackbox.endpoints.default.client-certificate.mode=enforce",
            "ackbox.endpoints.default.client-certificate.source=nginx",
            "ackbox.endpoints.default.client-certificate.proxies=127.0.0.1",
            "ackbox.endpoints.issued.path=/webhooks/issued",
            "ackbox.endpoints.issued.verify-tokens=token",
            "ackbox.endpoints.issued.app-secrets=secret",
            "ackbox.endpoints.issued.client-certificate.mode=enforce",
            "ackbox.endpoints.issued.client-certificate.source=nginx",
            "ackbox.endpoints.issued.client-certificate.proxies=127.0.0.1",
            "ackbox.endpoints.rooted.path=/webhooks/rooted",
            "ackbox.endpoints.rooted.verify-tokens=token",
            "ackbox.endpoints.rooted.app-secrets=secret",
            "ackbox.endpoints.rooted.client-certificate.mode=enforce",
            "ackbox.endpoints.rooted.client-certificate.source=nginx",
            "ackbox.endpoints.rooted.client-certificate.proxies=127.0.0.1",
            "ackbox.endpoints.open.path=/webhooks/open",
            "ackbox.endpoints.open.verify-tokens=token",
            "ackbox.endpoints.open.app-secrets=secret",
            "ackbox.endpoints.listed.path=/webhooks/listed",
            "ackbox.endpoints.listed.verify-tokens=token",
            "ackbox.endpoints.listed.app-secrets=secret",
            "ackbox.endpoints.listed.addresses.mode=enforce",
            "ackbox.endpoints.listed.addresses.ranges=127.0.0.9"
        })
@DirtiesContext
@Timeout(60)
class NginxTests {

    private static final byte[] BODY = Payloads.read("messages/text_full");
    private static final String PATH = "/webhooks/whatsapp";
    private static final String DOCUMENTED_PATH = "/etc/nginx/ackbox/";
    private static final String DOCUMENTED_LOG = "/var/log/nginx/ackbox.log";

    @TempDir
    private static Path data;

    @TempDir
    private static Path authorities;

    @TempDir
    private Path directory;

    @LocalServerPort
    private int servicePort;

    private Process nginx;
    private int port;

    @DynamicPropertySource
    static void files(DynamicPropertyRegistry registry) throws IOException {
        registry.add("ackbox.inbox.sqlite.directory", data::toString);
        authority(registry, "issued", TestCertificates.NEW_INTERMEDIATE);
        authority(registry, "rooted", TestCertificates.NEW_ROOT);
    }

    private static void authority(DynamicPropertyRegistry registry, String endpoint, Issued authority)
            throws IOException {
        Path file = authorities.resolve(endpoint + ".pem");
        Files.writeString(file, TestCertificates.pem(authority.certificate()));
        registry.add("spring.ssl.bundle.pem." + endpoint + ".truststore.certificate", () -> "file:" + file);
        registry.add("ackbox.endpoints." + endpoint + ".client-certificate.bundle", () -> endpoint);
    }

    @BeforeAll
    static void requireNginx() {
        Assumptions.assumeTrue(
                executable().isPresent(), "There is no nginx on the PATH: install it (nginx-light) to run these tests");
    }

    private static Optional<Path> executable() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @BeforeEach
    void start() throws IOException {
        port = FreePort.find();
        Issued server = TestCertificates.server("localhost");
        Files.writeString(directory.resolve("server.pem"), TestCertificates.pem(server.chain()));
        Files.writeString(directory.resolve("server-key.pem"), TestCertificates.pem(server.key()));
        Files.writeString(
                directory.resolve("meta-outbound-api-ca.pem"),
                TestCertificates.pem(
                        List.of(TestCertificates.OLD_ROOT.certificate(), TestCertificates.NEW_ROOT.certificate())));
        Files.writeString(directory.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid nginx.pid;
                error_log error.log info;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                """ + documented() + "}\n");
        nginx = new ProcessBuilder(
                        executable().orElseThrow().toString(),
                        "-p",
                        directory + "/",
                        "-e",
                        "error.log",
                        "-c",
                        directory.resolve("nginx.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.log").toFile())
                .start();
        await().until(() -> listens() || !nginx.isAlive());
        assertThat(nginx.isAlive())
                .as(() -> read("error.log") + read("output.log"))
                .isTrue();
    }

    /** What operators are told to write, but for the places and ports of this machine. */
    private String documented() throws IOException {
        String page = Files.readString(Path.of("src/docs/operations.md"));
        int begin = page.indexOf("```nginx\n") + "```nginx\n".length();
        String server = page.substring(begin, page.indexOf("```", begin));
        assertThat(server).contains("listen 443 ssl;", "server 127.0.0.1:8080;", DOCUMENTED_PATH, DOCUMENTED_LOG);
        return server.replace("listen 443 ssl;", "listen 127.0.0.1:" + port + " ssl;")
                .replace("server 127.0.0.1:8080;", "server 127.0.0.1:" + servicePort + ";")
                .replace(DOCUMENTED_LOG, directory + "/access.log")
                .replace(DOCUMENTED_PATH, directory + "/");
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException ex) {
            return false;
        }
    }

    private String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException ex) {
            return "";
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (nginx != null) {
            nginx.destroy();
            if (!nginx.waitFor(10, TimeUnit.SECONDS)) {
                nginx.destroyForcibly();
            }
        }
    }

    @Test
    void theRightCertificateOfEitherGenerationPasses() throws Exception {
        assertThat(client().with(TestCertificates.client()).post(PATH, BODY)).isEqualTo(200);
        assertThat(client().with(TestCertificates.client()).get(PATH)).isEqualTo(200);
        assertThat(client().with(TestCertificates.clientOfOldGeneration()).post(PATH, BODY))
                .isEqualTo(200);
        assertThat(read("access.log")).contains("GET " + PATH).doesNotContain("hub.");
    }

    @Test
    void withTheIssuerAsAuthorityOnlyItsGenerationPasses() throws Exception {
        assertThat(client().with(TestCertificates.client()).post("/webhooks/issued", BODY))
                .isEqualTo(200);
        Issued old = TestCertificates.clientOfOldGeneration();
        assertThat(client().with(old).post(PATH, BODY)).isEqualTo(200);
        assertThat(client().with(old).post("/webhooks/issued", BODY)).isEqualTo(403);
        assertThat(client().post("/webhooks/issued", BODY)).isEqualTo(403);
    }

    /** nginx forwards the certificate alone, so that what lies between it and the root is missing. */
    @Test
    void withTheRootAsAuthorityNonePasses() throws Exception {
        assertThat(client().with(TestCertificates.client()).post("/webhooks/rooted", BODY))
                .isEqualTo(403);
    }

    @Test
    void anotherNameIsRefused() throws Exception {
        Issued other = TestCertificates.clientNamed("CN=" + TestCertificates.CLIENT_NAME + ".evil.example");
        assertThat(client().with(other).post(PATH, BODY)).isEqualTo(403);
        Issued hidden = TestCertificates.clientNamed("CN=x,O=CN\\=" + TestCertificates.CLIENT_NAME);
        assertThat(client().with(hidden).post(PATH, BODY)).isEqualTo(403);
    }

    @Test
    void aMissingCertificateIsRefusedWhereOneIsAskedFor() throws Exception {
        assertThat(client().post(PATH, BODY)).isEqualTo(403);
        assertThat(client().get(PATH)).isEqualTo(200);
        assertThat(client().post("/webhooks/open", BODY)).isEqualTo(200);
    }

    @Test
    void whatAClientClaimsInHeadersIsDropped() throws Exception {
        String[] claims = {
            "ssl-client-verify",
            "SUCCESS",
            "ssl-client-subject-dn",
            "CN=" + TestCertificates.CLIENT_NAME,
            "ssl-client-cert",
            URLEncoder.encode(TestCertificates.pem(TestCertificates.client().certificate()), StandardCharsets.US_ASCII),
            "X-Forwarded-For",
            "127.0.0.9"
        };
        assertThat(client().post(PATH, BODY, claims)).isEqualTo(403);
        Issued other = TestCertificates.clientNamed("CN=other.example");
        assertThat(client().with(other).post(PATH, BODY, claims)).isEqualTo(403);
        assertThat(client().with(TestCertificates.client()).post(PATH, BODY, claims))
                .isEqualTo(200);
        assertThat(client().post("/webhooks/listed", BODY, claims)).isEqualTo(403);
    }

    static Stream<Arguments> refusedByNginx() {
        return Stream.of(
                Arguments.of("expired", TestCertificates.expiredClient()),
                Arguments.of("not yet valid", TestCertificates.clientNotYetValid()),
                Arguments.of("for servers", TestCertificates.clientWithUsageOfServers()),
                Arguments.of("self-signed", TestCertificates.selfSignedClient()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedByNginx")
    void nginxItselfRefusesACertificateThatIs(String what, Issued certificate) throws Exception {
        assertThat(client().with(certificate).post(PATH, BODY)).isEqualTo(400);
    }

    /**
     * A signature that is wrong leaves an error behind in OpenSSL 3, which nginx 1.22 at times takes for one of the handshake: then
     * there is no answer at all.
     */
    @Test
    void aCertificateOfAStrangerOfTheRootsNameIsNotPassedOn() {
        try {
            assertThat(client().with(TestCertificates.clientOfStranger()).post(PATH, BODY))
                    .isEqualTo(400);
        } catch (IOException ex) {
            assertThat(read("error.log")).contains("SSL_do_handshake() failed");
        }
    }

    @Test
    void anAddressListLooksAtWhereNginxWasAskedFrom() throws Exception {
        assertThat(client().from("127.0.0.9").post("/webhooks/listed", BODY)).isEqualTo(200);
        assertThat(client().post("/webhooks/listed", BODY)).isEqualTo(403);
    }

    private TlsClient client() {
        return new TlsClient(port, TestCertificates.NEW_ROOT.certificate());
    }
}
