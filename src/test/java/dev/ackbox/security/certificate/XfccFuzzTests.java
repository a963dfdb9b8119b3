package dev.ackbox.security.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ackbox.security.TestCertificates;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Feeds invented values of {@code X-Forwarded-Client-Cert}; src/docs/fuzzing.md says how. */
class XfccFuzzTests {

    private final ForwardedCertificate envoy = ForwardedCertificate.envoy(1);

    @FuzzTest
    void readsAnyHeader(byte[] bytes) {
        String header = new String(bytes, StandardCharsets.ISO_8859_1);
        Object presented = read(header);
        if (presented instanceof Presented certificate) {
            if (certificate.commonName() != null) {
                assertThat(certificate.verified()).isFalse();
                if (certificate.commonName().equalsIgnoreCase(TestCertificates.CLIENT_NAME)) {
                    assertThat(header.toLowerCase(Locale.ROOT)).contains(TestCertificates.CLIENT_NAME);
                }
            }
            // What other proxies wrote before changes nothing.
            assertThat(read("Hash=00", header)).isEqualTo(presented);
        }
        CertificateVerdict verdict = RequestHeaders.strict().check(envoy, headers(header));
        assertThat(verdict == CertificateVerdict.VERIFIED && !(presented instanceof Presented))
                .isFalse();
    }

    /** What is presented, or the verdict. */
    private Object read(String... lines) {
        try {
            Presented presented = envoy.read(headers(lines));
            return presented == null ? CertificateVerdict.MISSING : presented;
        } catch (RejectedException ex) {
            return ex.verdict();
        }
    }

    private static RequestHeaders headers(String... lines) {
        return RequestHeaders.none().with(ForwardedCertificate.ENVOY, lines);
    }
}
