package dev.ackbox.security.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Feeds invented values of {@code X-Forwarded-Client-Cert}; src/docs/fuzzing.md says how. */
class XfccFuzzTests {

    private final ForwardedCertificate envoy =
            ForwardedCertificate.envoy(1, new ClientCertificateCheck(CommonName.OF_THE_PLATFORM, RequestHeaders.CLOCK));

    @FuzzTest
    void readsAnyHeader(byte[] bytes) {
        String header = new String(bytes, StandardCharsets.ISO_8859_1);
        CertificateVerdict verdict = envoy.verify(RequestHeaders.none().with(EnvoyCertificate.HEADER, header));
        if (verdict instanceof CertificateVerdict.Verified verified) {
            if (verified.notAfter() == null) {
                assertThat(header.toLowerCase(Locale.ROOT)).contains("client.webhooks.fbclientcerts.com");
            }
            // What other proxies wrote before changes nothing.
            assertThat(envoy.verify(RequestHeaders.none().with(EnvoyCertificate.HEADER, "Hash=00", header)))
                    .isEqualTo(verdict);
        }
    }
}
