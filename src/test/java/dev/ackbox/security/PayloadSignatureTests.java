package dev.ackbox.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ackbox.FuzzInputs;
import dev.ackbox.Payloads;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PayloadSignatureTests {

    private final AppSecret current = new AppSecret("current");
    private final AppSecret previous = new AppSecret("previous");

    /** Computed with another implementation: {@code printf '{"a":1}' | openssl dgst -sha256 -hmac current}. */
    private static final String KNOWN = "0345f0c5dda38f11d7ecbd894261467fe57581ac872c61977a81c93152d4654e";

    @Test
    void signsAsTheRestOfTheWorldDoes() {
        assertThat(current.sign(bytes("{\"a\":1}"))).isEqualTo("sha256=" + KNOWN);
    }

    @Test
    void everySampleIsGenuineWithItsSignatureAndNotWithABitChanged() {
        for (String name : Payloads.in("messages")) {
            byte[] body = Payloads.read(name);
            PayloadSignature signature = parse(current.sign(body));
            assertThat(signature.isOf(body, current)).isTrue();
            body[body.length / 2] ^= 1;
            assertThat(signature.isOf(body, current)).isFalse();
        }
    }

    @Test
    void saysWhichOfSeveralSecretsSigned() {
        byte[] body = bytes("{}");
        SecretList<AppSecret> secrets = new SecretList<>(AppSecret::new, List.of("current", "previous", "oldest"));
        assertThat(parse(current.sign(body)).signedBy(body, secrets)).hasValue("current");
        assertThat(parse(previous.sign(body)).signedBy(body, secrets)).hasValue("previous");
        assertThat(parse(new AppSecret("oldest").sign(body)).signedBy(body, secrets))
                .hasValue("previous-2");
        assertThat(parse(new AppSecret("other").sign(body)).signedBy(body, secrets))
                .isEmpty();
    }

    @Test
    void secretsCanBeExchanged() {
        byte[] body = bytes("{}");
        SecretList<AppSecret> secrets = new SecretList<>(AppSecret::new, List.of("current", "previous"));
        secrets.replace(List.of("next", "current"));
        assertThat(parse(current.sign(body)).signedBy(body, secrets)).hasValue("previous");
        assertThat(parse(previous.sign(body)).signedBy(body, secrets)).isEmpty();
        assertThat(secrets.wasOneOf(secret -> parse(previous.sign(body)).isOf(body, secret)))
                .isTrue();
        assertThat(secrets.toString()).doesNotContain("current").doesNotContain("next");
    }

    @Test
    void acceptsUpperCaseDigits() {
        byte[] body = bytes("{}");
        String header = "sha256=" + current.sign(body).substring(7).toUpperCase(Locale.ROOT);
        assertThat(parse(header).isOf(body, current)).isTrue();
    }

    @Test
    void refusesNoHeaderAndTwoOfThem() {
        String header = current.sign(bytes("{}"));
        assertThat(SignatureScheme.META.parse(List.of())).isEmpty();
        assertThat(SignatureScheme.META.parse(List.of(header, header))).isEmpty();
    }

    @Test
    void anyTextIsRefusedWithoutAnException() {
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder header = new StringBuilder(random.nextBoolean() ? "sha256=" : "");
            int length = random.nextInt(80);
            for (int j = 0; j < length; j++) {
                header.append((char) random.nextInt(0x3000));
            }
            assertThat(SignatureScheme.META.parse(List.of(header.toString()))).isEmpty();
        }
    }

    @Test
    void aGatewaysSignatureMayBeInAnotherHeaderAndEncoding() {
        SignatureScheme gateway = new SignatureScheme("X-Turn-Hook-Signature", "", SignatureScheme.Encoding.BASE64);
        byte[] body = bytes("{}");
        String header = gateway.sign(body, current);
        assertThat(header).hasSize(44).endsWith("=");
        assertThat(gateway.parse(List.of(header)).orElseThrow().isOf(body, current))
                .isTrue();
        assertThat(gateway.parse(List.of(header.substring(0, 43))).orElseThrow().isOf(body, current))
                .isTrue();
        assertThat(gateway.parse(List.of(header.substring(1)))).isEmpty();
        assertThat(gateway.parse(List.of(current.sign(body)))).isEmpty();
    }

    @Test
    void aSecretDoesNotShowItself() {
        assertThat(current.toString()).doesNotContain("current");
        assertThat(new VerifyToken("token-value").toString()).doesNotContain("token-value");
    }

    @Test
    void anEmptySecretOrTokenIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AppSecret(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> new VerifyToken(""));
    }

    @Test
    void aTokenMatchesItselfAlone() {
        VerifyToken token = new VerifyToken("t\u00f6ken");
        assertThat(token.matches("t\u00f6ken")).isTrue();
        assertThat(token.matches("token")).isFalse();
        assertThat(token.matches("")).isFalse();
        assertThat(token.matches("t\u00f6ken ")).isFalse();
    }

    @Test
    void whatFuzzingStartsFromAndHasFoundHolds() throws Exception {
        SignatureHeaderFuzzTests fuzzing = new SignatureHeaderFuzzTests();
        for (byte[] input : FuzzInputs.of(SignatureHeaderFuzzTests.class)) {
            fuzzing.readsAnyHeader(input);
        }
    }

    private static PayloadSignature parse(String header) {
        return SignatureScheme.META.parse(List.of(header)).orElseThrow();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
