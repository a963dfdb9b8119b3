package dev.ackbox.security.certificate;

import static dev.ackbox.security.certificate.RequestHeaders.lenient;
import static dev.ackbox.security.certificate.RequestHeaders.none;
import static dev.ackbox.security.certificate.RequestHeaders.strict;
import static dev.ackbox.security.certificate.RequestHeaders.urlEncoded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.security.TestCertificates;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NginxCertificateTests {

    private static final String VERIFY = "ssl-client-verify";
    private static final String SUBJECT = "ssl-client-subject-dn";
    private static final String CERTIFICATE = "ssl-client-cert";
    private static final String NAME = "CN=client.webhooks.fbclientcerts.com,O=Meta Platforms\\, Inc.,C=US";
    private static final String PEM =
            urlEncoded(TestCertificates.pem(TestCertificates.client().certificate()));
    private static final String OTHER_PEM = urlEncoded(
            TestCertificates.pem(TestCertificates.clientNamed("CN=evil.example").certificate()));
    private static final String EXPIRED_PEM =
            urlEncoded(TestCertificates.pem(TestCertificates.expiredClient().certificate()));

    private static final CertificateVerdict MISSING = CertificateVerdict.MISSING;
    private static final CertificateVerdict BY_SUBJECT = CertificateVerdict.VERIFIED;
    private static final CertificateVerdict BY_CERTIFICATE = CertificateVerdict.VERIFIED;

    private final ForwardedCertificate nginx = ForwardedCertificate.nginx(VERIFY, SUBJECT, CERTIFICATE);

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("no headers", none(), MISSING),
                Arguments.of("no certificate", none().with(VERIFY, "NONE"), MISSING),
                Arguments.of("empty headers", none().with(VERIFY, "").with(SUBJECT, ""), MISSING),
                Arguments.of("subject", none().with(VERIFY, "SUCCESS").with(SUBJECT, NAME), BY_SUBJECT),
                Arguments.of("certificate", none().with(VERIFY, "SUCCESS").with(CERTIFICATE, PEM), BY_CERTIFICATE),
                Arguments.of(
                        "both",
                        none().with(VERIFY, "SUCCESS").with(SUBJECT, NAME).with(CERTIFICATE, PEM),
                        BY_CERTIFICATE),
                Arguments.of(
                        "failed",
                        none().with(VERIFY, "FAILED:certificate has expired").with(SUBJECT, NAME),
                        CertificateVerdict.NOT_VERIFIED),
                Arguments.of("failed, alone", none().with(VERIFY, "FAILED"), CertificateVerdict.NOT_VERIFIED),
                Arguments.of("state unknown", none().with(SUBJECT, NAME), CertificateVerdict.NOT_VERIFIED),
                Arguments.of(
                        "none, but a subject",
                        none().with(VERIFY, "NONE").with(SUBJECT, NAME),
                        CertificateVerdict.NOT_VERIFIED),
                Arguments.of(
                        "almost success",
                        none().with(VERIFY, "SUCCESSFUL").with(SUBJECT, NAME),
                        CertificateVerdict.NOT_VERIFIED),
                Arguments.of(
                        "lower case",
                        none().with(VERIFY, "success").with(SUBJECT, NAME),
                        CertificateVerdict.NOT_VERIFIED),
                Arguments.of("state alone", none().with(VERIFY, "SUCCESS"), CertificateVerdict.NOTHING_TO_CHECK),
                Arguments.of(
                        "other subject",
                        none().with(VERIFY, "SUCCESS")
                                .with(SUBJECT, "CN=client.webhooks.fbclientcerts.com.evil.example"),
                        CertificateVerdict.OTHER_NAME),
                Arguments.of(
                        "form with slashes ",
                        none().with(VERIFY, "SUCCESS").with(SUBJECT, "/CN=client.webhooks.fbclientcerts.com"),
                        CertificateVerdict.MALFORMED_SUBJECT),
                Arguments.of(
                        "subject and certificate of two",
                        none().with(VERIFY, "SUCCESS")
                                .with(SUBJECT, "CN=evil.example")
                                .with(CERTIFICATE, PEM),
                        CertificateVerdict.CONTRADICTION),
                Arguments.of(
                        "other certificate",
                        none().with(VERIFY, "SUCCESS").with(SUBJECT, NAME).with(CERTIFICATE, OTHER_PEM),
                        CertificateVerdict.OTHER_NAME),
                Arguments.of(
                        "expired certificate",
                        none().with(VERIFY, "SUCCESS").with(SUBJECT, NAME).with(CERTIFICATE, EXPIRED_PEM),
                        CertificateVerdict.EXPIRED),
                Arguments.of(
                        "no PEM",
                        none().with(VERIFY, "SUCCESS").with(CERTIFICATE, "hello"),
                        CertificateVerdict.MALFORMED_CERTIFICATE),
                Arguments.of(
                        "text around PEM",
                        none().with(VERIFY, "SUCCESS").with(CERTIFICATE, "a" + PEM),
                        CertificateVerdict.MALFORMED_CERTIFICATE),
                Arguments.of(
                        "PEM with something else in it",
                        none().with(VERIFY, "SUCCESS").with(CERTIFICATE, PEM.replace("MII", "AAA")),
                        CertificateVerdict.MALFORMED_CERTIFICATE),
                Arguments.of(
                        "cut encoding",
                        none().with(VERIFY, "SUCCESS").with(CERTIFICATE, PEM.substring(0, PEM.length() - 1)),
                        CertificateVerdict.MALFORMED_HEADER),
                Arguments.of(
                        "two states",
                        none().with(VERIFY, "SUCCESS", "SUCCESS").with(SUBJECT, NAME),
                        CertificateVerdict.REPEATED_HEADER),
                Arguments.of(
                        "two subjects",
                        none().with(VERIFY, "SUCCESS").with(SUBJECT, NAME, ""),
                        CertificateVerdict.REPEATED_HEADER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void answers(String description, Function<String, List<String>> headers, CertificateVerdict verdict) {
        assertThat(lenient().check(nginx, headers)).isEqualTo(verdict);
    }

    @Test
    void withAuthoritiesASubjectIsNotEnoughAndTheChainIsValidated() {
        ClientCertificateCheck strict = strict(TestCertificates.NEW_INTERMEDIATE);
        assertThat(strict.check(nginx, none().with(VERIFY, "SUCCESS").with(SUBJECT, NAME)))
                .isEqualTo(CertificateVerdict.NOTHING_TO_CHECK);
        assertThat(strict.check(nginx, none().with(VERIFY, "SUCCESS").with(CERTIFICATE, PEM)))
                .isEqualTo(BY_CERTIFICATE);
        String selfSigned = urlEncoded(
                TestCertificates.pem(TestCertificates.selfSignedClient().certificate()));
        assertThat(strict.check(nginx, none().with(VERIFY, "SUCCESS").with(CERTIFICATE, selfSigned)))
                .isEqualTo(CertificateVerdict.UNTRUSTED);
    }
}
