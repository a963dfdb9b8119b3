package dev.ackbox.security.certificate;

import static dev.ackbox.security.certificate.RequestHeaders.CLOCK;
import static dev.ackbox.security.certificate.RequestHeaders.none;
import static dev.ackbox.security.certificate.RequestHeaders.urlEncoded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ackbox.security.TestCertificates;
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

    private static final CertificateVerdict MISSING = new CertificateVerdict.Missing();
    private static final CertificateVerdict BY_SUBJECT = new CertificateVerdict.Verified(null);
    private static final CertificateVerdict BY_CERTIFICATE = new CertificateVerdict.Verified(TestCertificates.END);

    private final ClientCertificateCheck check = new ClientCertificateCheck(CommonName.OF_THE_PLATFORM, CLOCK);
    private final ForwardedCertificate nginx = ForwardedCertificate.nginx(NginxHeaders.OF_INGRESS, check);

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
                        refused(RefusalReason.NOT_VERIFIED)),
                Arguments.of("failed, alone", none().with(VERIFY, "FAILED"), refused(RefusalReason.NOT_VERIFIED)),
                Arguments.of("state unknown", none().with(SUBJECT, NAME), refused(RefusalReason.NOT_VERIFIED)),
                Arguments.of(
                        "none, but a subject",
                        none().with(VERIFY, "NONE").with(SUBJECT, NAME),
                        refused(RefusalReason.NOT_VERIFIED)),
                Arguments.of(
                        "almost success",
                        none().with(VERIFY, "SUCCESSFUL").with(SUBJECT, NAME),
                        refused(RefusalReason.NOT_VERIFIED)),
                Arguments.of(
                        "lower case",
                        none().with(VERIFY, "success").with(SUBJECT, NAME),
                        refused(RefusalReason.NOT_VERIFIED)),
                Arguments.of("state alone", none().with(VERIFY, "SUCCESS"), refused(RefusalReason.NOTHING_TO_CHECK)),
                Arguments.of(
                        "other subject",
                        none().with(VERIFY, "SUCCESS")
                                .with(SUBJECT, "CN=client.webhooks.fbclientcerts.com.evil.example"),
                        refused(RefusalReason.OTHER_NAME)),
                Arguments.of(
                        "form with slashes where it is not configured",
                        none().with(VERIFY, "SUCCESS").with(SUBJECT, "/CN=client.webhooks.fbclientcerts.com"),
                        refused(RefusalReason.MALFORMED_SUBJECT)),
                Arguments.of(
                        "subject and certificate of two",
                        none().with(VERIFY, "SUCCESS")
                                .with(SUBJECT, "CN=evil.example")
                                .with(CERTIFICATE, PEM),
                        refused(RefusalReason.CONTRADICTION)),
                Arguments.of(
                        "other certificate",
                        none().with(VERIFY, "SUCCESS").with(SUBJECT, NAME).with(CERTIFICATE, OTHER_PEM),
                        refused(RefusalReason.OTHER_NAME)),
                Arguments.of(
                        "expired certificate",
                        none().with(VERIFY, "SUCCESS").with(SUBJECT, NAME).with(CERTIFICATE, EXPIRED_PEM),
                        refused(RefusalReason.EXPIRED)),
                Arguments.of(
                        "no PEM",
                        none().with(VERIFY, "SUCCESS").with(CERTIFICATE, "hello"),
                        refused(RefusalReason.MALFORMED_CERTIFICATE)),
                Arguments.of(
                        "text around PEM",
                        none().with(VERIFY, "SUCCESS").with(CERTIFICATE, "a" + PEM),
                        refused(RefusalReason.MALFORMED_CERTIFICATE)),
                Arguments.of(
                        "PEM with something else in it",
                        none().with(VERIFY, "SUCCESS").with(CERTIFICATE, PEM.replace("MII", "AAA")),
                        refused(RefusalReason.MALFORMED_CERTIFICATE)),
                Arguments.of(
                        "cut encoding",
                        none().with(VERIFY, "SUCCESS").with(CERTIFICATE, PEM.substring(0, PEM.length() - 1)),
                        refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of(
                        "two states",
                        none().with(VERIFY, "SUCCESS", "SUCCESS").with(SUBJECT, NAME),
                        refused(RefusalReason.REPEATED_HEADER)),
                Arguments.of(
                        "two subjects",
                        none().with(VERIFY, "SUCCESS").with(SUBJECT, NAME, ""),
                        refused(RefusalReason.REPEATED_HEADER)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void answers(String description, HeaderValues headers, CertificateVerdict verdict) {
        assertThat(nginx.verify(headers)).isEqualTo(verdict);
    }

    @Test
    void readsTheOlderFormWithSlashesWhereConfigured() {
        ForwardedCertificate old =
                ForwardedCertificate.nginx(new NginxHeaders("X-Verify", "X-Subject", null, true), check);
        RequestHeaders state = none().with("x-verify", "SUCCESS");
        assertThat(old.verify(state.with("x-subject", "/C=US/O=Meta/CN=client.webhooks.fbclientcerts.com")))
                .isEqualTo(BY_SUBJECT);
        assertThat(old.verify(none().with("x-verify", "SUCCESS").with("x-subject", NAME)))
                .isEqualTo(refused(RefusalReason.MALFORMED_SUBJECT));
    }

    @Test
    void withAuthoritiesASubjectIsNotEnoughAndTheChainIsValidated() {
        ForwardedCertificate strict = ForwardedCertificate.nginx(
                NginxHeaders.OF_INGRESS,
                new ClientCertificateCheck(
                        CommonName.OF_THE_PLATFORM,
                        ClientCertificateCheckTests.authorities(TestCertificates.NEW_INTERMEDIATE),
                        CLOCK));
        assertThat(strict.verify(none().with(VERIFY, "SUCCESS").with(SUBJECT, NAME)))
                .isEqualTo(refused(RefusalReason.NOTHING_TO_CHECK));
        assertThat(strict.verify(none().with(VERIFY, "SUCCESS").with(CERTIFICATE, PEM)))
                .isEqualTo(BY_CERTIFICATE);
        String selfSigned = urlEncoded(
                TestCertificates.pem(TestCertificates.selfSignedClient().certificate()));
        assertThat(strict.verify(none().with(VERIFY, "SUCCESS").with(CERTIFICATE, selfSigned)))
                .isEqualTo(refused(RefusalReason.UNTRUSTED));
    }

    @Test
    void somethingHasToBeForwarded() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NginxHeaders("X-Verify", null, null, false));
    }

    private static CertificateVerdict refused(RefusalReason reason) {
        return new CertificateVerdict.Refused(reason);
    }
}
