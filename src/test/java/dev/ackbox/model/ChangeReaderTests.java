package dev.ackbox.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ackbox.Payloads;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeReaderTests {

    private final ChangeReader reader = new ChangeReader();

    @Test
    void aTextHasAllThatCame() throws Exception {
        Change<?> change = reader.read(Payloads.read("messages/text_full"));
        assertThat(change.object()).isEqualTo("whatsapp_business_account");
        assertThat(change.field()).isEqualTo("messages");
        MessagesValue value = (MessagesValue) change.value();
        assertThat(value.metadata().phoneNumberId()).isNotBlank();
        assertThat(value.contacts().get(0).profile().name()).isNotBlank();
        TextMessage message = (TextMessage) value.messages().get(0);
        assertThat(message.id()).startsWith("wamid.");
        assertThat(message.timestamp()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(message.type()).isEqualTo("text");
        assertThat(message.text().body()).isNotBlank();
        assertThat(change.json().path("messages").path(0).path("id").asString()).isEqualTo(message.id());
    }

    @Test
    void aFailedStatusHasItsError() throws Exception {
        MessagesValue value = (MessagesValue)
                reader.read(Payloads.read("messages/status_failed_full")).value();
        Status status = value.statuses().get(0);
        assertThat(status.status()).isEqualTo(StatusWord.Known.FAILED);
        assertThat(status.timestamp()).isNotNull();
        assertThat(status.errors().get(0).code()).isPositive();
        assertThat(status.errors().get(0).errorData().details()).isNotBlank();
    }

    @Test
    void nothingPersonalShowsItself() throws Exception {
        MessagesValue text =
                (MessagesValue) reader.read(Payloads.read("messages/text_full")).value();
        MessagesValue failed = (MessagesValue)
                reader.read(Payloads.read("messages/status_failed_full")).value();
        Contact.Profile profile = text.contacts().get(0).profile();
        TextMessage.Text written = ((TextMessage) text.messages().get(0)).text();
        PlatformError error = failed.statuses().get(0).errors().get(0);
        assertThat(profile.toString()).doesNotContain(profile.name());
        assertThat(written.toString()).doesNotContain(written.body());
        assertThat(text.metadata().toString())
                .doesNotContain(text.metadata().displayPhoneNumber())
                .contains(text.metadata().phoneNumberId());
        assertThat(error + " " + error.errorData())
                .contains(String.valueOf(error.code()))
                .doesNotContain(error.errorData().details());
    }

    static List<String> messages() {
        return Payloads.in("messages");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everySampleOfMessagesIsTyped(String name) throws Exception {
        assertThat(reader.read(Payloads.read(name)).value()).isInstanceOf(MessagesValue.class);
    }

    @Test
    void aMessageOfANewTypeKeepsItsJson() throws Exception {
        Change<?> change = reader.read(Payloads.read("messages/future_type"));
        Message message = ((MessagesValue) change.value()).messages().get(0);
        assertThat(message).isInstanceOf(UnknownMessage.class);
        assertThat(message.id()).isNotBlank();
        assertThat(change.json().path("messages").path(0).has(message.type())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "_envelope/unknown_field, FIELD",
        "_envelope/change_without_value, NO_VALUE",
        "_envelope/empty_entry, NO_CHANGE",
        "_envelope/empty_changes, NO_CHANGE",
        "_envelope/other_product, OBJECT"
    })
    void whatHasNoTypeIsUnknownAndWhole(String name, UnknownValue.Reason reason) throws Exception {
        Change<?> change = reader.read(Payloads.read(name));
        UnknownValue value = (UnknownValue) change.value();
        assertThat(value.reason()).isEqualTo(reason);
        assertThat(value.json()).isEqualTo(change.json());
        assertThat(value.json().isEmpty()).isFalse();
    }

    @Test
    void whatDoesNotFitIsUnknownAndWhole() throws Exception {
        Change<?> change = reader.read(value("{\"messages\":[{\"id\":\"a\",\"type\":\"text\",\"text\":[1]}]}"));
        assertThat(((UnknownValue) change.value()).reason()).isEqualTo(UnknownValue.Reason.MISFIT);
        assertThat(change.json().path("messages").size()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[{\"type\":\"text\",\"timestamp\":1794817947}]}",
                "{\"messages\":[{\"type\":\"text\",\"timestamp\":\"1794817947\"}]}",
                "{\"messages\":[{\"type\":\"text\",\"timestamp\":1794817947000}]}",
                "{\"messages\":[{\"type\":\"text\",\"timestamp\":\"2026-11-16T08:32:27Z\"}]}"
            })
    void aTimeIsReadInEachForm(String value) throws Exception {
        Message message =
                ((MessagesValue) reader.read(value(value)).value()).messages().get(0);
        assertThat(message.timestamp()).isEqualTo(Instant.ofEpochSecond(1_794_817_947));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"messages\":null,\"statuses\":null,\"contacts\":null,\"errors\":null,\"metadata\":null}",
                "{\"messages\":[null],\"statuses\":[null]}",
                "{\"messages\":[{}]}",
                "{\"messages\":[{\"type\":null}]}",
                "{\"messages\":[{\"id\":5,\"from\":12065550177,\"type\":\"text\",\"text\":{\"body\":7}}]}",
                "{\"statuses\":[{\"status\":\"READ\",\"pricing\":{\"billable\":\"true\"},\"errors\":[{\"code\":\"131026\"}]}]}",
                "{\"statuses\":[{\"status\":\"never heard of\",\"new\":{\"a\":[1]}}]}"
            })
    void whatIsAbsentNullOrWrittenAnotherWayIsTyped(String value) throws Exception {
        assertThat(reader.read(value(value)).value()).isInstanceOf(MessagesValue.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} x", "not json"})
    void whatIsNotJsonIsSaidToBe(String payload) {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> reader.read(payload.getBytes(StandardCharsets.UTF_8)))
                .withMessageNotContaining("not json");
    }

    @Test
    void contentIsNotInTexts() throws Exception {
        Change<?> change = reader.read(Payloads.read("messages/text_full"));
        MessagesValue value = (MessagesValue) change.value();
        TextMessage message = (TextMessage) value.messages().get(0);
        assertThat(change.toString() + value + message + value.contacts().get(0))
                .doesNotContain(message.text().body())
                .doesNotContain(message.id())
                .doesNotContain(message.from());
    }

    private static byte[] value(String value) {
        return ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"messages\","
                        + "\"value\":" + value + "}]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
