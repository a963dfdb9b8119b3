package dev.ackbox.security.certificate;

import static dev.ackbox.security.certificate.RequestHeaders.lenient;
import static dev.ackbox.security.certificate.RequestHeaders.none;
import static dev.ackbox.security.certificate.RequestHeaders.strict;
import static dev.ackbox.security.certificate.RequestHeaders.urlEncoded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.security.TestCertificates;
import dev.ackbox.security.TestCertificates.Issued;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the headers of every proxy. */
class HostileHeadersTests {

    private static final Issued CLIENT = TestCertificates.client();

    static Stream<Arguments> formats() {
        String subject = "CN=client.webhooks.fbclientcerts.com";
        String leaf = urlEncoded(TestCertificates.pem(CLIENT.certificate()));
        String chain = urlEncoded(TestCertificates.pem(CLIENT.chain()));
        String base64 = Base64.getEncoder().encodeToString(TestCertificates.der(CLIENT.certificate()));
        ForwardedCertificate nginx = ForwardedCertificate.nginx("verify", "subject", "certificate");
        return Stream.of(
                Arguments.of(lenient(), nginx, "subject", subject),
                Arguments.of(lenient(), nginx, "certificate", leaf),
                Arguments.of(lenient(), ForwardedCertificate.albVerify(), ForwardedCertificate.ALB_SUBJECT, subject),
                Arguments.of(lenient(), ForwardedCertificate.albVerify(), ForwardedCertificate.ALB_LEAF, leaf),
                Arguments.of(strict(), ForwardedCertificate.albPassThrough(), ForwardedCertificate.ALB_CHAIN, chain),
                Arguments.of(
                        strict(),
                        ForwardedCertificate.envoy(1),
                        ForwardedCertificate.ENVOY,
                        "Subject=\"" + subject + "\";Cert=\"" + leaf + "\""),
                Arguments.of(strict(), ForwardedCertificate.traefik(), ForwardedCertificate.TRAEFIK_CHAIN, base64),
                Arguments.of(
                        strict(),
                        ForwardedCertificate.rfc9440(),
                        ForwardedCertificate.RFC9440_LEAF,
                        ":" + base64 + ":"));
    }

    /** The header alone, and with nginx the state. */
    private static Function<String, List<String>> headers(String name, String value) {
        return none().with("verify", "SUCCESS").with(name, value);
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("formats")
    void anOversizedHeaderIsRefused(
            ClientCertificateCheck check, ForwardedCertificate format, String name, String value) {
        assertThat(check.check(format, headers(name, value))).isEqualTo(CertificateVerdict.VERIFIED);
        assertThat(check.check(format, headers(name, value + " ".repeat(Headers.MAX_LENGTH))))
                .isEqualTo(CertificateVerdict.TOO_LONG);
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("formats")
    void aControlCharacterIsRefused(
            ClientCertificateCheck check, ForwardedCertificate format, String name, String value) {
        for (String control : new String[] {"\0", "\t", "\r\n ", "\u007f", "\u0085"}) {
            assertThat(check.check(format, headers(name, value + control)))
                    .isEqualTo(CertificateVerdict.CONTROL_CHARACTER);
        }
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("formats")
    void aValueWithCharactersChangedIsNeverAnException(
            ClientCertificateCheck check, ForwardedCertificate format, String name, String value) {
        Random random = new Random(11);
        String alphabet = "\",;=\\%:/+#-Aa0 \u212a\ud800\u00e9";
        for (int i = 0; i < 500; i++) {
            StringBuilder changed = new StringBuilder(value);
            for (int j = random.nextInt(4); j >= 0; j--) {
                int position = random.nextInt(changed.length());
                switch (random.nextInt(3)) {
                    case 0 -> changed.setCharAt(position, alphabet.charAt(random.nextInt(alphabet.length())));
                    case 1 -> changed.insert(position, alphabet.charAt(random.nextInt(alphabet.length())));
                    default -> changed.setLength(Math.max(1, position));
                }
            }
            CertificateVerdict verdict = check.check(format, headers(name, changed.toString()));
            assertThat(verdict).isNotNull();
        }
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("formats")
    void aValueOfNothingButOneCharacterIsNeverAnException(
            ClientCertificateCheck check, ForwardedCertificate format, String name, String value) {
        for (String character :
                new String[] {"\"", ",", ";", "=", "\\", "%", ":", "/", "+", "#", "-", "a=\"", "\\\\,"}) {
            String filled = character.repeat(Headers.MAX_LENGTH / character.length());
            assertThat(check.check(format, headers(name, filled)))
                    .isNotIn(CertificateVerdict.VERIFIED, CertificateVerdict.MISSING);
        }
    }
}
