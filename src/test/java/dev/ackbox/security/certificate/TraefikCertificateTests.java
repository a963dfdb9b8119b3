package dev.ackbox.security.certificate;

import static dev.ackbox.security.certificate.ForwardedCertificate.TRAEFIK_CHAIN;
import static dev.ackbox.security.certificate.ForwardedCertificate.TRAEFIK_INFO;
import static dev.ackbox.security.certificate.RequestHeaders.none;
import static dev.ackbox.security.certificate.RequestHeaders.strict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.security.TestCertificates;
import dev.ackbox.security.TestCertificates.Issued;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TraefikCertificateTests {

    private static final String NAME = "Subject=\"CN=client.webhooks.fbclientcerts.com\"";
    /** Traefik does not say that it has verified the certificate. */
    private static final CertificateVerdict BY_INFO = CertificateVerdict.NOTHING_TO_CHECK;

    private static final CertificateVerdict BY_CERTIFICATE = CertificateVerdict.VERIFIED;

    private final ForwardedCertificate traefik = ForwardedCertificate.traefik();

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("no headers", none(), CertificateVerdict.MISSING),
                Arguments.of(
                        "empty headers",
                        none().with(TRAEFIK_CHAIN, "").with(TRAEFIK_INFO, ""),
                        CertificateVerdict.MISSING),
                Arguments.of("chain", none().with(TRAEFIK_CHAIN, chain(TestCertificates.client())), BY_CERTIFICATE),
                Arguments.of(
                        "chain, URL-encoded",
                        none().with(TRAEFIK_CHAIN, encoded(chain(TestCertificates.client()))),
                        BY_CERTIFICATE),
                Arguments.of(
                        "chain, each certificate URL-encoded",
                        none().with(
                                        TRAEFIK_CHAIN,
                                        encoded(chain(TestCertificates.client()))
                                                .replace("%2C", ",")),
                        BY_CERTIFICATE),
                Arguments.of(
                        "chain with info",
                        none().with(TRAEFIK_CHAIN, chain(TestCertificates.client()))
                                .with(TRAEFIK_INFO, encoded("NA=\"1\"")),
                        BY_CERTIFICATE),
                Arguments.of("info", none().with(TRAEFIK_INFO, encoded(NAME)), BY_INFO),
                Arguments.of(
                        "info of a chain",
                        none().with(TRAEFIK_INFO, encoded(NAME + ",Subject=\"CN=New Intermediate\"")),
                        BY_INFO),
                Arguments.of(
                        "chain of another, info as expected",
                        none().with(TRAEFIK_CHAIN, chain(TestCertificates.server("evil.example")))
                                .with(TRAEFIK_INFO, encoded(NAME)),
                        CertificateVerdict.OTHER_NAME),
                Arguments.of(
                        "expired",
                        none().with(TRAEFIK_CHAIN, chain(TestCertificates.expiredClient())),
                        CertificateVerdict.EXPIRED),
                Arguments.of(
                        "for servers",
                        none().with(TRAEFIK_CHAIN, chain(TestCertificates.clientWithUsageOfServers())),
                        CertificateVerdict.NOT_FOR_CLIENTS),
                Arguments.of("no Base64", none().with(TRAEFIK_CHAIN, "a.b"), CertificateVerdict.MALFORMED_CERTIFICATE),
                Arguments.of(
                        "no certificate", none().with(TRAEFIK_CHAIN, "MAA="), CertificateVerdict.MALFORMED_CERTIFICATE),
                Arguments.of(
                        "with something behind it",
                        none().with(TRAEFIK_CHAIN, base64(append(TestCertificates.client()))),
                        CertificateVerdict.MALFORMED_CERTIFICATE),
                Arguments.of(
                        "an empty place",
                        none().with(TRAEFIK_CHAIN, chain(TestCertificates.client()) + ","),
                        CertificateVerdict.MALFORMED_CERTIFICATE),
                Arguments.of(
                        "longer than any chain",
                        none().with(TRAEFIK_CHAIN, String.join(",", Collections.nCopies(11, "MAA="))),
                        CertificateVerdict.TOO_LONG),
                Arguments.of(
                        "suffix",
                        none().with(
                                        TRAEFIK_INFO,
                                        encoded("Subject=\"CN=client.webhooks.fbclientcerts.com.evil.example\"")),
                        BY_INFO),
                Arguments.of(
                        "name of the second certificate",
                        none().with(TRAEFIK_INFO, encoded("Subject=\"CN=evil.example\"," + NAME)),
                        BY_INFO),
                Arguments.of("no name of the first", none().with(TRAEFIK_INFO, encoded("," + NAME)), BY_INFO),
                Arguments.of(
                        "what an organisation can hold",
                        none().with(TRAEFIK_INFO, encoded("Subject=\"O=x,CN=client.webhooks.fbclientcerts.com\"")),
                        BY_INFO),
                Arguments.of("more than the subject", none().with(TRAEFIK_INFO, encoded(NAME + ";NA=\"1\"")), BY_INFO),
                Arguments.of("not encoded as a query", none().with(TRAEFIK_INFO, "%"), BY_INFO),
                Arguments.of(
                        "twice",
                        none().with(TRAEFIK_INFO, encoded(NAME), encoded(NAME)),
                        CertificateVerdict.REPEATED_HEADER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void answers(String description, Function<String, List<String>> headers, CertificateVerdict verdict) {
        assertThat(strict().check(traefik, headers)).isEqualTo(verdict);
    }

    @Test
    void withAuthoritiesTheChainIsValidatedAndTheInfoIsNotEnough() {
        ClientCertificateCheck strict = strict(TestCertificates.NEW_ROOT);
        assertThat(strict.check(traefik, none().with(TRAEFIK_CHAIN, chain(TestCertificates.client()))))
                .isEqualTo(BY_CERTIFICATE);
        assertThat(strict.check(traefik, none().with(TRAEFIK_CHAIN, chain(TestCertificates.selfSignedClient()))))
                .isEqualTo(CertificateVerdict.UNTRUSTED);
        assertThat(strict.check(traefik, none().with(TRAEFIK_INFO, encoded(NAME))))
                .isEqualTo(CertificateVerdict.NOTHING_TO_CHECK);
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
}
