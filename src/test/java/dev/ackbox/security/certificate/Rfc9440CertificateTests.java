package dev.ackbox.security.certificate;

import static dev.ackbox.security.certificate.RequestHeaders.CLOCK;
import static dev.ackbox.security.certificate.RequestHeaders.none;
import static dev.ackbox.security.certificate.Rfc9440Certificate.CHAIN;
import static dev.ackbox.security.certificate.Rfc9440Certificate.LEAF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.security.TestCertificates;
import dev.ackbox.security.TestCertificates.Issued;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Rfc9440CertificateTests {

    private static final Issued CLIENT = TestCertificates.client();
    private static final String INTERMEDIATE = sequence(TestCertificates.NEW_INTERMEDIATE.certificate());
    private static final String ROOT = sequence(TestCertificates.NEW_ROOT.certificate());
    private static final CertificateVerdict VERIFIED = new CertificateVerdict.Verified(TestCertificates.END);

    private final ForwardedCertificate plain =
            ForwardedCertificate.rfc9440(new ClientCertificateCheck(CommonName.OF_THE_PLATFORM, CLOCK));
    private final ForwardedCertificate validating = ForwardedCertificate.rfc9440(new ClientCertificateCheck(
            CommonName.OF_THE_PLATFORM, ClientCertificateCheckTests.authorities(TestCertificates.NEW_ROOT), CLOCK));

    static Stream<Arguments> requests() {
        String leaf = sequence(CLIENT.certificate());
        return Stream.of(
                Arguments.of("no headers", none(), new CertificateVerdict.Missing()),
                Arguments.of("empty headers", none().with(LEAF, "").with(CHAIN, ""), new CertificateVerdict.Missing()),
                Arguments.of("leaf", none().with(LEAF, leaf), VERIFIED),
                Arguments.of("leaf with spaces around", none().with(LEAF, " " + leaf + " "), VERIFIED),
                Arguments.of("chain", none().with(LEAF, leaf).with(CHAIN, INTERMEDIATE + ", " + ROOT), VERIFIED),
                Arguments.of("chain in two lines", none().with(LEAF, leaf).with(CHAIN, INTERMEDIATE, ROOT), VERIFIED),
                Arguments.of("chain alone", none().with(CHAIN, leaf), refused(RefusalReason.NOTHING_TO_CHECK)),
                Arguments.of(
                        "another",
                        leaf(TestCertificates.clientNamed("CN=client.webhooks.fbclientcerts.com.evil.example")),
                        refused(RefusalReason.OTHER_NAME)),
                Arguments.of("expired", leaf(TestCertificates.expiredClient()), refused(RefusalReason.EXPIRED)),
                Arguments.of(
                        "not yet valid",
                        leaf(TestCertificates.clientNotYetValid()),
                        refused(RefusalReason.NOT_YET_VALID)),
                Arguments.of(
                        "without usage",
                        leaf(TestCertificates.clientWithoutUsage()),
                        refused(RefusalReason.NOT_FOR_CLIENTS)),
                Arguments.of("two leaves", none().with(LEAF, leaf, leaf), refused(RefusalReason.REPEATED_HEADER)),
                Arguments.of(
                        "a list of leaves",
                        none().with(LEAF, leaf + "," + leaf),
                        refused(RefusalReason.MALFORMED_CERTIFICATE)),
                Arguments.of(
                        "no colons",
                        none().with(LEAF, leaf.substring(1, leaf.length() - 1)),
                        refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of("one colon", none().with(LEAF, ":"), refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of("nothing in it", none().with(LEAF, "::"), refused(RefusalReason.MALFORMED_CERTIFICATE)),
                Arguments.of(
                        "PEM",
                        none().with(LEAF, RequestHeaders.urlEncoded(TestCertificates.pem(CLIENT.certificate()))),
                        refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of(
                        "a chain that cannot be read",
                        none().with(LEAF, leaf).with(CHAIN, ":x:"),
                        refused(RefusalReason.MALFORMED_CERTIFICATE)),
                Arguments.of(
                        "longer than any chain",
                        none().with(LEAF, leaf).with(CHAIN, String.join(",", Collections.nCopies(10, INTERMEDIATE))),
                        refused(RefusalReason.TOO_LONG)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void answers(String description, HeaderValues headers, CertificateVerdict verdict) {
        assertThat(plain.verify(headers)).isEqualTo(verdict);
    }

    @Test
    void withAuthoritiesTheChainIsValidated() {
        assertThat(validating.verify(leaf(CLIENT).with(CHAIN, INTERMEDIATE))).isEqualTo(VERIFIED);
        assertThat(validating.verify(leaf(CLIENT))).isEqualTo(refused(RefusalReason.UNTRUSTED));
        assertThat(validating.verify(leaf(TestCertificates.selfSignedClient()).with(CHAIN, INTERMEDIATE)))
                .isEqualTo(refused(RefusalReason.UNTRUSTED));
    }

    private static RequestHeaders leaf(Issued issued) {
        return none().with(LEAF, sequence(issued.certificate()));
    }

    private static String sequence(X509Certificate certificate) {
        return ":" + Base64.getEncoder().encodeToString(TestCertificates.der(certificate)) + ":";
    }

    private static CertificateVerdict refused(RefusalReason reason) {
        return new CertificateVerdict.Refused(reason);
    }
}
