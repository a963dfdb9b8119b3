package dev.ackbox.security.certificate;

import static dev.ackbox.security.certificate.ForwardedCertificate.RFC9440_CHAIN;
import static dev.ackbox.security.certificate.ForwardedCertificate.RFC9440_LEAF;
import static dev.ackbox.security.certificate.RequestHeaders.none;
import static dev.ackbox.security.certificate.RequestHeaders.strict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.security.TestCertificates;
import dev.ackbox.security.TestCertificates.Issued;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Rfc9440CertificateTests {

    private static final Issued CLIENT = TestCertificates.client();
    private static final String INTERMEDIATE = sequence(TestCertificates.NEW_INTERMEDIATE.certificate());
    private static final String ROOT = sequence(TestCertificates.NEW_ROOT.certificate());
    private static final CertificateVerdict VERIFIED = CertificateVerdict.VERIFIED;

    private final ForwardedCertificate proxy = ForwardedCertificate.rfc9440();

    static Stream<Arguments> requests() {
        String leaf = sequence(CLIENT.certificate());
        return Stream.of(
                Arguments.of("no headers", none(), CertificateVerdict.MISSING),
                Arguments.of(
                        "empty headers",
                        none().with(RFC9440_LEAF, "").with(RFC9440_CHAIN, ""),
                        CertificateVerdict.MISSING),
                Arguments.of("leaf", none().with(RFC9440_LEAF, leaf), VERIFIED),
                Arguments.of("leaf with spaces around", none().with(RFC9440_LEAF, " " + leaf + " "), VERIFIED),
                Arguments.of(
                        "chain",
                        none().with(RFC9440_LEAF, leaf).with(RFC9440_CHAIN, INTERMEDIATE + ", " + ROOT),
                        VERIFIED),
                Arguments.of(
                        "chain in two lines",
                        none().with(RFC9440_LEAF, leaf).with(RFC9440_CHAIN, INTERMEDIATE, ROOT),
                        VERIFIED),
                Arguments.of("chain alone", none().with(RFC9440_CHAIN, leaf), CertificateVerdict.NOTHING_TO_CHECK),
                Arguments.of(
                        "another",
                        leaf(TestCertificates.clientNamed("CN=client.webhooks.fbclientcerts.com.evil.example")),
                        CertificateVerdict.OTHER_NAME),
                Arguments.of("expired", leaf(TestCertificates.expiredClient()), CertificateVerdict.EXPIRED),
                Arguments.of(
                        "not yet valid", leaf(TestCertificates.clientNotYetValid()), CertificateVerdict.NOT_YET_VALID),
                Arguments.of(
                        "without usage",
                        leaf(TestCertificates.clientWithoutUsage()),
                        CertificateVerdict.NOT_FOR_CLIENTS),
                Arguments.of("two leaves", none().with(RFC9440_LEAF, leaf, leaf), CertificateVerdict.REPEATED_HEADER),
                Arguments.of(
                        "a list of leaves",
                        none().with(RFC9440_LEAF, leaf + "," + leaf),
                        CertificateVerdict.MALFORMED_CERTIFICATE),
                Arguments.of(
                        "no colons",
                        none().with(RFC9440_LEAF, leaf.substring(1, leaf.length() - 1)),
                        CertificateVerdict.MALFORMED_HEADER),
                Arguments.of("one colon", none().with(RFC9440_LEAF, ":"), CertificateVerdict.MALFORMED_HEADER),
                Arguments.of(
                        "nothing in it", none().with(RFC9440_LEAF, "::"), CertificateVerdict.MALFORMED_CERTIFICATE),
                Arguments.of(
                        "PEM",
                        none().with(
                                        RFC9440_LEAF,
                                        RequestHeaders.urlEncoded(TestCertificates.pem(CLIENT.certificate()))),
                        CertificateVerdict.MALFORMED_HEADER),
                Arguments.of(
                        "a chain that cannot be read",
                        none().with(RFC9440_LEAF, leaf).with(RFC9440_CHAIN, ":x:"),
                        CertificateVerdict.MALFORMED_CERTIFICATE),
                Arguments.of(
                        "longer than any chain",
                        none().with(RFC9440_LEAF, leaf)
                                .with(RFC9440_CHAIN, String.join(",", Collections.nCopies(10, INTERMEDIATE))),
                        CertificateVerdict.TOO_LONG));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void answers(String description, Function<String, List<String>> headers, CertificateVerdict verdict) {
        assertThat(strict().check(proxy, headers)).isEqualTo(verdict);
    }

    @Test
    void withAuthoritiesTheChainIsValidated() {
        assertThat(strict(TestCertificates.NEW_ROOT).check(proxy, leaf(CLIENT).with(RFC9440_CHAIN, INTERMEDIATE)))
                .isEqualTo(VERIFIED);
        assertThat(strict(TestCertificates.NEW_ROOT).check(proxy, leaf(CLIENT)))
                .isEqualTo(CertificateVerdict.UNTRUSTED);
        assertThat(strict(TestCertificates.NEW_ROOT)
                        .check(proxy, leaf(TestCertificates.selfSignedClient()).with(RFC9440_CHAIN, INTERMEDIATE)))
                .isEqualTo(CertificateVerdict.UNTRUSTED);
    }

    private static RequestHeaders leaf(Issued issued) {
        return none().with(RFC9440_LEAF, sequence(issued.certificate()));
    }

    private static String sequence(X509Certificate certificate) {
        return ":" + Base64.getEncoder().encodeToString(TestCertificates.der(certificate)) + ":";
    }
}
