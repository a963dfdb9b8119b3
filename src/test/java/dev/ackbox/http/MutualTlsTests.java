package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.ackbox.Payloads;
import dev.ackbox.security.TestCertificates;
import dev.ackbox.security.TestCertificates.Issued;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The platform's client certificate where TLS ends in the service itself: real handshakes. */
@Tag("socket")
class MutualTlsTests {

    private static final byte[] BODY = Payloads.read("messages/text_full");

    private static final X509Certificate OLD_ROOT = TestCertificates.OLD_ROOT.certificate();
    private static final X509Certificate NEW_ROOT = TestCertificates.NEW_ROOT.certificate();

    /** What the settings of the three services have in common. */
    @SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
    @TestPropertySource(
            properties = {
                "management.server.port=0",
                "server.ssl.bundle=public",
                "spring.ssl.bundle.pem.public.reload-on-update=true",
                "spring.ssl.bundle.watch.file.quiet-period=100ms",
                "ackbox.endpoints.default.verify-tokens=token",
                "ackbox.endpoints.default.app-secrets=secret",
                "ackbox.endpoints.default.client-certificate.mode=enforce",
                "ackbox.endpoints.default.client-certificate.source=tls",
                "ackbox.endpoints.open.path=/open",
                "ackbox.endpoints.open.verify-tokens=token",
                "ackbox.endpoints.open.app-secrets=secret"
            })
    @DirtiesContext
    @Timeout(60)
    abstract static class Service {

        static final String PATH = "/webhooks/whatsapp";

        @LocalServerPort
        int port;

        @LocalManagementPort
        int managementPort;

        @Autowired
        MeterRegistry registry;

        static void bundle(DynamicPropertyRegistry registry, Path directory) throws IOException {
            Issued server = TestCertificates.server("localhost");
            Files.writeString(directory.resolve("server.pem"), TestCertificates.pem(server.chain()));
            Files.writeString(directory.resolve("server-key.pem"), TestCertificates.pem(server.key()));
            trust(directory, OLD_ROOT, NEW_ROOT);
            String bundle = "spring.ssl.bundle.pem.public.";
            registry.add(bundle + "keystore.certificate", () -> "file:" + directory.resolve("server.pem"));
            registry.add(bundle + "keystore.private-key", () -> "file:" + directory.resolve("server-key.pem"));
            registry.add(bundle + "truststore.certificate", () -> "file:" + directory.resolve("trust.pem"));
            registry.add("ackbox.inbox.sqlite.directory", () -> directory.resolve("data"));
        }

        static void trust(Path directory, X509Certificate... roots) throws IOException {
            Files.writeString(directory.resolve("trust.pem"), TestCertificates.pem(List.of(roots)));
        }

        TlsClient client() {
            return new TlsClient(port, NEW_ROOT);
        }

        TlsClient client(Issued certificate) {
            return client().with(certificate);
        }

        void assertHandshakeFails(Issued certificate) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> client(certificate).post(PATH, BODY));
        }
    }

    @Nested
    @TestPropertySource(properties = "server.ssl.client-auth=want")
    class Wanted extends Service {

        @TempDir
        private static Path directory;

        @DynamicPropertySource
        static void files(DynamicPropertyRegistry registry) throws IOException {
            bundle(registry, directory);
        }

        @Test
        void eitherGenerationsCertificateWithItsIntermediatePasses() throws Exception {
            assertThat(client(TestCertificates.client()).post(PATH, BODY)).isEqualTo(200);
            assertThat(client(TestCertificates.clientOfOldGeneration()).post(PATH, BODY))
                    .isEqualTo(200);
            assertThat(client(TestCertificates.client()).get(PATH)).isEqualTo(200);
        }

        @Test
        void nobodyPassesWithoutOne() throws Exception {
            assertThat(client().post(PATH, BODY)).isEqualTo(403);
            assertThat(client().get(PATH)).as("a handshake").isEqualTo(200);
            assertThat(mismatches("missing")).isPositive();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "CN=client.webhooks.example.com",
                    "CN=client.webhooks.fbclientcerts.com.evil.example",
                    "CN=evil-client.webhooks.fbclientcerts.com",
                    "CN=x,O=CN\\=client.webhooks.fbclientcerts.com",
                    "O=client.webhooks.fbclientcerts.com"
                })
        void whatTheSameAuthorityIssuedToAnotherNameIsRefused(String subject) throws Exception {
            Issued certificate = TestCertificates.clientNamed(subject);
            assertThat(client(certificate).post(PATH, BODY)).isEqualTo(403);
        }

        /** The framework's trust manager refuses these; the gate, which would as well, never sees them. */
        static Stream<Arguments> notToBeTrusted() {
            Issued client = TestCertificates.client();
            return Stream.of(
                    Arguments.of("expired", TestCertificates.expiredClient()),
                    Arguments.of("not yet valid", TestCertificates.clientNotYetValid()),
                    Arguments.of("for servers", TestCertificates.clientWithUsageOfServers()),
                    Arguments.of("issued by a stranger of the root's name", TestCertificates.clientOfStranger()),
                    Arguments.of("self-signed", TestCertificates.selfSignedClient()),
                    Arguments.of("without its intermediate", new Issued(List.of(client.certificate()), client.key())));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("notToBeTrusted")
        void theHandshakeFailsWithACertificateThatIs(String what, Issued certificate) {
            assertHandshakeFails(certificate);
        }

        /** RFC 5280 lets a certificate without a usage be used for anything, and so does the handshake. */
        @Test
        void aCertificateThatDoesNotSayWhatItIsForIsRefused() throws Exception {
            assertThat(client(TestCertificates.clientWithoutUsage()).post(PATH, BODY))
                    .isEqualTo(403);
            assertThat(mismatches("not_for_clients")).isPositive();
        }

        @Test
        void anEndpointWithoutTheCheckIsServedWithoutOne() throws Exception {
            assertThat(client().post("/open", BODY)).isEqualTo(200);
            assertThat(client().get("/open")).isEqualTo(200);
        }

        private double mismatches(String reason) {
            return registry.get("ackbox.webhook.mismatched")
                    .tags("endpoint", "default", "check", "certificate", "reason", reason, "enforced", "true")
                    .counter()
                    .count();
        }
    }

    @Nested
    @TestPropertySource(properties = "server.ssl.client-auth=need")
    class Needed extends Service {

        @TempDir
        private static Path directory;

        @DynamicPropertySource
        static void files(DynamicPropertyRegistry registry) throws IOException {
            bundle(registry, directory);
        }

        @Test
        void theRightCertificatePasses() throws Exception {
            assertThat(client(TestCertificates.client()).post(PATH, BODY)).isEqualTo(200);
            assertThat(client(TestCertificates.client()).post("/open", BODY)).isEqualTo(200);
        }

        @Test
        void anotherNameIsRefused() throws Exception {
            assertThat(client(TestCertificates.clientNamed("CN=other.example")).post(PATH, BODY))
                    .isEqualTo(403);
        }

        @Test
        void withoutOneNoHandshakeSucceedsWhateverTheEndpoint() {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> client().post(PATH, BODY));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> client().post("/open", BODY));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/actuator/health/liveness",
                    "/actuator/health/readiness",
                    "/actuator/health",
                    "/actuator/prometheus"
                })
        void theManagementPortStaysPlainAndAsksForNoCertificate(String path) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }

        /** Boot's own meter, for the certificate that the service itself presents and for the trust store. */
        @Test
        void theEndOfTheServersCertificateIsAMeter() {
            assertThat(registry.get("ssl.chain.expiry").tags("bundle", "public").gauges())
                    .isNotEmpty();
        }
    }

    @Nested
    @TestPropertySource(
            properties = {
                "server.ssl.client-auth=need",
                "management.server.ssl.enabled=true",
                "management.server.ssl.bundle=public"
            })
    class WithTlsOnTheManagementPort extends Service {

        @TempDir
        private static Path directory;

        @DynamicPropertySource
        static void files(DynamicPropertyRegistry registry) throws IOException {
            bundle(registry, directory);
        }

        @Test
        void noCertificateIsAskedForThere() throws Exception {
            TlsClient probe = new TlsClient(managementPort, NEW_ROOT);
            assertThat(probe.get("/actuator/health/readiness")).isEqualTo(200);
            assertThat(probe.get("/actuator/prometheus")).isEqualTo(200);
        }

        @Test
        void browsersAreToldToKeepToTlsOnThisHostAlone() throws Exception {
            assertThat(new TlsClient(managementPort, NEW_ROOT).answer("/actuator/health"))
                    .contains("Strict-Transport-Security: max-age=31536000\r\n");
        }
    }

    @Nested
    @TestPropertySource(
            properties = {
                "server.ssl.client-auth=want",
                "ackbox.endpoints.pinned.path=/pinned",
                "ackbox.endpoints.pinned.verify-tokens=token",
                "ackbox.endpoints.pinned.app-secrets=secret",
                "ackbox.endpoints.pinned.client-certificate.mode=enforce",
                "ackbox.endpoints.pinned.client-certificate.bundle=pinned",
                "spring.ssl.bundle.pem.pinned.reload-on-update=true"
            })
    class Reloading extends Service {

        @TempDir
        private static Path directory;

        @DynamicPropertySource
        static void files(DynamicPropertyRegistry registry) throws IOException {
            bundle(registry, directory);
            pin(OLD_ROOT, NEW_ROOT);
            registry.add(
                    "spring.ssl.bundle.pem.pinned.truststore.certificate",
                    () -> "file:" + directory.resolve("pinned.pem"));
        }

        private static void pin(X509Certificate... roots) throws IOException {
            Files.writeString(directory.resolve("pinned.pem"), TestCertificates.pem(List.of(roots)));
        }

        @BeforeEach
        void trustBoth() throws Exception {
            pin(OLD_ROOT, NEW_ROOT);
            trust(directory, OLD_ROOT, NEW_ROOT);
            for (Issued each : List.of(TestCertificates.client(), TestCertificates.clientOfOldGeneration())) {
                await().ignoreExceptions().until(() -> client(each).post("/pinned", BODY) == 200);
            }
        }

        /** Boot's own meter. */
        private List<Gauge> authorityExpiries() {
            return List.copyOf(
                    registry.find("ssl.chain.expiry").tags("bundle", "pinned").gauges());
        }

        @Test
        void whatCannotBeReadLeavesTheAuthoritiesAsTheyWere() throws Exception {
            Issued old = TestCertificates.clientOfOldGeneration();
            Files.writeString(directory.resolve("pinned.pem"), "rubbish");
            // A later change shows that this one has been seen.
            trust(directory, NEW_ROOT);
            await().untilAsserted(() -> assertHandshakeFails(old));
            assertThat(client(TestCertificates.client()).post("/pinned", BODY)).isEqualTo(200);
            pin(OLD_ROOT);
            await().untilAsserted(
                            () -> assertThat(client(TestCertificates.client()).post("/pinned", BODY))
                                    .isEqualTo(403));
        }

        /** First the endpoint's own bundle, since what the bundle no longer trusts does not reach it. */
        @Test
        void aGenerationThatIsTakenOutNoLongerPassesOnNewConnections() throws Exception {
            Issued old = TestCertificates.clientOfOldGeneration();
            assertThat(client(old).post("/pinned", BODY)).isEqualTo(200);
            await().untilAsserted(() -> assertThat(authorityExpiries()).hasSize(2));
            pin(NEW_ROOT);
            await().untilAsserted(
                            () -> assertThat(client(old).post("/pinned", BODY)).isEqualTo(403));
            assertThat(client(TestCertificates.client()).post("/pinned", BODY)).isEqualTo(200);
            await().untilAsserted(() -> assertThat(authorityExpiries()).hasSize(1));
            assertThat(client(old).post(PATH, BODY)).isEqualTo(200);

            trust(directory, NEW_ROOT);
            await().untilAsserted(() -> assertHandshakeFails(old));
            assertThat(client(TestCertificates.client()).post(PATH, BODY)).isEqualTo(200);
            assertThat(client().post("/open", BODY)).isEqualTo(200);
        }
    }
}
