package dev.ackbox.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ackbox.Payloads;
import dev.ackbox.SampleChanges;
import dev.ackbox.model.UnknownValue;
import dev.ackbox.model.UnknownWord;
import dev.ackbox.model.history.HistoryValue;
import dev.ackbox.model.json.UnknownPart.Kind;
import dev.ackbox.model.messages.Content;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.MessageStatus;
import dev.ackbox.model.messages.MessagesValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that are meant to break the reader: it reads them, or says that they are unreadable, and soon. */
@Tag("slow")
@Timeout(10)
class ReaderAttackTests {

    /** As large as a payload of the platform may be. */
    private static final int LARGEST = 3_000_000;

    private final ChangeReader reader = new ChangeReader();

    static Stream<String> numbers() {
        return Stream.of(
                "1e999999999",
                "-1e999999999",
                "1e-999999999",
                "0e999999999",
                "1e2147483647",
                "1e99999999999",
                "9".repeat(999),
                "-9223372036854775809",
                "\"1e999999999\"",
                "\"-31557014167219200\"",
                "\"+999999999-12-31T23:59:59Z\"",
                "\"NaN\"",
                "\"Infinity\"",
                "\"0x10\"",
                "\"" + "9".repeat(LARGEST) + "\"",
                "\"" + "0".repeat(LARGEST) + "\"",
                "\"0." + "9".repeat(LARGEST) + "\"",
                "\"1e" + "9".repeat(LARGEST) + "\"",
                "\"T" + "9".repeat(LARGEST) + "\"",
                "\"" + " ".repeat(LARGEST) + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[{\"id\":\"a\",\"type\":\"unknown\",\"errors\":[{\"code\":%s}]}]}",
                "{\"messages\":[{\"id\":\"a\",\"type\":\"order\",\"order\":{\"product_items\":[{\"item_price\":%s}]}}]}",
                "{\"messages\":[{\"id\":\"a\",\"type\":\"unknown\",\"timestamp\":%s}]}",
                "{\"messages\":[{\"id\":\"a\",\"type\":%s}]}",
                "{\"messages\":[{\"id\":\"a\",\"type\":\"unknown\",\"context\":{\"forwarded\":%s}}]}"
            })
    void aNumberMayBeAnything(String value) {
        numbers().forEach(number -> readOrUnreadable(messages(value.formatted(number))));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aTemplateIdMayBeAnything(String number) {
        readOrUnreadable(Payloads.change(
                "message_template_status_update",
                "{\"message_template_id\":" + number + ",\"message_template_name\":\"a\",\"event\":\"PAUSED\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "\"1e-999999999\"", "1e1000"})
    void aPriceThatNobodyCanCalculateWithDoesNotFit(String price) throws Exception {
        ReadChange read = reader.read(messages(
                "{\"messages\":[{\"id\":\"a\",\"type\":\"order\",\"order\":{\"product_items\":[{\"item_price\":" + price
                        + "}]}}]}"));
        assertThat(read.unknown()).extracting(UnknownPart::kind).containsExactly(Kind.MISFIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0000000001", "1e20", "\"-33.86\"", "12345678901234567890.123456789"})
    void aPriceThatIsOnlyOddIsExact(String price) throws Exception {
        MessagesValue value = (MessagesValue) reader.read(messages(
                        "{\"messages\":[{\"id\":\"a\",\"type\":\"order\",\"order\":{\"product_items\":[{\"item_price\":"
                                + price + "}]}}]}"))
                .change()
                .value();
        assertThat(((Content.Order) value.messages().get(0).content())
                        .productItems()
                        .get(0)
                        .itemPrice())
                .isEqualByComparingTo(new BigDecimal(price.replace("\"", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "-31557014167219200",
                "9223372036854775807",
                "\"+999999999-12-31T23:59:59Z\"",
                "\"-999999999-01-01T00:00:00Z\""
            })
    void aTimeThatNobodyCanCalculateWithDoesNotFit(String time) throws Exception {
        ReadChange read = reader.read(
                messages("{\"messages\":[{\"id\":\"a\",\"type\":\"unknown\",\"timestamp\":" + time + "}]}"));
        assertThat(read.unknown()).extracting(UnknownPart::kind).containsExactly(Kind.MISFIT);
    }

    @Test
    void nestingHasAnEnd() {
        for (String open : List.of("[", "{\"a\":", "{\"messages\":[")) {
            readOrUnreadable(bytes(open.repeat(LARGEST / open.length())));
            readOrUnreadable(messages(open.repeat(1_000)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void anEditMayBeOfAnEdit(int levels) throws Exception {
        ReadChange read = reader.read(messages("{\"messages\":[" + edits(levels, "{\"type\":\"unknown\"}") + "]}"));
        assertThat(read.change().value()).isInstanceOf(MessagesValue.class);
        assertThat(read.unknown()).isEmpty();
    }

    @Test
    void anEditOfTooManyEditsDoesNotFit() {
        String cards = "[" + repeat("{\"a\":1}", 300_000) + "]";
        byte[] payload =
                messages("{\"messages\":[" + edits(200, "{\"type\":\"contacts\",\"contacts\":" + cards + "}") + "]}");
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> reader.read(payload))
                .satisfies(ex -> assertThat(ex).message().hasSizeLessThan(400));
    }

    @Test
    void whatIsUnknownMayBeDeepAndOften() throws Exception {
        String cards = "[" + repeat("{\"a\":1}", 300_000) + "]";
        ReadChange read = reader.read(
                messages("{\"messages\":[" + edits(20, "{\"type\":\"contacts\",\"contacts\":" + cards + "}") + "]}"));
        assertThat(read.unknown()).hasSize(1);
    }

    @Test
    void aHistoryMayHaveANewPropertyOnEachMessage() throws Exception {
        String messages = IntStream.range(0, 40_000)
                .mapToObj(i -> "{\"id\":\"a\",\"type\":\"text\",\"text\":{\"body\":\"b\"},\"p" + letters(i) + "\":1}")
                .collect(Collectors.joining(","));
        ReadChange read = reader.read(
                Payloads.change("history", "{\"history\":[{\"threads\":[{\"messages\":[" + messages + "]}]}]}"));
        assertThat(((HistoryValue) read.change().value())
                        .history()
                        .get(0)
                        .threads()
                        .get(0)
                        .messages())
                .hasSize(40_000);
        assertThat(read.unknown()).hasSize(1_000);
    }

    @Test
    void anObjectMayHaveAsManyNewPropertiesAsFit() throws Exception {
        String properties = IntStream.range(0, 200_000)
                .mapToObj(i -> "\"p" + letters(i) + "\":1")
                .collect(Collectors.joining(","));
        assertThat(reader.read(messages("{" + properties + "}")).unknown()).hasSize(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "1"})
    void aHistoryMayBeOfNothing(String nothing) throws Exception {
        ReadChange read = reader.read(Payloads.change(
                "history", "{\"history\":[{\"threads\":[{\"messages\":[" + repeat(nothing, 1_000_000) + "]}]}]}"));
        assertThat(((HistoryValue) read.change().value())
                        .history()
                        .get(0)
                        .threads()
                        .get(0)
                        .messages())
                .isEmpty();
        assertThat(read.leftOut()).isEqualTo(1_000_000);
        assertThat(read.unknown()).hasSize(1);
    }

    @Test
    void aListOfItemsMayNotBeOfNothing() {
        for (String nothing : List.of("null", "[]", "1", "{}")) {
            assertThatExceptionOfType(UnreadablePayloadException.class)
                    .isThrownBy(() -> reader.read(messages("{\"messages\":[" + repeat(nothing, 1_000_000) + "]}")))
                    .withMessageStartingWith("value.messages[]");
        }
    }

    @Test
    void ofTwoPropertiesOfOneNameNoneIsDropped() {
        for (byte[] payload : List.of(
                messages("{\"messages\":[{\"id\":\"a\",\"type\":\"text\",\"id\":\"b\"}]}"),
                messages("{\"messages\":[{\"id\":\"a\"}],\"messages\":[{\"id\":\"b\"}]}"),
                bytes("{\"entry\":[],\"entry\":[]}"))) {
            assertThatExceptionOfType(UnreadablePayloadException.class)
                    .isThrownBy(() -> reader.read(payload))
                    .withMessageStartingWith("The payload repeats a property");
        }
    }

    @Test
    void ofSeveralEntriesOrChangesNoneIsDropped() {
        String change = "{\"field\":\"messages\",\"value\":{\"a\":1}}";
        String entry = "{\"changes\":[" + change + "]}";
        for (String entries : List.of(entry + "," + entry, "{\"changes\":[" + change + "," + change + "]}")) {
            assertThatExceptionOfType(UnreadablePayloadException.class)
                    .isThrownBy(() -> reader.read(bytes("{\"entry\":[" + entries + "]}")))
                    .withMessage("entry[] has several entries or changes in one record");
        }
    }

    @Test
    void aNameMayBeLong() throws Exception {
        readOrUnreadable(messages("{\"" + "a".repeat(1_000_000) + "\":1}"));
        assertThat(reader.read(messages("{\"" + "a".repeat(40_000) + "\":1}")).unknown())
                .containsExactly(new UnknownPart(Kind.PROPERTY, "value.?", "number"));
        String type = "{\"id\":\"a\",\"type\":\"%1$s\",\"%1$s\":{}}".formatted("a ".repeat(20_000));
        assertThat(reader.read(messages("{\"messages\":[" + type + "]}")).unknown())
                .containsExactly(new UnknownPart(Kind.TYPE, "value.messages[].type", "?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"id", "type", "errors", "context", "referral", "identity", "content", "__proto__", "constructor"
            })
    void aTypeMayBeTheNameOfSomethingElse(String type) throws Exception {
        ReadChange read =
                reader.read(messages("{\"messages\":[{\"type\":\"" + type + "\",\"id\":\"a\",\"errors\":[{}]}]}"));
        Message message = ((MessagesValue) read.change().value()).messages().get(0);
        assertThat(message.type()).isEqualTo(new UnknownWord<>(type));
        assertThat(message.id()).isEqualTo("a");
        assertThat(message.content()).isNull();
        assertThat(read.unknown()).extracting(UnknownPart::kind).containsExactly(Kind.TYPE);
    }

    @Test
    void contentThatAKnownTypeHasNotIsNoted() throws Exception {
        ReadChange read = reader.read(messages(
                "{\"messages\":[{\"id\":\"a\",\"type\":\"request_welcome\",\"request_welcome\":{\"secret\":1}}]}"));
        assertThat(((MessagesValue) read.change().value()).messages().get(0).content())
                .isInstanceOf(Content.Unknown.class);
        assertThat(read.unknown()).extracting(UnknownPart::kind).containsExactly(Kind.PROPERTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00\\ud800", "\\u0000", "\\uffff", "\\ud83d\\ude00"})
    void aTextMayHoldAnyCodeUnit(String text) throws Exception {
        ReadChange read = reader.read(messages("{\"messages\":[{\"type\":\"%1$s\",\"id\":\"%1$s\"}]}".formatted(text)));
        assertThat(((MessagesValue) read.change().value()).messages().get(0).id())
                .isNotEmpty();
        assertThat(read.unknown()).containsExactly(new UnknownPart(Kind.TYPE, "value.messages[].type", "?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "az", "lt", "ar-SA-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai"})
    void theMachineMayBeAnywhere(String language) throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            ReadChange read = new ChangeReader()
                    .read(
                            messages(
                                    "{\"messages\":[{\"id\":\"a\",\"type\":\"IMAGE\",\"IMAGE\":{\"mime_type\":\"image/png\"},"
                                            + "\"timestamp\":\"2026-11-16T08:32:27+0000\"}],\"statuses\":[{\"id\":\"a\",\"status\":\"fAiled\"}]}"));
            MessagesValue value = (MessagesValue) read.change().value();
            assertThat(((Content.Image) value.messages().get(0).content()).mimeType())
                    .isEqualTo("image/png");
            assertThat(value.statuses().get(0).status()).isEqualTo(MessageStatus.FAILED);
            assertThat(read.unknown()).isEmpty();
            assertThat(new UnknownPart(Kind.MISFIT, "", "").kind().tag()).isEqualTo("misfit");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "1",
                "\"a\"",
                "[]",
                "[[]]",
                "{\"entry\":{}}",
                "{\"entry\":[[]]}",
                "{\"entry\":[{\"changes\":[[]]}]}",
                "{\"entry\":[{\"id\":{},\"time\":[],\"changes\":[{\"field\":{},\"value\":{\"a\":1}}]}],\"object\":[]}",
                "{\"entry\":[{\"id\":1e999999999,\"time\":1e999999999,"
                        + "\"changes\":[{\"field\":1e999999999,\"value\":{\"a\":1}}]}]}"
            })
    void theEnvelopeMayBeAnything(String payload) throws Exception {
        assertThat(reader.read(bytes(payload)).change().value()).isInstanceOf(UnknownValue.class);
    }

    @Test
    void noTextShowsWhatCame() throws Exception {
        String secret = "Nadia 12065550177";
        for (String payload : List.of(
                "{\"object\":\"SECRET\",\"entry\":[{\"id\":\"SECRET\",\"SECRET\":1,"
                        + "\"changes\":[{\"field\":\"SECRET\",\"value\":{\"SECRET\":1}}]}]}",
                new String(Payloads.change("SECRET", "{\"SECRET\":1}"), StandardCharsets.UTF_8),
                new String(
                        messages(
                                "{\"SECRET\":1,\"messages\":[{\"id\":\"a\",\"type\":\"SECRET\",\"SECRET\":{\"SECRET\":1}},"
                                        + "{\"id\":\"a\",\"type\":\"interactive\","
                                        + "\"interactive\":{\"type\":\"SECRET\",\"SECRET\":[\"SECRET\"]}}]}"),
                        StandardCharsets.UTF_8),
                new String(
                        messages("{\"messages\":[{\"id\":\"a\",\"type\":\"unknown\",\"timestamp\":\"SECRET\"}]}"),
                        StandardCharsets.UTF_8))) {
            ReadChange read = reader.read(bytes(payload.replace("SECRET", secret)));
            assertThat(read.toString()).doesNotContain("Nadia").doesNotContain("1206555");
            assertThat(read.change().value().toString()).doesNotContain("Nadia");
        }
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> reader.read(bytes("{\"" + secret + "\":" + secret)))
                .withMessageNotContaining("Nadia")
                .withNoCause();
    }

    @Test
    @Timeout(60)
    void aBrokenPayloadIsReadOrUnreadable() {
        Random random = new Random(20_261_124);
        for (SampleChanges.Sample sample : SampleChanges.typed()) {
            byte[] whole = sample.bytes();
            for (int i = 0; i < 30; i++) {
                byte[] broken = whole.clone();
                for (int j = random.nextInt(3); j >= 0; j--) {
                    broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
                }
                readOrUnreadable(broken);
            }
        }
    }

    private void readOrUnreadable(byte[] payload) {
        long begin = System.nanoTime();
        try {
            assertThat(reader.read(payload).change().toString()).hasSizeLessThan(200);
        } catch (UnreadablePayloadException ex) {
            assertThat(ex).message().hasSizeLessThan(200);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    /** A message that is an edit of an edit and so on, of the innermost message. */
    private static String edits(int levels, String innermost) {
        String edits = "{\"type\":\"edit\",\"edit\":{\"message\":".repeat(levels) + innermost + "}}".repeat(levels);
        return edits.replaceFirst("\\{", "{\"id\":\"a\",");
    }

    private static String repeat(String element, int times) {
        return (element + ",").repeat(times - 1) + element;
    }

    /** A name for each number, of letters: long numbers do not look like a name. */
    private static String letters(int number) {
        return Integer.toString(number, 26)
                .chars()
                .map(digit -> digit <= '9' ? digit - '0' + 'a' : digit - 'a' + 'k')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static byte[] messages(String value) {
        return Payloads.change("messages", value);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
