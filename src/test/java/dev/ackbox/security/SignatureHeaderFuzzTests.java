package dev.ackbox.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Feeds invented signature headers; src/docs/fuzzing.md says how. */
class SignatureHeaderFuzzTests {

    private static final SignatureScheme GATEWAY = new SignatureScheme("X-Sig", "", SignatureScheme.Encoding.BASE64);

    private final AppSecret secret = new AppSecret("secret");

    @FuzzTest
    void readsAnyHeader(byte[] bytes) {
        String header = new String(bytes, StandardCharsets.ISO_8859_1);
        if (SignatureScheme.META.parse(List.of(header)).isPresent()) {
            assertThat(header).matches("sha256=[0-9A-Fa-f]{64}");
        }
        GATEWAY.parse(List.of(header))
                .ifPresent(
                        signature -> assertThat(signature.isOf(bytes, secret)).isFalse());
    }
}
