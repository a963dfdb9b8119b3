package dev.ackbox.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.Payloads;
import dev.ackbox.security.SignatureDiagnosis.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SignatureDiagnosisTests {

    private static final byte[] BODY = Payloads.read("_envelope/escaped_wire_form");

    private static final byte[] NOTHING = {};

    private final AppSecret secret = new AppSecret("current");
    private final SecretList<AppSecret> own = new SecretList<>(AppSecret::new, List.of("current", "previous"));
    private final SignatureDiagnosis diagnosis = new SignatureDiagnosis(
            Map.of("default", own, "other", new SecretList<>(AppSecret::new, List.of("of-other"))),
            Set.of("whatsapp_business_account", "whatsapp_account"));

    @Test
    void noHeaderAtAll() {
        assertThat(diagnosis.ofHeaders(name -> List.of(), NOTHING)).isEqualTo(Reason.HEADER_MISSING);
    }

    @Test
    void onlyTheOlderHeader() {
        assertThat(diagnosis.ofHeaders(
                        name -> name.equals("X-Hub-Signature") ? List.of("sha1=00") : List.of(), NOTHING))
                .isEqualTo(Reason.SHA1_ONLY);
    }

    @Test
    void aHeaderThatAProxyChanged() {
        String header = secret.sign(BODY);
        assertThat(ofHeader("\"" + header + "\"")).isEqualTo(Reason.HEADER_MANGLED);
        assertThat(ofHeader(header.substring(7))).isEqualTo(Reason.HEADER_MANGLED);
        assertThat(ofHeader(header + ", " + header)).isEqualTo(Reason.HEADER_MANGLED);
        assertThat(ofHeader("sha256=")).isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void aSecretOfAnotherEndpoint() {
        assertThat(diagnose(new AppSecret("of-other").sign(BODY), BODY)).isEqualTo(Reason.SECRET_OF_ANOTHER_ENDPOINT);
    }

    @Test
    void aSecretThatHeldBefore() {
        own.replace(List.of("next"));
        assertThat(diagnose(secret.sign(BODY), BODY)).isEqualTo(Reason.SECRET_RETIRED);
    }

    @Test
    void aBodyWithOtherEnds() {
        String text = "{\"a\":1}";
        assertThat(diagnose(secret.sign(bytes(text)), bytes(text + "\n"))).isEqualTo(Reason.BODY_TRIMMED);
        assertThat(diagnose(secret.sign(bytes(text + "\n")), bytes(text))).isEqualTo(Reason.BODY_TRIMMED);
        assertThat(diagnose(secret.sign(bytes(text)), bytes("\uFEFF" + text))).isEqualTo(Reason.BODY_TRIMMED);
    }

    @Test
    void aBodyThatIsCompressed() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(BODY);
        }
        assertThat(diagnose(secret.sign(BODY), zipped.toByteArray())).isEqualTo(Reason.BODY_COMPRESSED);
    }

    @Test
    void aBodyWhoseEscapesWereResolved() {
        String sent = "{\"body\":\"caf\\u00e9 \\ud83c\\udf88\"}";
        assertThat(diagnose(secret.sign(bytes(sent)), bytes("{\"body\":\"caf\u00e9 \ud83c\udf88\"}")))
                .isEqualTo(Reason.BODY_REENCODED);
        assertThat(diagnose(secret.sign(bytes("{\"u\":\"a\\/b\"}")), bytes("{\"u\":\"a/b\"}")))
                .isEqualTo(Reason.BODY_REENCODED);
    }

    @Test
    void aBodyThatWasWrittenAnew() {
        String pretty = new JsonMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(new JsonMapper().readTree("{\"a\":[1,2],\"b\":\"\\u00e9\"}"));
        assertThat(diagnose(secret.sign(bytes("{\"a\":[1,2],\"b\":\"\\u00e9\"}")), bytes(pretty)))
                .isEqualTo(Reason.BODY_RESERIALISED);
    }

    @Test
    void somebodyWhoKnowsNoSecret() {
        assertThat(diagnose(new AppSecret("guessed").sign(NOTHING), NOTHING)).isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void aNotificationOfAnAppWhoseSecretIsNotThere() {
        assertThat(diagnose(new AppSecret("of-a-second-app").sign(BODY), BODY)).isEqualTo(Reason.SECRET_UNKNOWN);
    }

    static Stream<Arguments> wrapped() {
        String json = new String(BODY, StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().encodeToString(BODY);
        String encoded = URLEncoder.encode(json, StandardCharsets.UTF_8);
        return Stream.of(
                Arguments.of(base64, Reason.BODY_BASE64),
                Arguments.of('"' + base64 + '"', Reason.BODY_BASE64),
                Arguments.of(
                        "{\"httpMethod\":\"POST\",\"requestContext\":{},\"body\":\"" + base64 + "\"}",
                        Reason.BODY_IN_EVENT),
                Arguments.of("{\"body\":\"" + base64 + "\",\"isBase64Encoded\":true}", Reason.BODY_IN_EVENT),
                Arguments.of("payload=" + encoded, Reason.BODY_AS_FORM),
                Arguments.of("object=whatsapp_business_account&entry%5B0%5D=1", Reason.BODY_AS_FORM),
                Arguments.of("object=whatsapp_account&entry%5B0%5D=1", Reason.BODY_AS_FORM),
                Arguments.of(encoded + "=", Reason.BODY_AS_FORM),
                Arguments.of("--x\r\nContent-Disposition: form-data; name=\"p\"\r\n\r\n" + json, Reason.BODY_AS_FORM));
    }

    @ParameterizedTest
    @MethodSource("wrapped")
    void aNotificationThatAGatewayWraps(String body, Reason reason) {
        assertThat(diagnosis.ofHeaders(name -> List.of(), bytes(body))).isEqualTo(reason);
        assertThat(diagnose(secret.sign(BODY), bytes(body))).isEqualTo(reason);
    }

    /** Anybody may send these: a diagnosis of each must cost less memory than the body itself has taken. */
    @ParameterizedTest
    @ValueSource(strings = {"{},", "\u00e9", "1,", "\\/", "\"\\u00e9\","})
    void aLargeBodyCostsNothing(String part) {
        byte[] body = bytes("[" + part.repeat((4 << 20) / bytes(part).length) + "0]");
        assertThat(allocatedBy(
                        () -> assertThat(diagnose(secret.sign(BODY), body)).isEqualTo(Reason.UNKNOWN)))
                .isLessThan(body.length);
    }

    /** The length that {@link SignatureDiagnosis#MEMORY_PER_BYTE} promises, for the bodies that cost the most. */
    @ParameterizedTest
    @ValueSource(strings = {"{},", "\u00e9", "1,", "\\/", "\"\\u00e9\",", "[", "\u20ac"})
    void aBodyCostsNoMoreMemoryThanIsStated(String part) {
        byte[] body = bytes("[\"" + part.repeat((SignatureDiagnosis.LARGEST_BODY - 4) / bytes(part).length) + "\"]");
        diagnose(secret.sign(BODY), body);
        assertThat(allocatedBy(() -> diagnose(secret.sign(BODY), body)))
                .isLessThan((long) SignatureDiagnosis.MEMORY_PER_BYTE * body.length);
    }

    @Test
    void aBodyOfMoreThan64KilobytesIsNotLookedInto() {
        String text = "x".repeat(SignatureDiagnosis.LARGEST_BODY);
        assertThat(diagnose(secret.sign(bytes(text.substring(1))), bytes(text.substring(1) + "\n")))
                .isEqualTo(Reason.BODY_TRIMMED);
        assertThat(diagnose(secret.sign(bytes(text)), bytes(text + "\n"))).isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void aSmallBodyThatUnpacksToALargeOneIsNotUnpackedToItsEnd() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(new byte[16 << 20]);
        }
        assertThat(allocatedBy(() -> diagnose(secret.sign(BODY), zipped.toByteArray())))
                .isLessThan(2 << 20);
    }

    private static long allocatedBy(Runnable diagnosis) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        diagnosis.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void numbersAreNotWrittenAnewInAnotherForm() {
        assertThat(diagnose(secret.sign(bytes("{\"a\":1.50E3}")), bytes("{ \"a\" : 1.50E3 }")))
                .isEqualTo(Reason.BODY_RESERIALISED);
    }

    @Test
    void whateverComesIsDiagnosed() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            byte[] body = new byte[random.nextInt(200)];
            random.nextBytes(body);
            assertThat(diagnose(secret.sign(new byte[0]), body)).isNotNull();
        }
    }

    private Reason ofHeader(String header) {
        return diagnosis.ofHeaders(name -> name.equals("X-Hub-Signature-256") ? List.of(header) : List.of(), NOTHING);
    }

    private Reason diagnose(String header, byte[] body) {
        return diagnosis.ofBody("default", header, body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
