package dev.ackbox.security.certificate;

import static dev.ackbox.security.certificate.ForwardedCertificate.ALB_CHAIN;
import static dev.ackbox.security.certificate.ForwardedCertificate.ALB_LEAF;
import static dev.ackbox.security.certificate.ForwardedCertificate.ALB_SUBJECT;
import static dev.ackbox.security.certificate.ForwardedCertificate.ALB_VALIDITY;
import static dev.ackbox.security.certificate.RequestHeaders.lenient;
import static dev.ackbox.security.certificate.RequestHeaders.none;
import static dev.ackbox.security.certificate.RequestHeaders.strict;
import static dev.ackbox.security.certificate.RequestHeaders.urlEncodedByAlb;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.security.TestCertificates;
import dev.ackbox.security.TestCertificates.Issued;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AlbCertificateTests {

    private static final String NAME = "CN=client.webhooks.fbclientcerts.com,OU=x,O=Meta,ST=California,C=US";
    private static final String VALID = "NotBefore=2026-01-01T00:00:00Z;NotAfter=2027-01-01T00:00:00Z";

    private final ForwardedCertificate verifying = ForwardedCertificate.albVerify();
    private final ForwardedCertificate passing = ForwardedCertificate.albPassThrough();

    static Stream<Arguments> verified() {
        CertificateVerdict bySubject = CertificateVerdict.VERIFIED;
        return Stream.of(
                Arguments.of("no headers", none(), CertificateVerdict.MISSING),
                Arguments.of("subject", none().with(ALB_SUBJECT, NAME), bySubject),
                Arguments.of("valid", none().with(ALB_SUBJECT, NAME).with(ALB_VALIDITY, VALID), bySubject),
                Arguments.of(
                        "leaf",
                        none().with(ALB_SUBJECT, NAME).with(ALB_LEAF, leaf(TestCertificates.client())),
                        CertificateVerdict.VERIFIED),
                Arguments.of(
                        "leaf of another",
                        none().with(ALB_SUBJECT, NAME).with(ALB_LEAF, leaf(TestCertificates.server("evil.example"))),
                        CertificateVerdict.OTHER_NAME),
                Arguments.of(
                        "subject of another",
                        none().with(ALB_SUBJECT, "CN=evil.example").with(ALB_LEAF, leaf(TestCertificates.client())),
                        CertificateVerdict.CONTRADICTION),
                Arguments.of(
                        "leaf for servers",
                        none().with(ALB_SUBJECT, NAME)
                                .with(ALB_LEAF, leaf(TestCertificates.clientWithUsageOfServers())),
                        CertificateVerdict.NOT_FOR_CLIENTS),
                Arguments.of(
                        "suffix",
                        none().with(ALB_SUBJECT, "CN=client.webhooks.fbclientcerts.com.evil.example,O=Meta"),
                        CertificateVerdict.OTHER_NAME),
                Arguments.of(
                        "expired",
                        none().with(ALB_SUBJECT, NAME)
                                .with(ALB_VALIDITY, "NotBefore=2025-01-01T00:00:00Z;NotAfter=2026-04-15T00:00:00Z"),
                        CertificateVerdict.EXPIRED),
                Arguments.of(
                        "not yet valid",
                        none().with(ALB_SUBJECT, NAME)
                                .with(ALB_VALIDITY, "NotBefore=2026-12-01T00:00:00Z;NotAfter=2027-04-15T00:00:00Z"),
                        CertificateVerdict.NOT_YET_VALID),
                Arguments.of(
                        "validity of another form",
                        none().with(ALB_SUBJECT, NAME).with(ALB_VALIDITY, "NotBefore=yesterday;NotAfter=tomorrow"),
                        CertificateVerdict.MALFORMED_HEADER),
                Arguments.of(
                        "half a validity",
                        none().with(ALB_SUBJECT, NAME).with(ALB_VALIDITY, "NotAfter=2027-04-15T00:00:00Z"),
                        CertificateVerdict.MALFORMED_HEADER),
                Arguments.of("validity alone", none().with(ALB_VALIDITY, VALID), CertificateVerdict.NOTHING_TO_CHECK),
                Arguments.of("two subjects", none().with(ALB_SUBJECT, NAME, NAME), CertificateVerdict.REPEATED_HEADER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verified")
    void answersInVerifyMode(String description, Function<String, List<String>> headers, CertificateVerdict verdict) {
        assertThat(lenient().check(verifying, headers)).isEqualTo(verdict);
    }

    static Stream<Arguments> passed() {
        return Stream.of(
                Arguments.of("no header", none(), CertificateVerdict.MISSING),
                Arguments.of("new generation", chain(TestCertificates.client()), CertificateVerdict.VERIFIED),
                Arguments.of(
                        "old generation", chain(TestCertificates.clientOfOldGeneration()), CertificateVerdict.VERIFIED),
                Arguments.of("self-signed", chain(TestCertificates.selfSignedClient()), CertificateVerdict.UNTRUSTED),
                Arguments.of("of a stranger", chain(TestCertificates.clientOfStranger()), CertificateVerdict.UNTRUSTED),
                Arguments.of(
                        "without its intermediate",
                        none().with(ALB_CHAIN, leaf(TestCertificates.client())),
                        CertificateVerdict.UNTRUSTED),
                Arguments.of("expired", chain(TestCertificates.expiredClient()), CertificateVerdict.EXPIRED),
                Arguments.of(
                        "not yet valid", chain(TestCertificates.clientNotYetValid()), CertificateVerdict.NOT_YET_VALID),
                Arguments.of(
                        "for servers",
                        chain(TestCertificates.clientWithUsageOfServers()),
                        CertificateVerdict.NOT_FOR_CLIENTS),
                Arguments.of(
                        "of the same authority with another name",
                        chain(TestCertificates.clientNamed("CN=client.webhooks.fbclientcerts.com.evil.example")),
                        CertificateVerdict.OTHER_NAME),
                Arguments.of(
                        "the subject alone, as of the other mode",
                        none().with(ALB_SUBJECT, NAME),
                        CertificateVerdict.MISSING),
                Arguments.of(
                        "another first",
                        none().with(
                                        ALB_CHAIN,
                                        leaf(TestCertificates.clientNamed("CN=evil.example"))
                                                + pem(TestCertificates.client().chain())),
                        CertificateVerdict.OTHER_NAME),
                Arguments.of(
                        "longer than any chain",
                        none().with(
                                        ALB_CHAIN,
                                        pem(Collections.nCopies(
                                                11, TestCertificates.client().certificate()))),
                        CertificateVerdict.TOO_LONG),
                Arguments.of(
                        "a key",
                        none().with(
                                        ALB_CHAIN,
                                        urlEncodedByAlb(TestCertificates.pem(
                                                TestCertificates.client().key()))),
                        CertificateVerdict.MALFORMED_CERTIFICATE),
                Arguments.of(
                        "nothing but spaces",
                        none().with(ALB_CHAIN, "%20%0A"),
                        CertificateVerdict.MALFORMED_CERTIFICATE),
                Arguments.of("no UTF-8", none().with(ALB_CHAIN, "%ff"), CertificateVerdict.MALFORMED_CERTIFICATE),
                Arguments.of("no encoding", none().with(ALB_CHAIN, "%g0"), CertificateVerdict.MALFORMED_HEADER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passed")
    void answersInPassThroughMode(
            String description, Function<String, List<String>> headers, CertificateVerdict verdict) {
        assertThat(strict(TestCertificates.OLD_ROOT, TestCertificates.NEW_ROOT).check(passing, headers))
                .isEqualTo(verdict);
    }

    @Test
    void passThroughNeedsAuthorities() {
        assertThat(passing.saysVerified()).isFalse();
        assertThat(lenient().check(passing, chain(TestCertificates.client()))).isEqualTo(CertificateVerdict.UNTRUSTED);
    }

    private static RequestHeaders chain(Issued issued) {
        return none().with(ALB_CHAIN, pem(issued.chain()));
    }

    private static String leaf(Issued issued) {
        return urlEncodedByAlb(TestCertificates.pem(issued.certificate()));
    }

    private static String pem(List<X509Certificate> certificates) {
        return urlEncodedByAlb(TestCertificates.pem(certificates));
    }
}
