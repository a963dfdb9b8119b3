package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.ackbox.AckboxApplication;
import dev.ackbox.Payloads;
import dev.ackbox.security.AppSecret;
import dev.ackbox.security.TestCertificates;
import dev.ackbox.security.TestCertificates.Issued;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Who may ask an endpoint, and how it tells what is genuine, against the running service. */
@Tag("socket")
class GatesTests {

    /** Where a container would have its secrets; known before the context is. */
    private static final String TREE = "target/gates-tests/secrets/";

    private static final byte[] BODY = Payloads.read("messages/text_full");

    @BeforeAll
    static void writeSecret() throws IOException {
        Files.createDirectories(rotated().getParent());
        Files.writeString(rotated(), "first-secret\n");
        Files.writeString(placed(), "first-secret");
    }

    private static Path placed() {
        return Path.of(TREE, "PLACED_SECRET");
    }

    private static Path rotated() {
        return Path.of(TREE, "ackbox.endpoints.rotated.app-secrets");
    }

    @Nested
    @SpringBootTest(
            webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
            properties = {
                "management.server.port=0",
                "spring.config.import=configtree:" + TREE,
                "ackbox.secrets-interval=50ms",
                "server.forward-headers-strategy=native",
                "server.tomcat.remoteip.internal-proxies=127.0.0.0/8,::1/128",
                "ackbox.endpoints.default.verify-tokens=token",
                "ackbox.endpoints.default.app-secrets=secret",
                "ackbox.endpoints.listed.path=/listed",
                "ackbox.endpoints.listed.verify-tokens=token",
                "ackbox.endpoints.listed.app-secrets=secret",
                "ackbox.endpoints.listed.addresses.mode=enforce",
                "ackbox.endpoints.listed.addresses.interval=50ms",
                "ackbox.endpoints.rotated.path=/rotated",
                "ackbox.endpoints.rotated.verify-tokens=token",
                "ackbox.endpoints.placed.path=/placed",
                "ackbox.endpoints.placed.verify-tokens=token",
                "ackbox.endpoints.placed.app-secrets=${PLACED_SECRET:}",
                "ackbox.endpoints.reported.path=/reported",
                "ackbox.endpoints.reported.verify-tokens=token",
                "ackbox.endpoints.reported.app-secrets=secret",
                "ackbox.endpoints.reported.addresses.mode=report",
                "ackbox.endpoints.reported.addresses.ranges=31.13.24.0/21",
                "ackbox.endpoints.nginx.path=/nginx",
                "ackbox.endpoints.nginx.verify-tokens=token",
                "ackbox.endpoints.nginx.app-secrets=secret",
                "ackbox.endpoints.nginx.client-certificate.mode=enforce",
                "ackbox.endpoints.nginx.client-certificate.source=nginx",
                "ackbox.endpoints.nginx.client-certificate.proxies=127.0.0.1,::1",
                "ackbox.endpoints.far.path=/far",
                "ackbox.endpoints.far.verify-tokens=token",
                "ackbox.endpoints.far.app-secrets=secret",
                "ackbox.endpoints.far.client-certificate.mode=enforce",
                "ackbox.endpoints.far.client-certificate.source=nginx",
                "ackbox.endpoints.far.client-certificate.proxies=192.0.2.0/24",
                "ackbox.endpoints.gateway.path=/gateway",
                "ackbox.endpoints.gateway.authenticator=hmac",
                "ackbox.endpoints.gateway.signature-header=X-Turn-Hook-Signature",
                "ackbox.endpoints.gateway.signature-prefix=",
                "ackbox.endpoints.gateway.signature-encoding=base64",
                "ackbox.endpoints.gateway.app-secrets=gateway-secret",
                "ackbox.endpoints.keyed.path=/keyed",
                "ackbox.endpoints.keyed.authenticator=header",
                "ackbox.endpoints.keyed.secret-header=D360-Key",
                "ackbox.endpoints.keyed.app-secrets=current-key,previous-key",
                "ackbox.endpoints.inner.path=/inner",
                "ackbox.endpoints.inner.authenticator=none",
                "ackbox.endpoints.inner.payload-shape=on-premises",
                "ackbox.endpoints.inner.addresses.mode=enforce",
                "ackbox.endpoints.inner.addresses.ranges=127.0.0.1,::1"
            })
    @DirtiesContext
    @Timeout(60)
    class Running {

        @TempDir
        private static Path directory;

        @DynamicPropertySource
        static void files(DynamicPropertyRegistry registry) throws IOException {
            Files.writeString(list(), "127.0.0.1\n::1\n");
            registry.add("ackbox.inbox.sqlite.directory", directory::toString);
            registry.add("ackbox.endpoints.listed.addresses.file", () -> list().toString());
        }

        private static Path list() {
            return directory.resolve("addresses.txt");
        }

        @LocalServerPort
        private int port;

        @Autowired
        private MeterRegistry registry;

        private final HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        @Test
        void anAddressThatIsNotListedIsRefusedAndOneThatIsListedIsNot() throws Exception {
            assertThat(post("/listed").statusCode()).isEqualTo(200);
            HttpResponse<String> refused = post("/listed", "X-Forwarded-For", "203.0.113.9");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).isEmpty();
            assertThat(mismatches("listed", "address", "not_allowed", "true")).isPositive();
        }

        /** Nobody knows whether Meta's GET carries the certificate, or comes from the same addresses as its notifications. */
        @ParameterizedTest
        @ValueSource(strings = {"/listed", "/nginx", "/far"})
        void aHandshakeNeedsNeitherAddressNorCertificate(String path) throws Exception {
            assertThat(get(path, "X-Forwarded-For", "203.0.113.9").body()).isEqualTo("1");
        }

        @Test
        void aHandshakeIsAnsweredHoweverManyWereRefused() throws Exception {
            for (int i = 0; i < 200; i++) {
                send("/far", BODY, "X-Forwarded-For", "203.0.113.77");
            }
            assertThat(get("/far", "X-Forwarded-For", "203.0.113.77").body()).isEqualTo("1");
        }

        @ParameterizedTest
        @ValueSource(strings = {"127.0.0.1, localhost", "127.0.0.1, 127.1", "127.0.0.1:http", "[::1", "127.0.0.1,"})
        void whatIsNoLiteralAddressIsNotListed(String forwarded) throws Exception {
            assertThat(post("/listed", "X-Forwarded-For", forwarded).statusCode())
                    .isEqualTo(403);
        }

        /** As the load balancers of Azure, and of AWS on request, write them. */
        @ParameterizedTest
        @ValueSource(strings = {"127.0.0.1:80", "[::1]", "[::1]:8080", "203.0.113.9, 127.0.0.1:80"})
        void aPortBehindAnAddressIsLeftOut(String forwarded) throws Exception {
            assertThat(post("/listed", "X-Forwarded-For", forwarded).statusCode())
                    .isEqualTo(forwarded.startsWith("203") ? 403 : 200);
        }

        @Test
        void aListIsReadAgainWhenItChanges() throws Exception {
            Files.writeString(list(), "127.0.0.1\n::1\n198.51.100.0/24\n");
            await().untilAsserted(() -> assertThat(
                            post("/listed", "X-Forwarded-For", "198.51.100.7").statusCode())
                    .isEqualTo(200));
        }

        @Test
        void aSecretIsTakenOverWhenItsFileChanges() throws Exception {
            assertThat(postRotated("first-secret")).isEqualTo(200);
            assertThat(postRotated("second-secret")).isEqualTo(401);
            Files.writeString(rotated(), "second-secret,first-secret\n");
            await().untilAsserted(() -> assertThat(postRotated("second-secret")).isEqualTo(200));
            assertThat(postRotated("first-secret")).isEqualTo(200);
            Files.writeString(rotated(), "second-secret\n");
            await().untilAsserted(() -> assertThat(postRotated("first-secret")).isEqualTo(401));
        }

        /** As with the short names of the environment, which application.yml has in placeholders. */
        @Test
        void aSecretInThePlaceOfAVariableIsTakenOverAsWell() throws Exception {
            assertThat(postSigned("/placed", "first-secret")).isEqualTo(200);
            Files.writeString(placed(), "second-secret");
            await().untilAsserted(() ->
                    assertThat(postSigned("/placed", "second-secret")).isEqualTo(200));
        }

        private int postRotated(String secret) throws Exception {
            return postSigned("/rotated", secret);
        }

        private int postSigned(String path, String secret) throws Exception {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .header("X-Hub-Signature-256", new AppSecret(secret).sign(BODY))
                                    .POST(BodyPublishers.ofByteArray(BODY))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }

        @Test
        void aReportOnlyCounts() throws Exception {
            assertThat(post("/reported", "X-Forwarded-For", "203.0.113.9").statusCode())
                    .isEqualTo(200);
            assertThat(mismatches("reported", "address", "not_allowed", "false"))
                    .isPositive();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                SUCCESS | CN=client.webhooks.fbclientcerts.com,O=Meta              | 200
                SUCCESS | CN=client.webhooks.fbclientcerts.com.evil.example        | 403
                SUCCESS | O=CN\\=client.webhooks.fbclientcerts.com,CN=x            | 403
                NONE    | CN=client.webhooks.fbclientcerts.com                     | 403
                """)
        void aProxyThatIsBelievedTellsOfTheCertificate(String verify, String subject, int status) throws Exception {
            assertThat(post("/nginx", "ssl-client-verify", verify, "ssl-client-subject-dn", subject)
                            .statusCode())
                    .isEqualTo(status);
        }

        /** A chain of certificates is longer than Tomcat lets a head be. */
        @Test
        void theHeadHasRoomForCertificates() throws Exception {
            assertThat(post("/nginx", "ssl-client-cert", "x".repeat(32_000)).statusCode())
                    .isEqualTo(403);
        }

        @Test
        void aCertificateThatNobodyToldOfIsMissing() throws Exception {
            assertThat(post("/nginx").statusCode()).isEqualTo(403);
            assertThat(mismatches("nginx", "certificate", "missing", "true")).isPositive();
        }

        @Test
        void headersOfAnyOtherPeerAreNotBelieved() throws Exception {
            assertThat(post(
                                    "/far",
                                    "ssl-client-verify",
                                    "SUCCESS",
                                    "ssl-client-subject-dn",
                                    "CN=client.webhooks.fbclientcerts.com",
                                    "X-Forwarded-For",
                                    "192.0.2.7")
                            .statusCode())
                    .isEqualTo(403);
        }

        @Test
        void aGatewaysSignatureIsChecked() throws Exception {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("gateway-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String signature = Base64.getEncoder().encodeToString(mac.doFinal(BODY));
            assertThat(post("/gateway", "X-Turn-Hook-Signature", signature).statusCode())
                    .isEqualTo(200);
            assertThat(post("/gateway").statusCode()).isEqualTo(401);
        }

        @Test
        void aSecretInAHeaderIsCheckedAndNamed() throws Exception {
            assertThat(post("/keyed", "D360-Key", "previous-key").statusCode()).isEqualTo(200);
            assertThat(post("/keyed", "D360-Key", "another-key").statusCode()).isEqualTo(401);
            assertThat(post("/keyed").statusCode()).isEqualTo(401);
            assertThat(registry.get("ackbox.webhook.authenticated")
                            .tags("endpoint", "keyed", "secret", "previous")
                            .counter()
                            .count())
                    .isPositive();
        }

        @Test
        void withoutAnAuthenticatorTheAddressDecides() throws Exception {
            byte[] body = Payloads.read("on_premises/text_full");
            assertThat(send("/inner", body).statusCode()).isEqualTo(200);
            assertThat(send("/inner", body, "X-Forwarded-For", "203.0.113.9").statusCode())
                    .isEqualTo(403);
            await().untilAsserted(() -> assertThat(registry.get("ackbox.whatsapp.messages")
                            .tags("type", "text")
                            .counter()
                            .count())
                    .isPositive());
        }

        private double mismatches(String endpoint, String check, String reason, String enforced) {
            return registry.get("ackbox.webhook.mismatched")
                    .tags("endpoint", endpoint, "check", check, "reason", reason, "enforced", enforced)
                    .counter()
                    .count();
        }

        private HttpResponse<String> get(String path, String... headers) throws Exception {
            URI uri = URI.create(
                    "http://127.0.0.1:" + port + path + "?hub.mode=subscribe&hub.verify_token=token&hub.challenge=1");
            return client.send(HttpRequest.newBuilder(uri).headers(headers).build(), BodyHandlers.ofString());
        }

        private HttpResponse<String> post(String path, String... headers) throws Exception {
            return send(path, BODY, headers);
        }

        private HttpResponse<String> send(String path, byte[] body, String... headers) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header("X-Hub-Signature-256", new AppSecret("secret").sign(body))
                    .POST(BodyPublishers.ofByteArray(body));
            return client.send(
                    headers.length == 0
                            ? request.build()
                            : request.headers(headers).build(),
                    BodyHandlers.ofString());
        }
    }

    @Nested
    class Settings {

        private static final String ENDPOINT = "--ackbox.endpoints.default.";

        @TempDir
        private static Path data;

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                authenticator=none                                                           | nothing else keeps anybody out
                addresses.mode=enforce                                                       | not exactly one of
                addresses.mode=enforce,addresses.ranges=31.13.24.5/21                        | addresses.ranges' cannot be read
                addresses.mode=enforce,addresses.file=/nowhere/addresses.txt                 | which cannot be used
                client-certificate.mode=enforce,client-certificate.source=nginx              | anybody could claim any certificate
                client-certificate.mode=enforce,client-certificate.source=alb                | anybody could claim any certificate
                client-certificate.mode=report,client-certificate.source=envoy               | anybody could issue one
                client-certificate.mode=enforce,client-certificate.source=envoy              | anybody could issue one
                client-certificate.mode=enforce,client-certificate.source=traefik            | anybody could issue one
                client-certificate.mode=enforce,client-certificate.source=envoy,client-certificate.envoy-element=0 | envoy-element' is 0
                client-certificate.mode=enforce,client-certificate.source=rfc9440            | anybody could issue one
                client-certificate.mode=enforce,client-certificate.source=alb-pass-through   | anybody could issue one
                client-certificate.mode=enforce,client-certificate.source=nginx,client-certificate.bundle=none | bundle' is 'none', which cannot be used
                client-certificate.mode=enforce,client-certificate.source=nginx,client-certificate.common-name=*.x | it must be a host name
                client-certificate.mode=enforce                                              | nobody is asked for a certificate here
                client-certificate.mode=report                                               | nobody is asked for a certificate here
                payload-shape=on-premises,allowed-accounts=1                                 | allowed-accounts' is set, but
                adresses.mode=enforce                                                        | nearest name is 'ackbox.endpoints.*.addresses.mode'
                client-certficate.mode=enforce                                               | nearest name is 'ackbox.endpoints.*.client-certificate.mode'
                payload-shape=ON_PREMISES,allowed-phone-numbers=1                            | allowed-phone-numbers' is set, but
                """)
        void thatCannotBeStopTheStart(String settings, String message) {
            assertStops(
                    message,
                    Stream.of(settings.split(","))
                            .map(setting -> ENDPOINT + setting)
                            .toArray(String[]::new));
        }

        /** With an empty strategy, Spring Boot itself decides, and on Kubernetes believes every private address. */
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                forward-headers-strategy=framework             | anybody could claim any address
                forward-headers-strategy=                      | forward-headers-strategy' is empty
                forward-headers-strategy=native                | internal-proxies' is not set
                tomcat.remoteip.remote-ip-header=x-client      | internal-proxies' is not set
                tomcat.remoteip.protocol-header=x-scheme       | internal-proxies' is not set
                """)
        void addressesThatStrangersMayClaimStopTheStart(String setting, String message) {
            for (String mode : List.of("enforce", "report")) {
                assertStops(
                        message,
                        ENDPOINT + "addresses.mode=" + mode,
                        ENDPOINT + "addresses.ranges=31.13.24.0/21",
                        "--server." + setting);
            }
        }

        @Test
        void anUnknownOneStopsTheStart() {
            assertStops("nearest name is 'ackbox.http.max-body-size'", "--ackbox.http.max-bodysiz=4MB");
            assertStops("nearest name is 'ackbox.warm-up'", "--ackbox.warmups=1s");
        }

        @Test
        void oneNumberForBothPortsStopsTheStart() {
            assertStops("are one number", "--server.port=18080", "--management.server.port=18080");
        }

        @ParameterizedTest
        @ValueSource(strings = {"client-auth=none", "protocol=TLS", "enabled=false"})
        void aCertificateThatNobodyIsAskedForStopsTheStart(String tls, @TempDir Path directory) throws Exception {
            Issued server = TestCertificates.server("localhost");
            Path certificate = directory.resolve("server.pem");
            Path key = directory.resolve("server-key.pem");
            Files.writeString(certificate, TestCertificates.pem(server.chain()));
            Files.writeString(key, TestCertificates.pem(server.key()));
            assertStops(
                    "nobody is asked for a certificate here",
                    ENDPOINT + "client-certificate.mode=enforce",
                    "--server.ssl.certificate=" + certificate,
                    "--server.ssl.certificate-private-key=" + key,
                    "--server.ssl." + tls);
        }

        @Test
        void whatWasOpenedIsClosedWhenTheStartFails(@TempDir Path directory) throws Exception {
            Path list = Files.writeString(directory.resolve("addresses.txt"), "127.0.0.1\n");
            Set<Thread> before = watching();
            thatCannotBeStopTheStart(
                    "addresses.mode=enforce,addresses.file=" + list
                            + ",client-certificate.mode=enforce,client-certificate.source=envoy",
                    "anybody could issue one");
            await().untilAsserted(() -> assertThat(before).containsAll(watching()));
        }

        private static Set<Thread> watching() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("ackbox-file-watch"))
                    .collect(Collectors.toSet());
        }

        private static void assertStops(String message, String... settings) {
            SpringApplication application = new SpringApplication(AckboxApplication.class);
            List<String> arguments = new ArrayList<>(List.of(
                    "--ackbox.inbox.sqlite.directory=" + data,
                    ENDPOINT + "verify-tokens=t",
                    ENDPOINT + "app-secrets=s"));
            arguments.addAll(List.of(settings));
            if (arguments.stream().noneMatch(argument -> argument.startsWith("--server.port"))) {
                arguments.addAll(List.of("--server.port=0", "--management.server.port=0"));
            }
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(() -> application.run(arguments.toArray(String[]::new)))
                    .satisfies(ex -> assertThat(rootOf(ex))
                            .isInstanceOf(InvalidSettingException.class)
                            .hasMessageContaining(message));
        }

        private static Throwable rootOf(Throwable thrown) {
            return thrown.getCause() == null ? thrown : rootOf(thrown.getCause());
        }
    }
}
