package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.Level;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.ackbox.CapturedLog;
import dev.ackbox.CommandRun;
import dev.ackbox.FreePort;
import dev.ackbox.operator.InboxCommand;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
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
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The management user by token, set by the framework's own settings, and with everything logged that could be. */
@Tag("socket")
class ManagementTokenTests {

    private static final String SETTINGS = "spring.security.oauth2.resourceserver.";

    private static final String BASIC = "Basic realm=\"Ackbox\", charset=\"UTF-8\"";
    private static final String BEARER = "Bearer realm=\"Ackbox\"";
    private static final String INVALID = BEARER + ", error=\"invalid_token\"";

    private static final Consumer<JWTClaimsSet.Builder> AS_IT_IS = claims -> {};

    private static final TestIssuer ISSUER = new TestIssuer();

    private static CapturedLog log;

    @BeforeAll
    static void listen() {
        log = new CapturedLog();
    }

    @AfterAll
    static void stop() {
        log.close();
        ISSUER.close();
    }

    /** What the services have in common. */
    @SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
    @TestPropertySource(
            properties = {
                "management.server.port=0",
                "management.endpoints.web.exposure.include=*",
                "ackbox.endpoints.default.verify-tokens=the-token",
                "ackbox.endpoints.default.app-secrets=the-secret",
                "logging.level.root=debug",
                "logging.level.org.springframework.security=trace",
                "logging.level.com.nimbusds=trace"
            })
    @Import(TinyEndpoint.Registration.class)
    @DirtiesContext
    @Timeout(60)
    abstract static class Service {

        @LocalManagementPort
        private int port;

        private final Set<String> sent = ConcurrentHashMap.newKeySet();

        /** Neither whole nor without the signature, which everybody who has the key can make again. */
        @AfterEach
        void noTokenIsLogged() {
            assertThat(log.lines()).isNotEmpty();
            for (String token : sent) {
                String[] parts = token.split("\\.");
                String telling = parts[Math.min(1, parts.length - 1)];
                assertThat(log.lines())
                        .noneMatch(line ->
                                line.text().contains(token) || line.text().contains(telling));
            }
            assertThat(log.lines()).noneMatch(line -> line.level().isGreaterOrEqual(Level.ERROR));
            log.forget();
        }

        String get(String path, String headers) throws IOException {
            return PublicPortContract.answer(port, "GET", path, headers);
        }

        CommandRun command(String token) {
            sent.add(token);
            return CommandRun.of(
                    new InboxCommand(() -> CommandRun.settings(
                            Map.of("ACKBOX_MANAGEMENT_TOKEN", token, "ackbox.management.password", "not-this-one"))),
                    "stats",
                    "--url=http://localhost:" + port);
        }

        String withToken(String token) throws IOException {
            return withToken(TinyEndpoint.PATH, token);
        }

        String withToken(String path, String token) throws IOException {
            sent.add(token);
            return get(path, "Authorization: Bearer " + token + "\r\n");
        }

        static void assertIsUser(String answer) {
            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .endsWith(TinyEndpoint.ANSWER)
                    .doesNotContain("Set-Cookie");
        }

        static void assertIsAsked(String answer, String... challenges) {
            assertRefuses(answer, 401, challenges);
        }

        /** With nothing that tells why. */
        static void assertRefuses(String answer, int status, String... challenges) {
            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("Content-Length: 0\r\n")
                    .endsWith("\r\n\r\n")
                    .doesNotContain("Set-Cookie");
            assertThat(answer.lines().filter(line -> line.startsWith("WWW-Authenticate: ")))
                    .containsExactly(Stream.of(challenges)
                            .map(challenge -> "WWW-Authenticate: " + challenge)
                            .toArray(String[]::new));
        }

        static void dataDirectory(DynamicPropertyRegistry registry, Path directory) {
            registry.add("ackbox.inbox.sqlite.directory", () -> directory.resolve("data"));
        }
    }

    static Stream<Arguments> badTokens() throws JOSEException {
        Instant now = Instant.now();
        RSAKey other = TestIssuer.newKey();
        String good = ISSUER.token(AS_IT_IS);
        JWTClaimsSet claims = ISSUER.claims(AS_IT_IS);
        JWSHeader symmetric = ISSUER.header(JWSAlgorithm.HS256);
        return Stream.of(
                arguments("without an end", ISSUER.token(c -> c.expirationTime(null))),
                arguments("expired", ISSUER.token(c -> c.expirationTime(Date.from(now.minusSeconds(90))))),
                arguments("not yet valid", ISSUER.token(c -> c.notBeforeTime(Date.from(now.plusSeconds(90))))),
                arguments(
                        "signed with another key",
                        TestIssuer.sign(ISSUER.header(JWSAlgorithm.RS256), new RSASSASigner(other), claims)),
                arguments(
                        "signed with a key that it brings along",
                        TestIssuer.sign(
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .keyID(other.getKeyID())
                                        .jwk(other.toPublicJWK())
                                        .build(),
                                new RSASSASigner(other),
                                claims)),
                arguments("not signed", new PlainJWT(claims).serialize()),
                arguments("without its signature", good.substring(0, good.lastIndexOf('.') + 1)),
                arguments(
                        "signed with the public key as a secret",
                        TestIssuer.sign(
                                symmetric,
                                new MACSigner(ISSUER.key.toRSAPublicKey().getEncoded()),
                                claims)),
                arguments(
                        "signed with the public key's file as a secret",
                        TestIssuer.sign(symmetric, new MACSigner(publicKeyFile()), claims)),
                arguments("for another audience", ISSUER.token(c -> c.audience("somebody-else"))),
                arguments("for no audience", ISSUER.token(c -> c.audience((String) null))),
                arguments("from another issuer", ISSUER.token(c -> c.issuer("http://localhost:1"))),
                arguments("from no issuer", ISSUER.token(c -> c.issuer(null))),
                arguments("changed", good.replaceFirst("\\.[^.]+\\.", "." + payload("{\"scope\":\"ackbox\"}") + ".")),
                arguments("no token", "canary-of-garbage"),
                arguments("no token, but with dots", "canary.canary-of-garbage.canary"),
                arguments("no JSON inside", payload("{canary") + "." + payload("canary") + ".canary"),
                arguments("no characters of a token", "canary{}"),
                arguments("several words", "canary of garbage"),
                arguments("long", "canary" + "x".repeat(7_000)));
    }

    private static String payload(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String publicKeyFile() {
        try {
            return "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder()
                            .encodeToString(ISSUER.key.toRSAPublicKey().getEncoded())
                    + "\n-----END PUBLIC KEY-----\n";
        } catch (JOSEException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Beside a password, by the issuer's address alone, and for one audience. */
    @Nested
    @TestPropertySource(
            properties = {
                "ackbox.management.password=" + ManagementPortTests.PASSWORD,
                SETTINGS + "jwt.audiences=" + TestIssuer.AUDIENCE
            })
    class BesideAPassword extends Service {

        @TempDir
        private static Path directory;

        @DynamicPropertySource
        static void settings(DynamicPropertyRegistry registry) {
            dataDirectory(registry, directory);
            registry.add(SETTINGS + "jwt.issuer-uri", ISSUER::uri);
        }

        @Test
        void bothAreTheUser() throws Exception {
            assertIsUser(withToken(ISSUER.token(AS_IT_IS)));
            assertIsUser(get(TinyEndpoint.PATH, password(ManagementPortTests.PASSWORD)));
        }

        @Test
        void aCommandHasTheTokenFromTheEnvironment() {
            CommandRun ran = command(ISSUER.token(AS_IT_IS));
            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out()).contains("handlers");
            CommandRun refused = command("canary-of-garbage");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).contains("ACKBOX_MANAGEMENT_TOKEN").doesNotContain("canary");
        }

        @Test
        void whoHasNeitherIsAskedForEither() throws Exception {
            assertIsAsked(get(TinyEndpoint.PATH, ""), BASIC, BEARER);
            assertIsAsked(get(TinyEndpoint.PATH, password("another-password")), BASIC, BEARER);
            assertIsAsked(get("/.well-known/oauth-protected-resource", ""), BASIC, BEARER);
        }

        @Test
        void whoWasAnsweredOnceIsAskedAgain() throws Exception {
            assertIsUser(withToken(ISSUER.token(AS_IT_IS)));
            assertIsAsked(get(TinyEndpoint.PATH, ""), BASIC, BEARER);
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("dev.ackbox.ops.ManagementTokenTests#badTokens")
        void aBadTokenIsRefusedEvenWhereNoneIsNeeded(String name, String token) throws Exception {
            assertIsAsked(withToken(token), BASIC, INVALID);
            assertIsAsked(withToken("/actuator/health", token), BASIC, INVALID);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "other", "ackbox2", "ACKBOX", "SCOPE_ackbox", "ackbox:read", "other,ackbox"})
        void aTokenWithoutTheScopeIsNotEnough(String scope) throws Exception {
            String token = ISSUER.token(claims -> claims.claim("scope", scope));
            for (String path : new String[] {TinyEndpoint.PATH, "/actuator/health", "/nothing"}) {
                assertRefuses(withToken(path, token), 403, BEARER + ", error=\"insufficient_scope\"");
            }
        }

        @Test
        void theScopeMayComeAsAList() throws Exception {
            assertIsUser(withToken(
                    ISSUER.token(claims -> claims.claim("scope", null).claim("scp", List.of("other", "ackbox")))));
        }

        @Test
        void detailsOfHealthAreForTheUser() throws Exception {
            assertThat(withToken("/actuator/health", ISSUER.token(AS_IT_IS))).contains("\"senders\"");
            assertThat(get("/actuator/health", "")).startsWith("HTTP/1.1 200").doesNotContain("\"senders\"");
        }

        @Test
        void failedLoginsAreCountedAndLoggedOnceAMinute() throws Exception {
            double passwords = failed("password");
            double tokens = failed("token");
            for (int i = 0; i < 3; i++) {
                get(TinyEndpoint.PATH, password("wrong-and-secret"));
                withToken("canary-of-a-wrong-token");
            }
            get(TinyEndpoint.PATH, "");
            assertIsUser(get(TinyEndpoint.PATH, password(ManagementPortTests.PASSWORD)));
            assertThat(failed("password") - passwords).isEqualTo(3);
            assertThat(failed("token") - tokens).isEqualTo(3);
            assertThat(log.lines())
                    .filteredOn(line -> line.logger().equals(FailedLogins.class.getName()))
                    .hasSizeLessThan(2)
                    .noneMatch(line -> line.text().contains("wrong-and-secret"));
        }

        @Autowired
        private MeterRegistry registry;

        private double failed(String reason) {
            Counter counter = registry.find("ackbox.management.logins.failed")
                    .tag("reason", reason)
                    .counter();
            return counter == null ? 0 : counter.count();
        }

        @Test
        void aTokenCountsInNoOtherPlace() throws Exception {
            String token = ISSUER.token(AS_IT_IS);
            assertIsAsked(get(TinyEndpoint.PATH + "?access_token=" + token, ""), BASIC, BEARER);
            assertIsAsked(get(TinyEndpoint.PATH, "Cookie: access_token=" + token + "\r\n"), BASIC, BEARER);
            assertIsAsked(get(TinyEndpoint.PATH, "Authorization: DPoP " + token + "\r\n"), BASIC, BEARER);
            assertIsAsked(get(TinyEndpoint.PATH, "Authorization: " + token + "\r\n"), BASIC, BEARER);
            assertIsAsked(get(TinyEndpoint.PATH, password(token)), BASIC, BEARER);
        }

        @Nested
        class PublicPort extends PublicPortContract {}

        private static String password(String password) {
            return "Authorization: " + ManagementPortTests.basic("ackbox", password) + "\r\n";
        }
    }

    /** Without a password, by a key in a file, and by an authority of another name. */
    @Nested
    @TestPropertySource(
            properties = {
                "ackbox.management.authority=ROLE_operator",
                SETTINGS + "jwt.audiences=" + TestIssuer.AUDIENCE,
                SETTINGS + "jwt.authorities-claim-name=roles",
                SETTINGS + "jwt.authority-prefix=ROLE_"
            })
    class Alone extends Service {

        @TempDir
        private static Path directory;

        @DynamicPropertySource
        static void settings(DynamicPropertyRegistry registry) throws IOException {
            dataDirectory(registry, directory);
            Path key = Files.writeString(directory.resolve("key.pem"), publicKeyFile());
            registry.add(SETTINGS + "jwt.public-key-location", () -> "file:" + key);
        }

        @Test
        void theRoleCounts() throws Exception {
            assertIsUser(withToken(ISSUER.token(claims -> claims.claim("roles", List.of("operator")))));
            assertRefuses(withToken(ISSUER.token(AS_IT_IS)), 403, BEARER + ", error=\"insufficient_scope\"");
        }

        @Test
        void aPasswordIsNeitherAskedForNorTaken() throws Exception {
            assertIsAsked(get(TinyEndpoint.PATH, ""), BEARER);
            for (String password : new String[] {"", "password"}) {
                assertIsAsked(
                        get(
                                TinyEndpoint.PATH,
                                "Authorization: " + ManagementPortTests.basic("ackbox", password) + "\r\n"),
                        BEARER);
            }
        }

        @Test
        void whatIsForTheUserIsThere() throws Exception {
            String token = ISSUER.token(claims -> claims.claim("roles", List.of("operator")));
            assertThat(withToken("/actuator/whatsapp", token)).startsWith("HTTP/1.1 200");
            assertThat(withToken("/actuator/drift", token)).startsWith("HTTP/1.1 200");
        }

        @Nested
        class PublicPort extends PublicPortContract {}
    }

    /** Nobody answers there, neither at the start nor later. */
    @Nested
    class WithoutAnIssuer extends Service {

        @TempDir
        private static Path directory;

        @LocalServerPort
        private int publicPort;

        @DynamicPropertySource
        static void settings(DynamicPropertyRegistry registry) throws IOException {
            dataDirectory(registry, directory);
            int nobody = FreePort.find();
            registry.add(SETTINGS + "jwt.issuer-uri", () -> "http://localhost:" + nobody);
        }

        @Test
        void tokensCannotBeCheckedAndEverythingElseGoesOn() throws Exception {
            for (int i = 0; i < 3; i++) {
                assertRefuses(withToken(ISSUER.token(AS_IT_IS)), 503);
                assertRefuses(withToken("canary-of-garbage"), 503);
            }
            assertIsAsked(get(TinyEndpoint.PATH, ""), BEARER);
            assertThat(get("/actuator/health/readiness", "")).startsWith("HTTP/1.1 200");
            assertThat(PublicPortContract.answer(publicPort, "POST", "/webhooks/whatsapp", "Content-Length: 0\r\n"))
                    .startsWith("HTTP/1.1 401");
            assertThat(log.lines())
                    .filteredOn(line -> line.level().isGreaterOrEqual(Level.WARN))
                    .filteredOn(line -> line.logger().equals(FailedLogins.class.getName()))
                    .singleElement()
                    .satisfies(line -> assertThat(line.text())
                            .contains("answered 503: java.net.ConnectException")
                            .doesNotContain("\tat "));
        }
    }
}
