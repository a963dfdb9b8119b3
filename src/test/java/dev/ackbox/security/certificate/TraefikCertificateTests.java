package dev.ackbox.security.certificate;

import static dev.ackbox.security.certificate.RequestHeaders.CLOCK;
import static dev.ackbox.security.certificate.RequestHeaders.none;
import static dev.ackbox.security.certificate.TraefikCertificate.CHAIN;
import static dev.ackbox.security.certificate.TraefikCertificate.INFO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.security.TestCertificates;
import dev.ackbox.security.TestCertificates.Issued;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TraefikCertificateTests {

    private static final String NAME = "Subject=\"CN=client.webhooks.fbclientcerts.com\"";
    private static final CertificateVerdict BY_INFO = new CertificateVerdict.Verified(null);
    private static final CertificateVerdict BY_CERTIFICATE = new CertificateVerdict.Verified(TestCertificates.END);

    private final ForwardedCertificate traefik =
            ForwardedCertificate.traefik(new ClientCertificateCheck(CommonName.OF_THE_PLATFORM, CLOCK));

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("no headers", none(), new CertificateVerdict.Missing()),
                Arguments.of("empty headers", none().with(CHAIN, "").with(INFO, ""), new CertificateVerdict.Missing()),
                Arguments.of("chain", none().with(CHAIN, chain(TestCertificates.client())), BY_CERTIFICATE),
                Arguments.of(
                        "chain, URL-encoded",
                        none().with(CHAIN, encoded(chain(TestCertificates.client()))),
                        BY_CERTIFICATE),
                Arguments.of(
                        "chain, each certificate URL-encoded",
                        none().with(
                                        CHAIN,
                                        encoded(chain(TestCertificates.client()))
                                                .replace("%2C", ",")),
                        BY_CERTIFICATE),
                Arguments.of(
                        "chain with info",
                        none().with(CHAIN, chain(TestCertificates.client())).with(INFO, encoded("NA=\"1\"")),
                        BY_CERTIFICATE),
                Arguments.of("info", none().with(INFO, encoded(NAME)), BY_INFO),
                Arguments.of(
                        "info of a chain",
                        none().with(INFO, encoded(NAME + ",Subject=\"CN=New Intermediate\"")),
                        BY_INFO),
                Arguments.of(
                        "chain of another, info as expected",
                        none().with(CHAIN, chain(TestCertificates.server("evil.example")))
                                .with(INFO, encoded(NAME)),
                        refused(RefusalReason.OTHER_NAME)),
                Arguments.of(
                        "expired",
                        none().with(CHAIN, chain(TestCertificates.expiredClient())),
                        refused(RefusalReason.EXPIRED)),
                Arguments.of(
                        "for servers",
                        none().with(CHAIN, chain(TestCertificates.clientWithUsageOfServers())),
                        refused(RefusalReason.NOT_FOR_CLIENTS)),
                Arguments.of("no Base64", none().with(CHAIN, "a.b"), refused(RefusalReason.MALFORMED_CERTIFICATE)),
                Arguments.of(
                        "no certificate", none().with(CHAIN, "MAA="), refused(RefusalReason.MALFORMED_CERTIFICATE)),
                Arguments.of(
                        "with something behind it",
                        none().with(CHAIN, base64(append(TestCertificates.client()))),
                        refused(RefusalReason.MALFORMED_CERTIFICATE)),
                Arguments.of(
                        "an empty place",
                        none().with(CHAIN, chain(TestCertificates.client()) + ","),
                        refused(RefusalReason.MALFORMED_CERTIFICATE)),
                Arguments.of(
                        "longer than any chain",
                        none().with(CHAIN, String.join(",", Collections.nCopies(11, "MAA="))),
                        refused(RefusalReason.TOO_LONG)),
                Arguments.of(
                        "suffix",
                        none().with(INFO, encoded("Subject=\"CN=client.webhooks.fbclientcerts.com.evil.example\"")),
                        refused(RefusalReason.OTHER_NAME)),
                Arguments.of(
                        "name of the second certificate",
                        none().with(INFO, encoded("Subject=\"CN=evil.example\"," + NAME)),
                        refused(RefusalReason.OTHER_NAME)),
                Arguments.of(
                        "no name of the first",
                        none().with(INFO, encoded("," + NAME)),
                        refused(RefusalReason.MALFORMED_SUBJECT)),
                Arguments.of(
                        "what an organisation can hold",
                        none().with(INFO, encoded("Subject=\"O=x,CN=client.webhooks.fbclientcerts.com\"")),
                        refused(RefusalReason.MALFORMED_SUBJECT)),
                Arguments.of(
                        "more than the subject",
                        none().with(INFO, encoded(NAME + ";NA=\"1\"")),
                        refused(RefusalReason.MALFORMED_SUBJECT)),
                Arguments.of("not encoded as a query", none().with(INFO, "%"), refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of(
                        "twice",
                        none().with(INFO, encoded(NAME), encoded(NAME)),
                        refused(RefusalReason.REPEATED_HEADER)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void answers(String description, HeaderValues headers, CertificateVerdict verdict) {
        assertThat(traefik.verify(headers)).isEqualTo(verdict);
    }

    @Test
    void withAuthoritiesTheChainIsValidatedAndTheInfoIsNotEnough() {
        ForwardedCertificate strict = ForwardedCertificate.traefik(new ClientCertificateCheck(
                CommonName.OF_THE_PLATFORM, ClientCertificateCheckTests.authorities(TestCertificates.NEW_ROOT), CLOCK));
        assertThat(strict.verify(none().with(CHAIN, chain(TestCertificates.client()))))
                .isEqualTo(BY_CERTIFICATE);
        assertThat(strict.verify(none().with(CHAIN, chain(TestCertificates.selfSignedClient()))))
                .isEqualTo(refused(RefusalReason.UNTRUSTED));
        assertThat(strict.verify(none().with(INFO, encoded(NAME)))).isEqualTo(refused(RefusalReason.NOTHING_TO_CHECK));
    }

    private static String chain(Issued issued) {
        return issued.chain().stream()
                .map(certificate -> base64(TestCertificates.der(certificate)))
                .collect(Collectors.joining(","));
    }

    private static byte[] append(Issued issued) {
        byte[] der = TestCertificates.der(issued.certificate());
        return Arrays.copyOf(der, der.length + 1);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static CertificateVerdict refused(RefusalReason reason) {
        return new CertificateVerdict.Refused(reason);
    }
}
