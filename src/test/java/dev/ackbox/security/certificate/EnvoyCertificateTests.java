package dev.ackbox.security.certificate;

import static dev.ackbox.security.certificate.ForwardedCertificate.ENVOY;
import static dev.ackbox.security.certificate.RequestHeaders.none;
import static dev.ackbox.security.certificate.RequestHeaders.strict;
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
import java.util.List;
import java.util.function.Function;
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

    private static final CertificateVerdict MISSING = CertificateVerdict.MISSING;
    /** Envoy does not say that it has verified the certificate whose subject it tells. */
    private static final CertificateVerdict BY_SUBJECT = CertificateVerdict.NOTHING_TO_CHECK;

    private static final CertificateVerdict BY_CERTIFICATE = CertificateVerdict.VERIFIED;

    private final ForwardedCertificate envoy = ForwardedCertificate.envoy(1);

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("no header", none(), MISSING),
                Arguments.of("empty header", none().with(ENVOY, ""), MISSING),
                Arguments.of("subject", none().with(ENVOY, SUBJECT), BY_SUBJECT),
                Arguments.of(
                        "all pairs but certificates",
                        none().with(
                                        ENVOY,
                                        "By=spiffe://a/b;By=spiffe://a/c;Hash=00ff;" + SUBJECT
                                                + ";URI=;DNS=a.example;DNS=b.example"),
                        BY_SUBJECT),
                Arguments.of(
                        "key in lower case", none().with(ENVOY, SUBJECT.replace("Subject", "subject")), BY_SUBJECT),
                Arguments.of("certificate", none().with(ENVOY, "Cert=\"" + pem(CLIENT) + "\""), BY_CERTIFICATE),
                Arguments.of("without quotes", none().with(ENVOY, "Cert=" + pem(CLIENT)), BY_CERTIFICATE),
                Arguments.of(
                        "everything",
                        none().with(
                                        ENVOY,
                                        "Hash=" + hash(CLIENT) + ";Cert=\"" + pem(CLIENT) + "\";Chain=\""
                                                + chain(CLIENT) + "\";" + SUBJECT),
                        BY_CERTIFICATE),
                Arguments.of("the last one counts", none().with(ENVOY, OTHER + "," + SUBJECT), BY_SUBJECT),
                Arguments.of("with a space before it", none().with(ENVOY, OTHER + ", " + SUBJECT), BY_SUBJECT),
                Arguments.of("of the last line", none().with(ENVOY, OTHER, SUBJECT), BY_SUBJECT),
                Arguments.of(
                        "the first one does not",
                        none().with(ENVOY, SUBJECT + "," + OTHER),
                        CertificateVerdict.OTHER_NAME),
                Arguments.of("nor the line before", none().with(ENVOY, SUBJECT, OTHER), CertificateVerdict.OTHER_NAME),
                Arguments.of(
                        "an earlier one that cannot be read spoils all",
                        none().with(ENVOY, "rubbish," + SUBJECT),
                        CertificateVerdict.MALFORMED_HEADER),
                Arguments.of(
                        "suffix",
                        none().with(ENVOY, "Subject=\"CN=client.webhooks.fbclientcerts.com.evil.example\""),
                        CertificateVerdict.OTHER_NAME),
                Arguments.of(
                        "an element in quotes",
                        none().with(
                                        ENVOY,
                                        "Subject=\"CN=evil.example,O=\\\",Subject=\\\"CN=client.webhooks.fbclientcerts.com\""),
                        CertificateVerdict.OTHER_NAME),
                Arguments.of(
                        "a pair in quotes",
                        none().with(ENVOY, "Subject=\"CN=evil.example,O=a\\;Subject\\=b\""),
                        CertificateVerdict.OTHER_NAME),
                Arguments.of(
                        "a backslash before the closing quote",
                        none().with(ENVOY, "Subject=\"CN=evil.example,O=a\\\\\";Hash=00"),
                        CertificateVerdict.OTHER_NAME),
                Arguments.of(
                        "a quote that ends too early",
                        none().with(ENVOY, "Subject=\"CN=client.webhooks.fbclientcerts.com\".evil.example"),
                        CertificateVerdict.MALFORMED_HEADER),
                Arguments.of(
                        "a quote that does not end",
                        none().with(ENVOY, "Subject=\"CN=client.webhooks.fbclientcerts.com"),
                        CertificateVerdict.MALFORMED_HEADER),
                Arguments.of(
                        "an escape that does not end",
                        none().with(ENVOY, "Subject=\"CN=client.webhooks.fbclientcerts.com\\"),
                        CertificateVerdict.MALFORMED_HEADER),
                Arguments.of(
                        "a quote in a bare value",
                        none().with(ENVOY, "Hash=a\"b\";" + SUBJECT),
                        CertificateVerdict.MALFORMED_HEADER),
                Arguments.of(
                        "two subjects",
                        none().with(ENVOY, SUBJECT + ";subject=\"CN=evil.example\""),
                        CertificateVerdict.MALFORMED_HEADER),
                Arguments.of(
                        "an unknown key",
                        none().with(ENVOY, SUBJECT + ";Verified=yes"),
                        CertificateVerdict.MALFORMED_HEADER),
                Arguments.of("no key", none().with(ENVOY, SUBJECT + ";=x"), CertificateVerdict.MALFORMED_HEADER),
                Arguments.of("an empty pair", none().with(ENVOY, SUBJECT + ";"), CertificateVerdict.MALFORMED_HEADER),
                Arguments.of(
                        "an empty element", none().with(ENVOY, SUBJECT + ","), CertificateVerdict.MALFORMED_HEADER),
                Arguments.of("a sidecar's", none().with(ENVOY, SIDECAR), CertificateVerdict.NO_COMMON_NAME),
                Arguments.of(
                        "neither subject nor certificate",
                        none().with(ENVOY, "Hash=00ff;URI=spiffe://a/b"),
                        CertificateVerdict.NOTHING_TO_CHECK),
                Arguments.of(
                        "hash of another",
                        none().with(ENVOY, "Hash=00ff;Cert=" + pem(CLIENT)),
                        CertificateVerdict.CONTRADICTION),
                Arguments.of(
                        "subject of another",
                        none().with(ENVOY, "Cert=" + pem(CLIENT) + ";Subject=\"CN=evil.example\""),
                        CertificateVerdict.CONTRADICTION),
                Arguments.of(
                        "chain of another",
                        none().with(
                                        ENVOY,
                                        "Cert=" + pem(CLIENT) + ";Chain="
                                                + chain(TestCertificates.clientOfOldGeneration())),
                        CertificateVerdict.CONTRADICTION),
                Arguments.of(
                        "expired",
                        none().with(ENVOY, SUBJECT + ";Cert=" + pem(TestCertificates.expiredClient())),
                        CertificateVerdict.EXPIRED),
                Arguments.of(
                        "no certificate in the certificate",
                        none().with(ENVOY, SUBJECT + ";Cert=\"\""),
                        CertificateVerdict.MALFORMED_CERTIFICATE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void answers(String description, Function<String, List<String>> headers, CertificateVerdict verdict) {
        assertThat(strict().check(envoy, headers)).isEqualTo(verdict);
    }

    @Test
    void behindASidecarTheElementBeforeTheLastCounts() {
        ForwardedCertificate sidecar = ForwardedCertificate.envoy(2);
        assertThat(strict().check(sidecar, none().with(ENVOY, SUBJECT + "," + SIDECAR)))
                .isEqualTo(BY_SUBJECT);
        assertThat(strict().check(sidecar, none().with(ENVOY, OTHER + "," + SIDECAR)))
                .isEqualTo(CertificateVerdict.OTHER_NAME);
        assertThat(strict().check(sidecar, none().with(ENVOY, SUBJECT + "," + OTHER + "," + SIDECAR)))
                .isEqualTo(CertificateVerdict.OTHER_NAME);
        assertThat(strict().check(sidecar, none().with(ENVOY, SIDECAR))).isEqualTo(MISSING);
        assertThatIllegalArgumentException().isThrownBy(() -> ForwardedCertificate.envoy(0));
    }

    @Test
    void withAuthoritiesTheChainIsValidatedAndASubjectIsNotEnough() {
        ClientCertificateCheck strict = strict(TestCertificates.NEW_ROOT);
        assertThat(strict.check(envoy, none().with(ENVOY, "Chain=\"" + chain(CLIENT) + "\";" + SUBJECT)))
                .isEqualTo(BY_CERTIFICATE);
        assertThat(strict.check(envoy, none().with(ENVOY, "Chain=" + chain(TestCertificates.clientOfStranger()))))
                .isEqualTo(CertificateVerdict.UNTRUSTED);
        assertThat(strict.check(envoy, none().with(ENVOY, SUBJECT))).isEqualTo(CertificateVerdict.NOTHING_TO_CHECK);
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
                .anySatisfy(input -> assertThat(
                                envoy.read(none().with(ENVOY, new String(input, StandardCharsets.US_ASCII)))
                                        .chain())
                        .isNotEmpty());
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
}
