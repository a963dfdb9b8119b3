package dev.ackbox.security.certificate;

import static dev.ackbox.security.certificate.RequestHeaders.CLOCK;
import static dev.ackbox.security.certificate.RequestHeaders.none;
import static dev.ackbox.security.certificate.RequestHeaders.urlEncoded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.security.TestCertificates;
import dev.ackbox.security.TestCertificates.Issued;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the headers of every proxy. */
class HostileHeadersTests {

    private static final Issued CLIENT = TestCertificates.client();
    private static final ClientCertificateCheck CHECK = new ClientCertificateCheck(CommonName.OF_THE_PLATFORM, CLOCK);
    private static final ClientCertificateCheck VALIDATING_CHECK = new ClientCertificateCheck(
            CommonName.OF_THE_PLATFORM, ClientCertificateCheckTests.authorities(TestCertificates.NEW_ROOT), CLOCK);

    static Stream<Arguments> formats() {
        String subject = "CN=client.webhooks.fbclientcerts.com";
        String leaf = urlEncoded(TestCertificates.pem(CLIENT.certificate()));
        String chain = urlEncoded(TestCertificates.pem(CLIENT.chain()));
        String base64 = Base64.getEncoder().encodeToString(TestCertificates.der(CLIENT.certificate()));
        ForwardedCertificate nginx = ForwardedCertificate.nginx(NginxHeaders.OF_INGRESS, CHECK);
        return Stream.of(
                Arguments.of(verified(nginx), NginxHeaders.OF_INGRESS.subject(), subject),
                Arguments.of(verified(nginx), NginxHeaders.OF_INGRESS.certificate(), leaf),
                Arguments.of(ForwardedCertificate.albVerify(CHECK), AlbVerifiedCertificate.SUBJECT, subject),
                Arguments.of(ForwardedCertificate.albVerify(CHECK), AlbVerifiedCertificate.LEAF, leaf),
                Arguments.of(ForwardedCertificate.albPassThrough(VALIDATING_CHECK), AlbPassedCertificate.CHAIN, chain),
                Arguments.of(
                        ForwardedCertificate.envoy(1, CHECK),
                        EnvoyCertificate.HEADER,
                        "Subject=\"" + subject + "\";Cert=\"" + leaf + "\""),
                Arguments.of(ForwardedCertificate.traefik(CHECK), TraefikCertificate.CHAIN, base64),
                Arguments.of(
                        ForwardedCertificate.traefik(CHECK),
                        TraefikCertificate.INFO,
                        urlEncoded("Subject=\"" + subject + "\"")),
                Arguments.of(ForwardedCertificate.rfc9440(CHECK), Rfc9440Certificate.LEAF, ":" + base64 + ":"));
    }

    private static ForwardedCertificate verified(ForwardedCertificate nginx) {
        String state = NginxHeaders.OF_INGRESS.verify();
        return headers ->
                nginx.verify(name -> name.equals(state) ? Stream.of("SUCCESS").toList() : headers.of(name));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("formats")
    void anOversizedHeaderIsRefused(ForwardedCertificate format, String name, String value) {
        assertThat(format.verify(none().with(name, value))).isInstanceOf(CertificateVerdict.Verified.class);
        assertThat(format.verify(none().with(name, value + " ".repeat(Headers.MAX_LENGTH))))
                .isEqualTo(new CertificateVerdict.Refused(RefusalReason.TOO_LONG));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("formats")
    void aControlCharacterIsRefused(ForwardedCertificate format, String name, String value) {
        for (String control : new String[] {"\0", "\t", "\r\n ", "\u007f", "\u0085"}) {
            assertThat(format.verify(none().with(name, value + control)))
                    .isEqualTo(new CertificateVerdict.Refused(RefusalReason.CONTROL_CHARACTER));
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("formats")
    void aValueWithCharactersChangedIsNeverAnException(ForwardedCertificate format, String name, String value) {
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
            CertificateVerdict verdict = format.verify(none().with(name, changed.toString()));
            assertThat(verdict.toString())
                    .matches("Verified\\[notAfter=.{4,20}]|Missing\\[]|Refused\\[reason=[A-Z_]+]");
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("formats")
    void aValueOfNothingButOneCharacterIsNeverAnException(ForwardedCertificate format, String name, String value) {
        for (String character :
                new String[] {"\"", ",", ";", "=", "\\", "%", ":", "/", "+", "#", "-", "a=\"", "\\\\,"}) {
            String filled = character.repeat(Headers.MAX_LENGTH / character.length());
            assertThat(format.verify(none().with(name, filled))).isInstanceOf(CertificateVerdict.Refused.class);
        }
    }
}
