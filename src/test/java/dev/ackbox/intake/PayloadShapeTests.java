package dev.ackbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.Payloads;
import dev.ackbox.inbox.Lane;
import dev.ackbox.model.json.ChangeReader;
import dev.ackbox.model.json.ReadChange;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.MessagesValue;
import dev.ackbox.model.messages.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications that come without an envelope. */
class PayloadShapeTests {

    private static final Instant RECEIVED_AT = Instant.parse("2026-11-24T10:00:00Z");

    private final ChangeReader reader = new ChangeReader();

    static List<String> bodies() {
        return Payloads.in("on_premises");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void eachComesToARecordThatIsReadLikeOneOfThePlatform(String body) throws Exception {
        List<Item> items = split(Payloads.read(body));
        assertThat(items).hasSize(1);
        assertThat(items.get(0).newRecord().field()).isEqualTo("messages");
        ReadChange read = reader.read(items.get(0).newRecord().payload());
        assertThat(read.change().value()).isInstanceOf(MessagesValue.class);
        assertThat(read.unknown()).isEmpty();
        assertThat(new String(items.get(0).newRecord().payload(), StandardCharsets.UTF_8))
                .contains(new String(Payloads.read(body), StandardCharsets.UTF_8).strip());
    }

    @Test
    void itsOwnNamesStandWhereThePlatformsDo() throws Exception {
        MessagesValue warning = value("on_premises/status_warning");
        assertThat(warning.statuses().get(0).errors().get(0).details()).isEqualTo("One item is missing");
        MessagesValue errors = value("on_premises/errors");
        assertThat(errors.errors().get(0).href()).startsWith("https://");
        Status sent = value("on_premises/status_sent_conversation").statuses().get(0);
        assertThat(sent.conversation().expirationTimestamp()).isEqualTo(Instant.ofEpochSecond(1_690_086_900));
        assertThat(sent.pricing().billable()).isTrue();
    }

    @Test
    void severalItemsAreCutAndKeepTheirOrderByUser() {
        List<Item> items = split(
                ("{\"contacts\":[{\"wa_id\":\"1\"},{\"wa_id\":\"2\"}],\"messages\":[{\"id\":\"a\",\"from\":\"1\"},"
                                + "{\"id\":\"b\",\"from\":\"2\"}],\"statuses\":[{\"id\":\"c\",\"status\":\"read\",\"recipient_id\":\"1\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(items)
                .extracting(item -> item.newRecord().lane())
                .containsExactly(Lane.CHANGES, Lane.CHANGES, Lane.STATUSES);
        assertThat(items)
                .extracting(item -> item.newRecord().conversation())
                .containsExactly("archive//1", "archive//2", "archive//1");
    }

    @Test
    void aRedeliveryIsKnown() {
        byte[] body = Payloads.read("on_premises/text_full");
        assertThat(split(body).get(0).newRecord().key())
                .isEqualTo(split(body).get(0).newRecord().key());
    }

    @Test
    void whatHasAnEnvelopeIsKeptAsItCame() {
        byte[] body = Payloads.read("messages/text_full");
        assertThat(PayloadShape.ON_PREMISES.toCloud(body)).isSameAs(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{", "{}]", "\"text\""})
    void whatIsNoObjectIsKeptAsItCame(String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        assertThat(PayloadShape.ON_PREMISES.toCloud(body)).isSameAs(body);
        assertThat(split(body)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void anEndpointOfThePlatformKeepsThemAsTheyCame(String body) {
        assertThat(PayloadShape.CLOUD.toCloud(Payloads.read(body))).isEqualTo(Payloads.read(body));
    }

    private MessagesValue value(String body) throws Exception {
        byte[] payload = split(Payloads.read(body)).get(0).newRecord().payload();
        MessagesValue value = (MessagesValue) reader.read(payload).change().value();
        assertThat(value.messages()).allSatisfy(message -> assertThat(message).isInstanceOf(Message.class));
        return value;
    }

    private static List<Item> split(byte[] body) {
        return NotificationSplitter.split("archive", PayloadShape.ON_PREMISES.toCloud(body), RECEIVED_AT);
    }
}
