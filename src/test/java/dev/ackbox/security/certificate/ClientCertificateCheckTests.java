package dev.ackbox.security.certificate;

import static dev.ackbox.security.TestCertificates.BEGIN;
import static dev.ackbox.security.TestCertificates.CLIENT_NAME;
import static dev.ackbox.security.TestCertificates.END_OF_OLD_ROOT;
import static dev.ackbox.security.TestCertificates.NEW_INTERMEDIATE;
import static dev.ackbox.security.TestCertificates.NEW_ROOT;
import static dev.ackbox.security.TestCertificates.OLD_INTERMEDIATE;
import static dev.ackbox.security.TestCertificates.OLD_ROOT;
import static dev.ackbox.security.TestCertificates.STRANGER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ackbox.security.TestCertificates;
import dev.ackbox.security.TestCertificates.Issued;
import dev.ackbox.test.MovableClock;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClientCertificateCheckTests {

    private static final CertificateAuthorities BOTH = authorities(OLD_ROOT, NEW_ROOT);

    @Test
    void acceptsTheClientOfBothGenerations() {
        ClientCertificateCheck check = check(BOTH, RequestHeaders.CLOCK);
        assertThat(check.check(TestCertificates.client().chain())).isEqualTo(CertificateVerdict.VERIFIED);
        assertThat(check.check(TestCertificates.clientOfOldGeneration().chain()))
                .isEqualTo(CertificateVerdict.VERIFIED);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(CertificateVerdict.EXPIRED, TestCertificates.expiredClient()),
                Arguments.of(CertificateVerdict.NOT_YET_VALID, TestCertificates.clientNotYetValid()),
                Arguments.of(CertificateVerdict.NOT_FOR_CLIENTS, TestCertificates.clientWithUsageOfServers()),
                Arguments.of(CertificateVerdict.NOT_FOR_CLIENTS, TestCertificates.clientWithoutUsage()),
                Arguments.of(CertificateVerdict.OTHER_NAME, TestCertificates.clientNamed("CN=evil.example")),
                Arguments.of(
                        CertificateVerdict.OTHER_NAME,
                        TestCertificates.clientNamed("CN=" + CLIENT_NAME + ".evil.example,O=" + CLIENT_NAME)),
                Arguments.of(
                        CertificateVerdict.OTHER_NAME,
                        TestCertificates.clientNamed("CN=cl\u0456ent.webhooks.fbclientcerts.com")),
                Arguments.of(
                        CertificateVerdict.OTHER_NAME,
                        TestCertificates.clientNamed("CN=" + CLIENT_NAME + "\\00.evil.example")),
                Arguments.of(
                        CertificateVerdict.OTHER_NAME,
                        TestCertificates.clientNamed("CN=evil.example\\,CN\\=" + CLIENT_NAME)),
                Arguments.of(
                        CertificateVerdict.NO_COMMON_NAME, TestCertificates.clientNamed("O=x\\,CN\\=" + CLIENT_NAME)),
                Arguments.of(CertificateVerdict.NO_COMMON_NAME, TestCertificates.clientNamed("O=" + CLIENT_NAME)),
                Arguments.of(
                        CertificateVerdict.SEVERAL_COMMON_NAMES,
                        TestCertificates.clientNamed("CN=evil.example,CN=" + CLIENT_NAME)),
                Arguments.of(
                        CertificateVerdict.MULTI_VALUED_NAME,
                        TestCertificates.clientNamed("CN=" + CLIENT_NAME + "+O=x")),
                Arguments.of(
                        CertificateVerdict.MULTI_VALUED_NAME,
                        TestCertificates.clientNamed("CN=" + CLIENT_NAME + "+CN=evil.example")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesWhatIsNotTheClientWhoeverIssuedIt(CertificateVerdict reason, Issued issued) {
        assertThat(check(BOTH, RequestHeaders.CLOCK).check(issued.chain())).isEqualTo(reason);
        assertThat(RequestHeaders.lenient().check(issued.chain())).isEqualTo(reason);
    }

    static Stream<List<X509Certificate>> untrusted() {
        X509Certificate client = TestCertificates.client().certificate();
        Issued leafAsAuthority =
                new TestCertificates.Request("CN=leaf").forClients().by(NEW_INTERMEDIATE);
        Issued expiredIntermediate = new TestCertificates.Request("CN=Expired")
                .authority()
                .until(BEGIN.plusSeconds(1))
                .by(NEW_ROOT);
        return Stream.of(
                TestCertificates.selfSignedClient().chain(),
                TestCertificates.clientOfStranger().chain(),
                List.of(TestCertificates.clientOfStranger().certificate(), STRANGER_ROOT.certificate()),
                List.of(TestCertificates.selfSignedClient().certificate(), NEW_INTERMEDIATE.certificate()),
                List.of(client),
                List.of(client, OLD_INTERMEDIATE.certificate()),
                new TestCertificates.Request(TestCertificates.CLIENT_SUBJECT)
                        .forClients()
                        .by(leafAsAuthority)
                        .chain(),
                new TestCertificates.Request(TestCertificates.CLIENT_SUBJECT)
                        .forClients()
                        .by(expiredIntermediate)
                        .chain());
    }

    @ParameterizedTest
    @MethodSource("untrusted")
    void refusesAChainThatDoesNotLeadToAnAuthority(List<X509Certificate> chain) {
        assertThat(check(BOTH, RequestHeaders.CLOCK).check(chain)).isEqualTo(CertificateVerdict.UNTRUSTED);
    }

    @Test
    void leavesTheChainToWhoeverEndedTlsWhereThereAreNoAuthorities() {
        ClientCertificateCheck check = RequestHeaders.lenient();
        assertThat(check.check(TestCertificates.selfSignedClient().chain())).isEqualTo(CertificateVerdict.VERIFIED);
    }

    @Test
    void takesTheOtherCertificatesInAnyOrderAndTheRootWithThem() {
        List<X509Certificate> above = new ArrayList<>(List.of(
                NEW_INTERMEDIATE.certificate(),
                NEW_ROOT.certificate(),
                OLD_ROOT.certificate(),
                OLD_INTERMEDIATE.certificate()));
        for (int i = 0; i < above.size(); i++) {
            Collections.rotate(above, 1);
            List<X509Certificate> chain = new ArrayList<>(above);
            chain.add(0, TestCertificates.client().certificate());
            assertThat(check(BOTH, RequestHeaders.CLOCK).check(chain)).isEqualTo(CertificateVerdict.VERIFIED);
        }
    }

    @Test
    void anIntermediateCanBeTheAuthorityForALeafThatComesAlone() {
        ClientCertificateCheck check = check(authorities(NEW_INTERMEDIATE), RequestHeaders.CLOCK);
        assertThat(check.check(List.of(TestCertificates.client().certificate())))
                .isEqualTo(CertificateVerdict.VERIFIED);
    }

    @Test
    void trustsOneGenerationWhereOneIsConfigured() {
        ClientCertificateCheck check = check(authorities(NEW_ROOT), RequestHeaders.CLOCK);
        assertThat(check.check(TestCertificates.client().chain())).isEqualTo(CertificateVerdict.VERIFIED);
        assertThat(check.check(TestCertificates.clientOfOldGeneration().chain()))
                .isEqualTo(CertificateVerdict.UNTRUSTED);
    }

    @Test
    void anAuthorityIsTrustedToItsEnd() {
        List<X509Certificate> chain = TestCertificates.clientOfOldGeneration().chain();
        assertThat(check(BOTH, RequestHeaders.clockAt(END_OF_OLD_ROOT.toString()))
                        .check(chain))
                .isEqualTo(CertificateVerdict.VERIFIED);
        Clock after = RequestHeaders.clockAt(END_OF_OLD_ROOT.plusSeconds(1).toString());
        assertThat(check(BOTH, after).check(chain)).isEqualTo(CertificateVerdict.UNTRUSTED);
        assertThat(check(authorities(OLD_ROOT), after).check(chain)).isEqualTo(CertificateVerdict.UNTRUSTED);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_YET_VALID, 2019-12-31T23:59:59Z",
        "VERIFIED, 2020-01-01T00:00:00Z",
        "VERIFIED, 2050-01-01T00:00:00Z",
        "EXPIRED, 2050-01-01T00:00:01Z"
    })
    void isValidFromItsFirstSecondToItsLast(CertificateVerdict verdict, String now) {
        assertThat(check(BOTH, RequestHeaders.clockAt(now))
                        .check(TestCertificates.client().chain()))
                .isEqualTo(verdict);
    }

    @Test
    void noCertificateIsAMissingOne() {
        assertThat(check(BOTH, RequestHeaders.CLOCK).check(List.of())).isEqualTo(CertificateVerdict.MISSING);
    }

    @Test
    void authoritiesOfOneNameAreAllTrusted() {
        ClientCertificateCheck check = check(authorities(STRANGER_ROOT, NEW_ROOT), RequestHeaders.CLOCK);
        assertThat(check.check(TestCertificates.client().chain())).isEqualTo(CertificateVerdict.VERIFIED);
        assertThat(check.check(TestCertificates.clientOfStranger().chain())).isEqualTo(CertificateVerdict.VERIFIED);
    }

    @Test
    void aTrustStoreWithoutCertificatesIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> authorities());
    }

    @Nested
    class Remembering {

        private final MovableClock clock = new MovableClock();
        private final AtomicReference<CertificateAuthorities> trusted = new AtomicReference<>(BOTH);
        private final ClientCertificateCheck check = new ClientCertificateCheck(CLIENT_NAME, trusted::get, clock);
        private final List<X509Certificate> old =
                TestCertificates.clientOfOldGeneration().chain();

        private void at(Instant instant) {
            clock.advance(Duration.between(clock.instant(), instant));
        }

        @Test
        void aCertificateIsReadOnce() {
            AtomicInteger read = new AtomicInteger();
            ForwardedCertificate proxy = ForwardedCertificate.albPassThrough();
            String pem = RequestHeaders.urlEncodedByAlb(TestCertificates.pem(old));
            for (int i = 0; i < 3; i++) {
                // The first look is for what is remembered, the second, at the first time, to read it.
                assertThat(check.check(proxy, name -> {
                            read.incrementAndGet();
                            return List.of(pem);
                        }))
                        .isEqualTo(CertificateVerdict.VERIFIED);
            }
            assertThat(read).hasValue(4);
        }

        @Test
        void itHoldsToTheEndOfTheFirstThatEnds() {
            assertThat(check.check(old)).isEqualTo(CertificateVerdict.VERIFIED);
            at(END_OF_OLD_ROOT);
            assertThat(check.check(old)).isEqualTo(CertificateVerdict.VERIFIED);
            at(END_OF_OLD_ROOT.plusSeconds(1));
            assertThat(check.check(old)).isEqualTo(CertificateVerdict.UNTRUSTED);
            assertThat(check.check(TestCertificates.client().chain())).isEqualTo(CertificateVerdict.VERIFIED);
            at(BEGIN.minusSeconds(1));
            assertThat(check.check(TestCertificates.client().chain())).isEqualTo(CertificateVerdict.NOT_YET_VALID);
        }

        @Test
        void itHoldsUntilOtherAuthoritiesAreTrusted() {
            assertThat(check.check(old)).isEqualTo(CertificateVerdict.VERIFIED);
            trusted.set(authorities(NEW_ROOT));
            assertThat(check.check(old)).isEqualTo(CertificateVerdict.UNTRUSTED);
            trusted.set(authorities(OLD_ROOT));
            assertThat(check.check(old)).isEqualTo(CertificateVerdict.VERIFIED);
        }

        @Test
        void itHoldsForNoOtherCertificate() {
            assertThat(check.check(old)).isEqualTo(CertificateVerdict.VERIFIED);
            assertThat(check.check(TestCertificates.selfSignedClient().chain()))
                    .isEqualTo(CertificateVerdict.UNTRUSTED);
            assertThat(check.check(List.of(old.get(0)))).isEqualTo(CertificateVerdict.UNTRUSTED);
            assertThat(check.check(List.of())).isEqualTo(CertificateVerdict.MISSING);
        }

        @Test
        void aValidityThatAProxyTellsEndsIt() {
            ClientCertificateCheck lenient = new ClientCertificateCheck(CLIENT_NAME, null, clock);
            ForwardedCertificate proxy = ForwardedCertificate.albVerify();
            RequestHeaders headers = RequestHeaders.none()
                    .with(ForwardedCertificate.ALB_SUBJECT, "CN=" + CLIENT_NAME)
                    .with(
                            ForwardedCertificate.ALB_VALIDITY,
                            "NotBefore=2026-01-01T00:00:00Z;NotAfter=2027-01-01T00:00:00Z");
            at(Instant.parse("2026-06-01T00:00:00Z"));
            assertThat(lenient.check(proxy, headers)).isEqualTo(CertificateVerdict.VERIFIED);
            at(Instant.parse("2027-01-01T00:00:01Z"));
            assertThat(lenient.check(proxy, headers)).isEqualTo(CertificateVerdict.EXPIRED);
        }
    }

    static CertificateAuthorities authorities(Issued... issued) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < issued.length; i++) {
                store.setCertificateEntry("authority-" + i, issued[i].certificate());
            }
            return new CertificateAuthorities(store);
        } catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static ClientCertificateCheck check(CertificateAuthorities authorities, Clock clock) {
        return new ClientCertificateCheck(CLIENT_NAME, () -> authorities, clock);
    }
}
