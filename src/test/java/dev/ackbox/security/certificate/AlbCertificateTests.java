package dev.ackbox.security.certificate;

import static dev.ackbox.security.certificate.AlbPassedCertificate.CHAIN;
import static dev.ackbox.security.certificate.AlbVerifiedCertificate.LEAF;
import static dev.ackbox.security.certificate.AlbVerifiedCertificate.SUBJECT;
import static dev.ackbox.security.certificate.AlbVerifiedCertificate.VALIDITY;
import static dev.ackbox.security.certificate.RequestHeaders.CLOCK;
import static dev.ackbox.security.certificate.RequestHeaders.none;
import static dev.ackbox.security.certificate.RequestHeaders.urlEncodedByAlb;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ackbox.security.TestCertificates;
import dev.ackbox.security.TestCertificates.Issued;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AlbCertificateTests {

    private static final String NAME = "CN=client.webhooks.fbclientcerts.com,OU=x,O=Meta,ST=California,C=US";
    private static final String VALID = "NotBefore=2026-01-01T00:00:00Z;NotAfter=2027-01-01T00:00:00Z";

    private final ClientCertificateCheck check = new ClientCertificateCheck(CommonName.OF_THE_PLATFORM, CLOCK);
    private final ForwardedCertificate verifying = ForwardedCertificate.albVerify(check);
    private final ForwardedCertificate passing = ForwardedCertificate.albPassThrough(new ClientCertificateCheck(
            CommonName.OF_THE_PLATFORM,
            ClientCertificateCheckTests.authorities(TestCertificates.OLD_ROOT, TestCertificates.NEW_ROOT),
            CLOCK));

    static Stream<Arguments> verified() {
        CertificateVerdict bySubject = new CertificateVerdict.Verified(null);
        return Stream.of(
                Arguments.of("no headers", none(), new CertificateVerdict.Missing()),
                Arguments.of("subject", none().with(SUBJECT, NAME), bySubject),
                Arguments.of("valid", none().with(SUBJECT, NAME).with(VALIDITY, VALID), bySubject),
                Arguments.of(
                        "leaf",
                        none().with(SUBJECT, NAME).with(LEAF, leaf(TestCertificates.client())),
                        new CertificateVerdict.Verified(TestCertificates.END)),
                Arguments.of(
                        "leaf of another",
                        none().with(SUBJECT, NAME).with(LEAF, leaf(TestCertificates.server("evil.example"))),
                        refused(RefusalReason.OTHER_NAME)),
                Arguments.of(
                        "subject of another",
                        none().with(SUBJECT, "CN=evil.example").with(LEAF, leaf(TestCertificates.client())),
                        refused(RefusalReason.CONTRADICTION)),
                Arguments.of(
                        "leaf for servers",
                        none().with(SUBJECT, NAME).with(LEAF, leaf(TestCertificates.clientWithUsageOfServers())),
                        refused(RefusalReason.NOT_FOR_CLIENTS)),
                Arguments.of(
                        "suffix",
                        none().with(SUBJECT, "CN=client.webhooks.fbclientcerts.com.evil.example,O=Meta"),
                        refused(RefusalReason.OTHER_NAME)),
                Arguments.of(
                        "expired",
                        none().with(SUBJECT, NAME)
                                .with(VALIDITY, "NotBefore=2025-01-01T00:00:00Z;NotAfter=2026-04-15T00:00:00Z"),
                        refused(RefusalReason.EXPIRED)),
                Arguments.of(
                        "not yet valid",
                        none().with(SUBJECT, NAME)
                                .with(VALIDITY, "NotBefore=2026-12-01T00:00:00Z;NotAfter=2027-04-15T00:00:00Z"),
                        refused(RefusalReason.NOT_YET_VALID)),
                Arguments.of(
                        "validity of another form",
                        none().with(SUBJECT, NAME).with(VALIDITY, "NotBefore=yesterday;NotAfter=tomorrow"),
                        refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of(
                        "half a validity",
                        none().with(SUBJECT, NAME).with(VALIDITY, "NotAfter=2027-04-15T00:00:00Z"),
                        refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of("validity alone", none().with(VALIDITY, VALID), refused(RefusalReason.NOTHING_TO_CHECK)),
                Arguments.of("two subjects", none().with(SUBJECT, NAME, NAME), refused(RefusalReason.REPEATED_HEADER)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verified")
    void answersInVerifyMode(String description, HeaderValues headers, CertificateVerdict verdict) {
        assertThat(verifying.verify(headers)).isEqualTo(verdict);
    }

    static Stream<Arguments> passed() {
        CertificateVerdict verified = new CertificateVerdict.Verified(TestCertificates.END);
        return Stream.of(
                Arguments.of("no header", none(), new CertificateVerdict.Missing()),
                Arguments.of("new generation", chain(TestCertificates.client()), verified),
                Arguments.of("old generation", chain(TestCertificates.clientOfOldGeneration()), verified),
                Arguments.of(
                        "self-signed", chain(TestCertificates.selfSignedClient()), refused(RefusalReason.UNTRUSTED)),
                Arguments.of(
                        "of a stranger", chain(TestCertificates.clientOfStranger()), refused(RefusalReason.UNTRUSTED)),
                Arguments.of(
                        "without its intermediate",
                        none().with(CHAIN, leaf(TestCertificates.client())),
                        refused(RefusalReason.UNTRUSTED)),
                Arguments.of("expired", chain(TestCertificates.expiredClient()), refused(RefusalReason.EXPIRED)),
                Arguments.of(
                        "not yet valid",
                        chain(TestCertificates.clientNotYetValid()),
                        refused(RefusalReason.NOT_YET_VALID)),
                Arguments.of(
                        "for servers",
                        chain(TestCertificates.clientWithUsageOfServers()),
                        refused(RefusalReason.NOT_FOR_CLIENTS)),
                Arguments.of(
                        "of the same authority with another name",
                        chain(TestCertificates.clientNamed("CN=client.webhooks.fbclientcerts.com.evil.example")),
                        refused(RefusalReason.OTHER_NAME)),
                Arguments.of(
                        "the subject alone, as of the other mode",
                        none().with(SUBJECT, NAME),
                        new CertificateVerdict.Missing()),
                Arguments.of(
                        "another first",
                        none().with(
                                        CHAIN,
                                        leaf(TestCertificates.clientNamed("CN=evil.example"))
                                                + pem(TestCertificates.client().chain())),
                        refused(RefusalReason.OTHER_NAME)),
                Arguments.of(
                        "longer than any chain",
                        none().with(
                                        CHAIN,
                                        pem(Collections.nCopies(
                                                11, TestCertificates.client().certificate()))),
                        refused(RefusalReason.TOO_LONG)),
                Arguments.of(
                        "a key",
                        none().with(
                                        CHAIN,
                                        urlEncodedByAlb(TestCertificates.pem(
                                                TestCertificates.client().key()))),
                        refused(RefusalReason.MALFORMED_CERTIFICATE)),
                Arguments.of(
                        "nothing but spaces",
                        none().with(CHAIN, "%20%0A"),
                        refused(RefusalReason.MALFORMED_CERTIFICATE)),
                Arguments.of("no UTF-8", none().with(CHAIN, "%ff"), refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of("no encoding", none().with(CHAIN, "%g0"), refused(RefusalReason.MALFORMED_HEADER)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passed")
    void answersInPassThroughMode(String description, HeaderValues headers, CertificateVerdict verdict) {
        assertThat(passing.verify(headers)).isEqualTo(verdict);
    }

    @Test
    void passThroughNeedsAuthorities() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForwardedCertificate.albPassThrough(check))
                .withMessageContaining("must have authorities");
    }

    private static RequestHeaders chain(Issued issued) {
        return none().with(CHAIN, pem(issued.chain()));
    }

    private static String leaf(Issued issued) {
        return urlEncodedByAlb(TestCertificates.pem(issued.certificate()));
    }

    private static String pem(List<X509Certificate> certificates) {
        return urlEncodedByAlb(TestCertificates.pem(certificates));
    }

    private static CertificateVerdict refused(RefusalReason reason) {
        return new CertificateVerdict.Refused(reason);
    }
}
