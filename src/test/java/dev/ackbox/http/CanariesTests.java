package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

class CanariesTests {

    static Stream<String> forms() {
        return Stream.of(
                        Canaries.text("name"),
                        Canaries.PHONE,
                        "+" + Canaries.PHONE,
                        Canaries.USER_ID,
                        Canaries.LATITUDE,
                        Canaries.wamid(7),
                        Canaries.VERIFY_TOKEN,
                        Canaries.PASSWORD)
                .flatMap(CanariesTests::formsOf);
    }

    private static Stream<String> formsOf(String canary) {
        byte[] bytes = canary.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                canary,
                canary.toUpperCase(Locale.ROOT),
                URLEncoder.encode(canary, StandardCharsets.UTF_8),
                HexFormat.of().withUpperCase().formatHex(bytes),
                Arrays.toString(bytes),
                JsonMapper.builder()
                        .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                        .build()
                        .writeValueAsString(canary),
                base64("" + canary),
                base64("u" + canary + "?"),
                base64("us" + canary + "?="),
                base64("use" + canary));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void areFoundWhateverHasBeenMadeOfThem(String form) {
        assertThat(Canaries.in("before " + form + " after")).isNotEmpty();
    }

    @Test
    void areNotFoundWhereTheyAreNot() {
        assertThat(Canaries.in("Endpoint default rejects with 401: unknown; 1794800427 sha256=0123456789abcdef"))
                .isEmpty();
    }
}
