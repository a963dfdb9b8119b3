package dev.ackbox.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.SampleChanges;
import dev.ackbox.SampleChanges.Sample;
import dev.ackbox.model.json.ChangeReader;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.MessageStatus;
import dev.ackbox.model.messages.MessagesValue;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Any mapper of Jackson writes the model, and reads back what it has written. */
class JacksonTests {

    private final JsonMapper json = new JsonMapper();
    private final ChangeReader reader = new ChangeReader();

    @Test
    void everyValueIsWrittenAndReadBack() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Sample sample : SampleChanges.typed()) {
            Value value = reader.read(sample.bytes()).change().value();
            String written = json.writeValueAsString(value);
            softly.assertThat((Object) json.readValue(written, value.getClass()))
                    .as(sample.toString())
                    .isEqualTo(value);
        }
        softly.assertAll();
    }

    @Test
    void everyMessageIsWrittenAndReadBack() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Sample sample : SampleChanges.typed()) {
            if (reader.read(sample.bytes()).change().value() instanceof MessagesValue value) {
                for (Message message : value.messages()) {
                    softly.assertThat(json.readValue(json.writeValueAsString(message), Message.class))
                            .as(sample.toString())
                            .isEqualTo(message);
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void aWordIsAText() {
        TypeReference<OpenEnum<MessageStatus>> word = new TypeReference<>() {};
        assertThat(json.writeValueAsString(MessageStatus.READ)).isEqualTo("\"READ\"");
        assertThat((Object) json.readValue("\"read\"", word)).isEqualTo(MessageStatus.READ);
        assertThat(json.writeValueAsString(new UnknownWord<MessageStatus>("melted")))
                .isEqualTo("\"melted\"");
        assertThat((Object) json.readValue("\"melted\"", word)).isEqualTo(new UnknownWord<MessageStatus>("melted"));
    }
}
