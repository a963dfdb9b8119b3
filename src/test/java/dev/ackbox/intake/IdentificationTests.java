package dev.ackbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.NewRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

    /** The platform tells of some messages before it has their content, or without it. */
    @Nested
    class Placeholders {

        @ParameterizedTest
        @ValueSource(strings = {"unsupported", "unknown", "Unsupported", "media_placeholder"})
        void aPlaceholderAndTheContentOfOneMessageAreBothStored(String type) {
            assertThat(keyOfMessage("text")).isNotEqualTo(keyOfMessage(type));
            assertThat(keyOfMessage(type)).isEqualTo(keyOfMessage(type));
            assertThat(keyOfMessage("text")).isEqualTo(keyOfMessage("image"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"message_echoes", "smb_message_echoes"})
        void soAreThoseOfAnEcho(String field) {
            assertThat(keys(records(
                            field,
                            array(
                                    "message_echoes",
                                    "{\"id\":\"a\",\"type\":\"unsupported\"}",
                                    "{\"id\":\"a\",\"type\":\"text\"}"))))
                    .doesNotHaveDuplicates();
        }

        @Test
        void aPlaceholderIsTheSameWhateverItsErrorsSay() {
            assertThat(keys(messages(array(
                            "messages",
                            "{\"id\":\"a\",\"type\":\"unsupported\",\"errors\":[{\"code\":131051}]}",
                            "{\"id\":\"a\",\"type\":\"unsupported\"}"))))
                    .hasSize(2)
                    .containsOnly(keyOfMessage("unsupported"));
        }

        private static IdempotencyKey keyOfMessage(String type) {
            return messages(array("messages", "{\"id\":\"a\",\"type\":\"" + type + "\"}"))
                    .get(0)
                    .key();
        }
    }

    /** Nothing tells such an error from its redelivery but when it comes. */
    @Nested
    class ErrorsWithoutATime {

        private static final String ERROR = array("errors", "{\"code\":131000}");

        @ParameterizedTest
        @ValueSource(strings = {"messages", "calls"})
        void aLaterErrorWithTheSameContentIsAnotherOne(String field) {
            assertThat(keysAt(field, ERROR, Duration.ofMinutes(2))).isNotEqualTo(keysAt(field, ERROR, Duration.ZERO));
        }

        @ParameterizedTest
        @ValueSource(strings = {"messages", "calls"})
        void aRetryWithinTheMinuteIsKnown(String field) {
            assertThat(keysAt(field, ERROR, Duration.ofSeconds(20))).isEqualTo(keysAt(field, ERROR, Duration.ZERO));
        }

        @Test
        void errorsOfOneNotificationDiffer() {
            String errors = array("errors", "{\"code\":1}", "{\"code\":2}", "{\"code\":2}");
            assertThat(keysAt("messages", errors, Duration.ZERO)).hasSize(3).doesNotHaveDuplicates();
        }

        @Test
        void theSameErrorInAnotherNotificationOfTheMinuteIsAnotherOne() {
            assertThat(keysAt("messages", ERROR + "," + array("messages", "{\"id\":\"a\"}"), Duration.ZERO)
                            .get(1))
                    .isNotEqualTo(keysAt("messages", ERROR, Duration.ZERO).get(0));
        }

        @Test
        void errorsOfAChangeThatIsNotCutAreNoDifferent() {
            String errors = "\"new\":\"" + "x".repeat(100_000) + "\","
                    + array("errors", Collections.nCopies(100, "{\"code\":1}").toArray(String[]::new));
            List<IdempotencyKey> keys = keysAt("messages", errors, Duration.ZERO);
            assertThat(keys).hasSize(1).isEqualTo(keysAt("messages", errors, Duration.ofSeconds(20)));
            assertThat(keysAt("messages", errors, Duration.ofMinutes(2))).isNotEqualTo(keys);
        }

        @Test
        void anErrorWithATimeIsKnownForGood() {
            String error = array("errors", "{\"code\":131000,\"timestamp\":\"1794817947\"}");
            assertThat(keysAt("messages", error, Duration.ofHours(5)))
                    .isEqualTo(keysAt("messages", error, Duration.ZERO));
        }

        @Test
        void theTimeOfItsEntryCountsAsItsOwn() {
            byte[] body = new String(notification("messages", ERROR), StandardCharsets.UTF_8)
                    .replace("\"id\":\"211\",", "\"id\":\"211\",\"time\":1794812741,")
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(keys(split(body, RECEIVED_AT.plus(Duration.ofHours(5)))))
                    .isEqualTo(keys(split(body, RECEIVED_AT)));
        }

        @Test
        void whatElseHasNoTimeIsKnownByItsContent() {
            String click = array("user_actions", "{\"action_type\":\"landing_page_view\"}");
            assertThat(keysAt("messages", click, Duration.ofHours(5)))
                    .isEqualTo(keysAt("messages", click, Duration.ZERO));
        }

        private static List<IdempotencyKey> keysAt(String field, String members, Duration later) {
            return keys(split(notification(field, members), RECEIVED_AT.plus(later)));
        }
    }

    @Nested
    class FailedStatuses {

        private static final String FAILED = "{\"id\":\"a\",\"status\":\"failed\",\"timestamp\":\"1\",\"errors\":[%s]}";

        @ParameterizedTest
        @ValueSource(strings = {"messages", "calls"})
        void twoWithDifferentErrorCodesAreBothStored(String field) {
            assertThat(keys(records(
                            field,
                            array(
                                    "statuses",
                                    FAILED.formatted("{\"code\":131026}"),
                                    FAILED.formatted("{\"code\":131049}"),
                                    FAILED.formatted("{\"code\":131026},{\"code\":131049}"),
                                    FAILED.formatted("")))))
                    .doesNotHaveDuplicates();
        }

        @Test
        void theTextOfAnErrorMakesNoDifference() {
            assertThat(keys(messages(array(
                            "statuses",
                            FAILED.formatted("{\"code\":131026,\"title\":\"Undeliverable\"}"),
                            FAILED.formatted("{\"code\":\"131026\",\"title\":\"Message undeliverable\"}")))))
                    .hasSize(2)
                    .containsOnly(messages(array("statuses", FAILED.formatted("{\"code\":131026}")))
                            .get(0)
                            .key());
        }
    }

    /** Several views of a landing page within a second are equal to the byte. */
    @Nested
    class EqualItems {

        private static final String VIEW = "{\"action_type\":\"landing_page_view\",\"timestamp\":\"1794817947\"}";

        @ParameterizedTest
        @CsvSource({
            "messages, user_actions",
            "calls, calls",
            "smb_app_state_sync, state_sync",
            "user_preferences, user_preferences",
            "automatic_events, automatic_events",
            "tracking_events, events",
            "group_settings_update, groups"
        })
        void equalItemsOfOneNotificationAreAllStored(String field, String array) {
            List<IdempotencyKey> keys = keys(records(field, array(array, VIEW, VIEW, VIEW)));
            assertThat(keys).hasSize(3).doesNotHaveDuplicates();
            assertThat(keys(records(field, array(array, VIEW, VIEW, VIEW)))).isEqualTo(keys);
        }

        @Test
        void oneOfThemAloneIsTheFirst() {
            assertThat(keys(messages(array("user_actions", VIEW))))
                    .containsExactly(
                            keys(messages(array("user_actions", VIEW, VIEW))).get(0));
        }

        @Test
        void equalItemsOfTwoChangesAreBothStored() {
            String change = change("messages", array("user_actions", VIEW));
            assertThat(keys(split(envelope(change + "," + change), RECEIVED_AT)))
                    .hasSize(2)
                    .doesNotHaveDuplicates();
        }

        @Test
        void equalChangesThatAreNotCutAreBothStored() {
            String change = change("flows", "\"a\":1");
            assertThat(keys(split(envelope(change + "," + change), RECEIVED_AT)))
                    .hasSize(2)
                    .doesNotHaveDuplicates();
        }

        @Test
        void equalEntriesWithoutChangesAreBothStored() {
            byte[] body = "{\"entry\":[{\"id\":\"1\"},{\"id\":\"1\"}]}".getBytes(StandardCharsets.UTF_8);
            assertThat(keys(split(body, RECEIVED_AT))).hasSize(2).doesNotHaveDuplicates();
        }

        @Test
        void aMessageIsTheSameHoweverOftenItComes() {
            assertThat(keys(messages(array("messages", "{\"id\":\"a\"}", "{\"id\":\"a\"}"))))
                    .hasSize(2)
                    .containsOnly(
                            messages(array("messages", "{\"id\":\"a\"}")).get(0).key());
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
