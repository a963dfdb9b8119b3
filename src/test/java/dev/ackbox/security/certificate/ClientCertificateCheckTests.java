package dev.ackbox.security.certificate;

import static dev.ackbox.security.TestCertificates.BEGIN;
import static dev.ackbox.security.TestCertificates.CLIENT_NAME;
import static dev.ackbox.security.TestCertificates.END;
import static dev.ackbox.security.TestCertificates.END_OF_OLD_ROOT;
import static dev.ackbox.security.TestCertificates.NEW_INTERMEDIATE;
import static dev.ackbox.security.TestCertificates.NEW_ROOT;
import static dev.ackbox.security.TestCertificates.OLD_INTERMEDIATE;
import static dev.ackbox.security.TestCertificates.OLD_ROOT;
import static dev.ackbox.security.TestCertificates.STRANGER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import dev.ackbox.security.TestCertificates;
import dev.ackbox.security.TestCertificates.Issued;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
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
        assertThat(check.check(TestCertificates.client().chain())).isEqualTo(new CertificateVerdict.Verified(END));
        assertThat(check.check(TestCertificates.clientOfOldGeneration().chain()))
                .isEqualTo(new CertificateVerdict.Verified(END));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(RefusalReason.EXPIRED, TestCertificates.expiredClient()),
                Arguments.of(RefusalReason.NOT_YET_VALID, TestCertificates.clientNotYetValid()),
                Arguments.of(RefusalReason.NOT_FOR_CLIENTS, TestCertificates.clientWithUsageOfServers()),
                Arguments.of(RefusalReason.NOT_FOR_CLIENTS, TestCertificates.clientWithoutUsage()),
                Arguments.of(RefusalReason.OTHER_NAME, TestCertificates.clientNamed("CN=evil.example")),
                Arguments.of(
                        RefusalReason.OTHER_NAME,
                        TestCertificates.clientNamed("CN=" + CLIENT_NAME + ".evil.example,O=" + CLIENT_NAME)),
                Arguments.of(
                        RefusalReason.OTHER_NAME,
                        TestCertificates.clientNamed("CN=cl\u0456ent.webhooks.fbclientcerts.com")),
                Arguments.of(
                        RefusalReason.OTHER_NAME,
                        TestCertificates.clientNamed("CN=" + CLIENT_NAME + "\\00.evil.example")),
                Arguments.of(
                        RefusalReason.OTHER_NAME,
                        TestCertificates.clientNamed("CN=evil.example\\,CN\\=" + CLIENT_NAME)),
                Arguments.of(RefusalReason.NO_COMMON_NAME, TestCertificates.clientNamed("O=x\\,CN\\=" + CLIENT_NAME)),
                Arguments.of(RefusalReason.NO_COMMON_NAME, TestCertificates.clientNamed("O=" + CLIENT_NAME)),
                Arguments.of(
                        RefusalReason.SEVERAL_COMMON_NAMES,
                        TestCertificates.clientNamed("CN=evil.example,CN=" + CLIENT_NAME)),
                Arguments.of(
                        RefusalReason.MULTI_VALUED_NAME, TestCertificates.clientNamed("CN=" + CLIENT_NAME + "+O=x")),
                Arguments.of(
                        RefusalReason.MULTI_VALUED_NAME,
                        TestCertificates.clientNamed("CN=" + CLIENT_NAME + "+CN=evil.example")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesWhatIsNotTheClientWhoeverIssuedIt(RefusalReason reason, Issued issued) {
        CertificateVerdict refused = new CertificateVerdict.Refused(reason);
        assertThat(check(BOTH, RequestHeaders.CLOCK).check(issued.chain())).isEqualTo(refused);
        assertThat(new ClientCertificateCheck(CommonName.OF_THE_PLATFORM, RequestHeaders.CLOCK).check(issued.chain()))
                .isEqualTo(refused);
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
        assertThat(check(BOTH, RequestHeaders.CLOCK).check(chain))
                .isEqualTo(new CertificateVerdict.Refused(RefusalReason.UNTRUSTED));
    }

    @Test
    void leavesTheChainToWhoeverEndedTlsWhereThereAreNoAuthorities() {
        ClientCertificateCheck check = new ClientCertificateCheck(CommonName.OF_THE_PLATFORM, RequestHeaders.CLOCK);
        assertThat(check.check(TestCertificates.selfSignedClient().chain()))
                .isEqualTo(new CertificateVerdict.Verified(END));
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
            assertThat(check(BOTH, RequestHeaders.CLOCK).check(chain)).isInstanceOf(CertificateVerdict.Verified.class);
        }
    }

    @Test
    void anIntermediateCanBeTheAuthorityForALeafThatComesAlone() {
        ClientCertificateCheck check = check(authorities(NEW_INTERMEDIATE), RequestHeaders.CLOCK);
        assertThat(check.check(List.of(TestCertificates.client().certificate())))
                .isInstanceOf(CertificateVerdict.Verified.class);
    }

    @Test
    void trustsOneGenerationWhereOneIsConfigured() {
        ClientCertificateCheck check = check(authorities(NEW_ROOT), RequestHeaders.CLOCK);
        assertThat(check.check(TestCertificates.client().chain())).isInstanceOf(CertificateVerdict.Verified.class);
        assertThat(check.check(TestCertificates.clientOfOldGeneration().chain()))
                .isEqualTo(new CertificateVerdict.Refused(RefusalReason.UNTRUSTED));
    }

    @Test
    void anAuthorityIsTrustedToItsEnd() {
        List<X509Certificate> chain = TestCertificates.clientOfOldGeneration().chain();
        assertThat(check(BOTH, RequestHeaders.clockAt(END_OF_OLD_ROOT.toString()))
                        .check(chain))
                .isInstanceOf(CertificateVerdict.Verified.class);
        Clock after = RequestHeaders.clockAt(END_OF_OLD_ROOT.plusSeconds(1).toString());
        assertThat(check(BOTH, after).check(chain)).isEqualTo(new CertificateVerdict.Refused(RefusalReason.UNTRUSTED));
        assertThat(check(authorities(OLD_ROOT), after).check(chain))
                .isEqualTo(new CertificateVerdict.Refused(RefusalReason.UNTRUSTED));
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_YET_VALID, 2019-12-31T23:59:59Z",
        ", 2020-01-01T00:00:00Z",
        ", 2050-01-01T00:00:00Z",
        "EXPIRED, 2050-01-01T00:00:01Z"
    })
    void isValidFromItsFirstSecondToItsLast(RefusalReason reason, String now) {
        CertificateVerdict verdict = check(BOTH, RequestHeaders.clockAt(now))
                .check(TestCertificates.client().chain());
        assertThat(verdict)
                .isEqualTo(
                        reason == null ? new CertificateVerdict.Verified(END) : new CertificateVerdict.Refused(reason));
    }

    @Test
    void noCertificateIsAMissingOne() {
        assertThat(check(BOTH, RequestHeaders.CLOCK).check(List.of())).isEqualTo(new CertificateVerdict.Missing());
    }

    @Test
    void readsAFileOfTwoGenerationsAndTellsTheEndOfEach() {
        String file = "Old, until 2040:\n" + TestCertificates.pem(OLD_ROOT.certificate()) + "\nNew:\r\n"
                + TestCertificates.pem(NEW_ROOT.certificate()).replace("\n", "\r\n");
        CertificateAuthorities authorities = new CertificateAuthorities(CertificateAuthority.parse("roots.pem", file));
        assertThat(authorities.expiries()).containsExactly(entry("Old Root", END_OF_OLD_ROOT), entry("New Root", END));
        assertThat(authorities.certificates()).containsExactly(OLD_ROOT.certificate(), NEW_ROOT.certificate());
        assertThat(check(authorities, RequestHeaders.CLOCK)
                        .check(TestCertificates.client().chain()))
                .isInstanceOf(CertificateVerdict.Verified.class);
    }

    @Test
    void authoritiesOfOneNameAreToldApart() {
        Issued unnamed = new TestCertificates.Request("O=Nameless").authority().selfSigned();
        List<CertificateAuthority> parsed = CertificateAuthority.parse(
                "roots.pem",
                TestCertificates.pem(
                        List.of(NEW_ROOT.certificate(), STRANGER_ROOT.certificate(), unnamed.certificate())));
        assertThat(new CertificateAuthorities(parsed).expiries())
                .containsOnlyKeys("New Root", "New Root #2", "roots.pem");
        assertThat(parsed.get(0)).hasToString("CertificateAuthority[New Root, notAfter=2050-01-01T00:00:00Z]");
    }

    @Test
    void aFileWithoutCertificatesIsRefusedByItsAlias() {
        String key = TestCertificates.pem(NEW_ROOT.key());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CertificateAuthority.parse("roots.pem", key))
                .withMessageContaining("'roots.pem' must hold certificates")
                .withMessageNotContaining(key.substring(40, 60));
        assertThatIllegalArgumentException().isThrownBy(() -> CertificateAuthority.parse("roots.pem", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new CertificateAuthorities(List.of()));
    }

    static CertificateAuthorities authorities(Issued... issued) {
        return new CertificateAuthorities(Stream.of(issued)
                .map(authority -> new CertificateAuthority("any", authority.certificate()))
                .toList());
    }

    private static ClientCertificateCheck check(CertificateAuthorities authorities, Clock clock) {
        return new ClientCertificateCheck(CommonName.OF_THE_PLATFORM, authorities, clock);
    }
}
