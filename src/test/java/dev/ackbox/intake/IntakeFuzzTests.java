package dev.ackbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ackbox.model.json.ChangeReader;
import dev.ackbox.model.json.UnreadablePayloadException;
import java.time.Instant;
import java.util.List;

/** Feeds invented notifications to what cuts and reads them; src/docs/fuzzing.md says how. */
class IntakeFuzzTests {

    private static final Instant RECEIVED_AT = Instant.parse("2026-11-24T10:00:00Z");

    private final ChangeReader reader = new ChangeReader();

    @FuzzTest
    void cutsAndReadsAnyNotification(byte[] body) {
        for (PayloadShape shape : PayloadShape.values()) {
            List<Item> items = NotificationSplitter.split("default", shape.toCloud(body), RECEIVED_AT);
            assertThat(items).isNotEmpty();
            items.forEach(item -> read(item.newRecord().payload()));
        }
    }

    private void read(byte[] payload) {
        try {
            assertThat(reader.read(payload).change().value().toString()).isNotEmpty();
        } catch (UnreadablePayloadException ex) {
            assertThat(ex).hasMessageMatching("The payload .*|value[a-z_.\\[\\]]* is missing or does not fit");
        }
    }
}
