package dev.ackbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.NewRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which items count as one that is known, in the cases in which the platform's ids do not tell. */
class IdentificationTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant RECEIVED_AT = Instant.parse("2026-11-22T10:00:10.123Z");

    /** The platform sends an empty string where it has no id to give. */
    @Nested
    class EmptyIds {

        @ParameterizedTest
        @CsvSource({
            "recipient_participant_id, recipient_participant_user_id",
            "participant_recipient_id, recipient_participant_user_id",
            "recipient_id, recipient_user_id"
        })
        void statusesOfTwoUsersWithoutANumberDiffer(String number, String userId) {
            String status = "{\"id\":\"a\",\"status\":\"read\",\"timestamp\":\"1\",\"%s\":\"\",\"%s\":\"%s\"}";
            assertThat(keys(messages(array(
                            "statuses",
                            status.formatted(number, userId, "US.1"),
                            status.formatted(number, userId, "US.2")))))
                    .doesNotHaveDuplicates();
        }

        @Test
        void anEmptyIdIsTheSameAsNone() {
            String status = "\"id\":\"a\",\"status\":\"read\",\"timestamp\":\"1\",\"recipient_user_id\":\"US.1\"";
            assertThat(keys(messages(array("statuses", "{" + status + ",\"recipient_id\":\"\"}"))))
                    .isEqualTo(keys(messages(array("statuses", "{" + status + "}"))));
        }

        @Test
        void eachUsersMessageComesWithTheContactOfThatUserOnly() {
            List<NewRecord> records = messages("\"contacts\":[{\"wa_id\":\"\",\"user_id\":\"US.1\"},"
                    + "{\"wa_id\":\"\",\"user_id\":\"US.2\"}],"
                    + array(
                            "messages",
                            "{\"id\":\"a\",\"from\":\"\",\"from_user_id\":\"US.1\"}",
                            "{\"id\":\"b\",\"from\":\"\",\"from_user_id\":\"US.2\"}"));
            assertThat(records)
                    .extracting(IdentificationTests::usersOfContacts)
                    .containsExactly(List.of("US.1"), List.of("US.2"));
        }

        @ParameterizedTest
        @CsvSource({"messages, messages", "message_echoes, message_echoes", "smb_message_echoes, message_echoes"})
        void twoMessagesWithoutAnIdAreKnownByTheirContent(String field, String array) {
            List<NewRecord> records = records(
                    field,
                    array(array, "{\"id\":\"\",\"text\":{\"body\":\"x\"}}", "{\"id\":\"\",\"text\":{\"body\":\"y\"}}"));
            assertThat(keys(records)).hasSize(2).doesNotHaveDuplicates();
            assertThat(keys(records(field, array(array, "{\"id\":\"\",\"text\":{\"body\":\"x\"}}"))))
                    .containsExactly(records.get(0).key());
        }

        @Test
        void twoStatusesWithoutAnIdAreKnownByTheirContent() {
            assertThat(keys(messages(array(
                            "statuses",
                            "{\"id\":\"\",\"status\":\"sent\",\"template_id\":\"1\"}",
                            "{\"id\":\"\",\"status\":\"sent\",\"template_id\":\"2\"}"))))
                    .doesNotHaveDuplicates();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "messages | messages | {'id':'a','group_id':'','from_user_id':'','from':'1'}",
                    "messages | messages | {'id':'a','group_id':'','from':'1'}",
                    "messages | statuses | {'id':'a','group_id':'','recipient_user_id':'','recipient_id':'1'}",
                    "message_echoes | message_echoes | {'id':'a','group_id':'','to_user_id':'','to':'1'}",
                    "smb_message_echoes | message_echoes | {'id':'a','group_id':'','to_user_id':'','to':'1'}",
                    "smb_app_state_sync | state_sync | {'contact':{'user_id':'','phone_number':'1'}}",
                    "user_preferences | user_preferences | {'user_id':'','wa_id':'1'}",
                    "user_id_update | user_id_update | {'wa_id':'','user_id':{'current':'1'}}",
                    "calls | calls | {'id':'1','from':''}",
                    "group_settings_update | groups | {'group_id':'1'}"
                })
        void aUsersConversationIsThatOfTheIdThatIsThere(String field, String array, String item) {
            assertThat(records(field, array(array, item.replace('\'', '"'))))
                    .extracting(NewRecord::conversation)
                    .containsExactly("default/318/1");
        }

        @Test
        void aHandoverBelongsToTheUserWhoseIdIsThere() {
            assertThat(
                            records(
                                    "messaging_handovers",
                                    "\"recipient\":{\"phone_number_id\":\"318\"},\"sender\":{\"user_id\":\"\",\"phone_number\":\"1\"}"))
                    .extracting(NewRecord::conversation)
                    .containsExactly("default/318/1");
        }
    }

    private static List<NewRecord> messages(String members) {
        return records("messages", members);
    }

    private static List<NewRecord> records(String field, String members) {
        return split(notification(field, members), RECEIVED_AT);
    }

    private static List<NewRecord> split(byte[] body, Instant receivedAt) {
        return NotificationSplitter.split("default", body, receivedAt).stream()
                .map(Item::newRecord)
                .toList();
    }

    private static List<IdempotencyKey> keys(List<NewRecord> records) {
        return records.stream().map(NewRecord::key).toList();
    }

    private static String array(String name, String... items) {
        return "\"" + name + "\":[" + String.join(",", items) + "]";
    }

    private static byte[] notification(String field, String members) {
        return envelope(change(field, members));
    }

    private static String change(String field, String members) {
        return "{\"field\":\"" + field + "\",\"value\":{\"metadata\":{\"phone_number_id\":\"318\"}," + members + "}}";
    }

    private static byte[] envelope(String changes) {
        return ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"211\",\"changes\":[" + changes + "]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> usersOfContacts(NewRecord record) {
        JsonNode value = JSON.readTree(record.payload())
                .path("entry")
                .path(0)
                .path("changes")
                .path(0)
                .path("value");
        return value.path("contacts")
                .valueStream()
                .map(contact -> contact.path("user_id").asString())
                .toList();
    }
}
