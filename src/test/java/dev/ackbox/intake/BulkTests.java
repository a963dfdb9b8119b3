package dev.ackbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.Payloads;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which records go through the lane for bulk. */
class BulkTests {

    private static final Instant RECEIVED_AT = Instant.parse("2026-11-22T10:00:00.123Z");
    private static final int LARGE = 256 * 1024;

    static List<String> history() {
        return Payloads.in("history");
    }

    @ParameterizedTest
    @MethodSource("history")
    void historyIsBulk(String name) {
        assertThat(only(Payloads.read(name)).lane()).isEqualTo(Lane.BULK);
    }

    @ParameterizedTest
    @CsvSource({"messages, CHANGES", "statuses, STATUSES"})
    void whateverIsLargeIsBulk(String array, Lane otherwise) {
        assertThat(only(ofLength(array, LARGE)).lane()).isEqualTo(otherwise);
        assertThat(only(ofLength(array, LARGE + 1)).lane()).isEqualTo(Lane.BULK);
    }

    @Test
    void whatIsLargeAndUnreadableIsBulk() {
        assertThat(only(new byte[LARGE]).lane()).isEqualTo(Lane.CHANGES);
        assertThat(only(new byte[LARGE + 1]).lane()).isEqualTo(Lane.BULK);
    }

    @Test
    void smallPiecesOfALargeNotificationAreNot() {
        String text = "x".repeat(200_000);
        assertThat(split(notification(
                        "messages",
                        "\"messages\":[{\"id\":\"a\",\"text\":\"" + text + "\"},{\"id\":\"b\",\"text\":\"" + text
                                + "\"}]")))
                .extracting(NewRecord::lane)
                .containsExactly(Lane.CHANGES, Lane.CHANGES);
    }

    private static byte[] ofLength(String array, int length) {
        String members = "\"%s\":[{\"id\":\"a\",\"text\":\"%s\"}]";
        int rest = notification("messages", members.formatted(array, "")).length;
        return notification("messages", members.formatted(array, "x".repeat(length - rest)));
    }

    private static NewRecord only(byte[] body) {
        List<NewRecord> records = split(body);
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static List<NewRecord> split(byte[] body) {
        return NotificationSplitter.split("default", body, RECEIVED_AT).stream()
                .map(Item::newRecord)
                .toList();
    }

    private static byte[] notification(String field, String members) {
        return envelope(
                "{\"field\":\"" + field + "\",\"value\":{\"metadata\":{\"phone_number_id\":\"318\"}," + members + "}}");
    }

    private static byte[] envelope(String changes) {
        return ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"211\",\"changes\":[" + changes + "]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
