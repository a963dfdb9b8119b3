package dev.ackbox.security.certificate;

import static dev.ackbox.security.certificate.EnvoyCertificate.HEADER;
import static dev.ackbox.security.certificate.RequestHeaders.CLOCK;
import static dev.ackbox.security.certificate.RequestHeaders.none;
import static dev.ackbox.security.certificate.RequestHeaders.urlEncoded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ackbox.FuzzInputs;
import dev.ackbox.security.TestCertificates;
import dev.ackbox.security.TestCertificates.Issued;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EnvoyCertificateTests {

    private static final String SUBJECT =
            "Subject=\"CN=client.webhooks.fbclientcerts.com,O=Meta Platforms\\, Inc.,C=US\"";
    private static final String OTHER = "Hash=00ff;Subject=\"CN=evil.example\"";
    private static final String SIDECAR = "By=spiffe://cluster.local/ns/ackbox/sa/default;Hash=00ff;Subject=\"\";"
            + "URI=spiffe://cluster.local/ns/istio-system/sa/istio-ingressgateway";
    private static final Issued CLIENT = TestCertificates.client();

    private static final CertificateVerdict MISSING = new CertificateVerdict.Missing();
    private static final CertificateVerdict BY_SUBJECT = new CertificateVerdict.Verified(null);
    private static final CertificateVerdict BY_CERTIFICATE = new CertificateVerdict.Verified(TestCertificates.END);

    private final ClientCertificateCheck check = new ClientCertificateCheck(CommonName.OF_THE_PLATFORM, CLOCK);
    private final ForwardedCertificate envoy = ForwardedCertificate.envoy(1, check);

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("no header", none(), MISSING),
                Arguments.of("empty header", none().with(HEADER, ""), MISSING),
                Arguments.of("subject", none().with(HEADER, SUBJECT), BY_SUBJECT),
                Arguments.of(
                        "all pairs but certificates",
                        none().with(
                                        HEADER,
                                        "By=spiffe://a/b;By=spiffe://a/c;Hash=00ff;" + SUBJECT
                                                + ";URI=;DNS=a.example;DNS=b.example"),
                        BY_SUBJECT),
                Arguments.of(
                        "key in lower case", none().with(HEADER, SUBJECT.replace("Subject", "subject")), BY_SUBJECT),
                Arguments.of("certificate", none().with(HEADER, "Cert=\"" + pem(CLIENT) + "\""), BY_CERTIFICATE),
                Arguments.of("without quotes", none().with(HEADER, "Cert=" + pem(CLIENT)), BY_CERTIFICATE),
                Arguments.of(
                        "everything",
                        none().with(
                                        HEADER,
                                        "Hash=" + hash(CLIENT) + ";Cert=\"" + pem(CLIENT) + "\";Chain=\""
                                                + chain(CLIENT) + "\";" + SUBJECT),
                        BY_CERTIFICATE),
                Arguments.of("the last one counts", none().with(HEADER, OTHER + "," + SUBJECT), BY_SUBJECT),
                Arguments.of("with a space before it", none().with(HEADER, OTHER + ", " + SUBJECT), BY_SUBJECT),
                Arguments.of("of the last line", none().with(HEADER, OTHER, SUBJECT), BY_SUBJECT),
                Arguments.of(
                        "the first one does not",
                        none().with(HEADER, SUBJECT + "," + OTHER),
                        refused(RefusalReason.OTHER_NAME)),
                Arguments.of(
                        "nor the line before", none().with(HEADER, SUBJECT, OTHER), refused(RefusalReason.OTHER_NAME)),
                Arguments.of(
                        "an earlier one that cannot be read spoils all",
                        none().with(HEADER, "rubbish," + SUBJECT),
                        refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of(
                        "suffix",
                        none().with(HEADER, "Subject=\"CN=client.webhooks.fbclientcerts.com.evil.example\""),
                        refused(RefusalReason.OTHER_NAME)),
                Arguments.of(
                        "an element in quotes",
                        none().with(
                                        HEADER,
                                        "Subject=\"CN=evil.example,O=\\\",Subject=\\\"CN=client.webhooks.fbclientcerts.com\""),
                        refused(RefusalReason.OTHER_NAME)),
                Arguments.of(
                        "a pair in quotes",
                        none().with(HEADER, "Subject=\"CN=evil.example,O=a\\;Subject\\=b\""),
                        refused(RefusalReason.OTHER_NAME)),
                Arguments.of(
                        "a backslash before the closing quote",
                        none().with(HEADER, "Subject=\"CN=evil.example,O=a\\\\\";Hash=00"),
                        refused(RefusalReason.OTHER_NAME)),
                Arguments.of(
                        "a quote that ends too early",
                        none().with(HEADER, "Subject=\"CN=client.webhooks.fbclientcerts.com\".evil.example"),
                        refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of(
                        "a quote that does not end",
                        none().with(HEADER, "Subject=\"CN=client.webhooks.fbclientcerts.com"),
                        refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of(
                        "an escape that does not end",
                        none().with(HEADER, "Subject=\"CN=client.webhooks.fbclientcerts.com\\"),
                        refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of(
                        "a quote in a bare value",
                        none().with(HEADER, "Hash=a\"b\";" + SUBJECT),
                        refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of(
                        "two subjects",
                        none().with(HEADER, SUBJECT + ";subject=\"CN=evil.example\""),
                        refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of(
                        "an unknown key",
                        none().with(HEADER, SUBJECT + ";Verified=yes"),
                        refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of("no key", none().with(HEADER, SUBJECT + ";=x"), refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of(
                        "an empty pair", none().with(HEADER, SUBJECT + ";"), refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of(
                        "an empty element",
                        none().with(HEADER, SUBJECT + ","),
                        refused(RefusalReason.MALFORMED_HEADER)),
                Arguments.of("a sidecar's", none().with(HEADER, SIDECAR), refused(RefusalReason.NO_COMMON_NAME)),
                Arguments.of(
                        "neither subject nor certificate",
                        none().with(HEADER, "Hash=00ff;URI=spiffe://a/b"),
                        refused(RefusalReason.NOTHING_TO_CHECK)),
                Arguments.of(
                        "hash of another",
                        none().with(HEADER, "Hash=00ff;Cert=" + pem(CLIENT)),
                        refused(RefusalReason.CONTRADICTION)),
                Arguments.of(
                        "subject of another",
                        none().with(HEADER, "Cert=" + pem(CLIENT) + ";Subject=\"CN=evil.example\""),
                        refused(RefusalReason.CONTRADICTION)),
                Arguments.of(
                        "chain of another",
                        none().with(
                                        HEADER,
                                        "Cert=" + pem(CLIENT) + ";Chain="
                                                + chain(TestCertificates.clientOfOldGeneration())),
                        refused(RefusalReason.CONTRADICTION)),
                Arguments.of(
                        "expired",
                        none().with(HEADER, SUBJECT + ";Cert=" + pem(TestCertificates.expiredClient())),
                        refused(RefusalReason.EXPIRED)),
                Arguments.of(
                        "no certificate in the certificate",
                        none().with(HEADER, SUBJECT + ";Cert=\"\""),
                        refused(RefusalReason.MALFORMED_CERTIFICATE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void answers(String description, HeaderValues headers, CertificateVerdict verdict) {
        assertThat(envoy.verify(headers)).isEqualTo(verdict);
    }

    @Test
    void behindASidecarTheElementBeforeTheLastCounts() {
        ForwardedCertificate sidecar = ForwardedCertificate.envoy(2, check);
        assertThat(sidecar.verify(none().with(HEADER, SUBJECT + "," + SIDECAR))).isEqualTo(BY_SUBJECT);
        assertThat(sidecar.verify(none().with(HEADER, OTHER + "," + SIDECAR)))
                .isEqualTo(refused(RefusalReason.OTHER_NAME));
        assertThat(sidecar.verify(none().with(HEADER, SUBJECT + "," + OTHER + "," + SIDECAR)))
                .isEqualTo(refused(RefusalReason.OTHER_NAME));
        assertThat(sidecar.verify(none().with(HEADER, SIDECAR))).isEqualTo(MISSING);
        assertThatIllegalArgumentException().isThrownBy(() -> ForwardedCertificate.envoy(0, check));
    }

    @Test
    void withAuthoritiesTheChainIsValidatedAndASubjectIsNotEnough() {
        ForwardedCertificate strict = ForwardedCertificate.envoy(
                1,
                new ClientCertificateCheck(
                        CommonName.OF_THE_PLATFORM,
                        ClientCertificateCheckTests.authorities(TestCertificates.NEW_ROOT),
                        CLOCK));
        assertThat(strict.verify(none().with(HEADER, "Chain=\"" + chain(CLIENT) + "\";" + SUBJECT)))
                .isEqualTo(BY_CERTIFICATE);
        assertThat(strict.verify(none().with(HEADER, "Chain=" + chain(TestCertificates.clientOfStranger()))))
                .isEqualTo(refused(RefusalReason.UNTRUSTED));
        assertThat(strict.verify(none().with(HEADER, SUBJECT))).isEqualTo(refused(RefusalReason.NOTHING_TO_CHECK));
    }

    @Test
    void whatFuzzingStartsFromAndHasFoundHolds() throws Exception {
        XfccFuzzTests fuzzing = new XfccFuzzTests();
        for (byte[] input : FuzzInputs.of(XfccFuzzTests.class)) {
            fuzzing.readsAnyHeader(input);
        }
    }

    /** Without one, most of what could go wrong would not be reached. */
    @Test
    void fuzzingStartsFromACertificateThatIsVerified() throws Exception {
        assertThat(FuzzInputs.of(XfccFuzzTests.class))
                .map(input -> envoy.verify(none().with(HEADER, new String(input, StandardCharsets.US_ASCII))))
                .anySatisfy(verdict -> assertThat(verdict)
                        .isInstanceOfSatisfying(
                                CertificateVerdict.Verified.class,
                                verified -> assertThat(verified.notAfter()).isNotNull()));
    }

    private static String pem(Issued issued) {
        return urlEncoded(TestCertificates.pem(issued.certificate()));
    }

    private static String chain(Issued issued) {
        return urlEncoded(TestCertificates.pem(issued.chain()));
    }

    private static String hash(Issued issued) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(TestCertificates.der(issued.certificate())));
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static CertificateVerdict refused(RefusalReason reason) {
        return new CertificateVerdict.Refused(reason);
    }
}
