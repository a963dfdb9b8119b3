package dev.ackbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.Payloads;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is cut in which field, and what its items are known by. */
class FieldsTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant RECEIVED_AT = Instant.parse("2026-11-22T10:00:00.123Z");
    private static final String USER = "US.4170923358816620457";

    @Nested
    class Batches {

        @ParameterizedTest
        @CsvSource({
            "messages, messages",
            "messages, statuses",
            "messages, errors",
            "messages, user_actions",
            "calls, calls",
            "calls, statuses",
            "calls, errors",
            "message_echoes, message_echoes",
            "smb_message_echoes, message_echoes",
            "smb_app_state_sync, state_sync",
            "user_preferences, user_preferences",
            "user_id_update, user_id_update",
            "automatic_events, automatic_events",
            "tracking_events, events",
            "group_lifecycle_update, groups",
            "group_participants_update, groups",
            "group_participant_update, groups",
            "group_settings_update, groups",
            "group_status_update, groups"
        })
        void eachItemIsARecordAndTheSameInAnotherBatch(String field, String array) {
            List<NewRecord> batch = split(field, array(array, item(1), item(2), item(3)));
            assertThat(batch).hasSize(3).extracting(NewRecord::key).doesNotHaveDuplicates();
            assertThat(batch).extracting(NewRecord::field).containsOnly(field);
            for (int i = 0; i < batch.size(); i++) {
                JsonNode value = value(batch.get(i));
                assertThat(value.path(array)).hasSize(1);
                assertThat(value.path(array).path(0)).isEqualTo(JSON.readTree(item(i + 1)));
            }
            assertThat(keys(split(field, array(array, item(3), item(2)))))
                    .containsExactly(batch.get(2).key(), batch.get(1).key());
            assertThat(keys(split(field, array(array, item(1)))))
                    .containsExactly(batch.get(0).key());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"history", "standby", "account_update", "flows", "security", "messaging_handovers", "new"})
        void anyOtherFieldStaysWhole(String field) {
            byte[] body = notification(
                    field,
                    array("messages", item(1), item(2)) + "," + array("message_echoes", item(1), item(2)) + ","
                            + array("errors", item(1), item(2)) + "," + array(field, item(1), item(2)));
            assertThat(split(body))
                    .singleElement()
                    .satisfies(record -> assertThat(record.payload()).isEqualTo(body));
        }

        @Test
        void aPreferenceGoesWithTheContactOfItsUser() {
            List<NewRecord> pieces = split(
                    "user_preferences",
                    "\"contacts\":[{\"user_id\":\"US.1\"},{\"wa_id\":\"2\"}],"
                            + array("user_preferences", "{\"wa_id\":\"2\"}", "{\"user_id\":\"US.1\"}"));
            assertThat(value(pieces.get(0)).path("contacts")).isEqualTo(JSON.readTree("[{\"wa_id\":\"2\"}]"));
            assertThat(value(pieces.get(1)).path("contacts")).isEqualTo(JSON.readTree("[{\"user_id\":\"US.1\"}]"));
        }

        @ParameterizedTest
        @CsvSource({"1000, 300", "5, 20000"})
        void manyItemsAndManyPropertiesBesideThemComeOut(int items, int properties) {
            String note = "x".repeat(500);
            String[] contacts = IntStream.range(0, items)
                    .mapToObj(i -> "{\"contact\":{\"phone_number\":\"" + i + "\",\"note\":\"" + note + "\"}}")
                    .toArray(String[]::new);
            String others = IntStream.range(0, properties)
                    .mapToObj(i -> "\"p" + i + "\":" + i + ",")
                    .collect(Collectors.joining());
            byte[] body = notification("smb_app_state_sync", others + array("state_sync", contacts));
            List<NewRecord> pieces = split(body);
            assertThat(pieces).hasSize(items).extracting(NewRecord::key).doesNotHaveDuplicates();
            assertThat(pieces).extracting(NewRecord::conversation).doesNotHaveDuplicates();
            assertThat(pieces).allSatisfy(piece -> assertThat(value(piece)).hasSize(properties + 2));
            assertThat(lengthOf(pieces)).isLessThan(9L * body.length);
        }
    }

    @Nested
    class Bounds {

        @Test
        void aLargeContactOfManyItemsKeepsTheChangeWhole() {
            String items = "{\"id\":\"a\"},".repeat(99) + "{\"id\":\"b\"}";
            String contacts = "\"contacts\":[{\"new\":\"" + "x".repeat(100_000) + "\"}]";
            assertThat(split("messages", contacts + ",\"messages\":[" + items + "]"))
                    .hasSize(1);
        }

        @Test
        void aLargeEnvelopeOfManyItemsKeepsTheChangeWhole() {
            String items = "{\"id\":\"a\"},".repeat(99) + "{\"id\":\"b\"}";
            byte[] body = ("{\"new\":\"" + "x".repeat(100_000) + "\",\"entry\":[{\"changes\":[{\"field\":\"messages\","
                            + "\"value\":{\"messages\":[" + items + "]}}]}]}")
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(split(body))
                    .singleElement()
                    .satisfies(record -> assertThat(record.payload()).isEqualTo(body));
        }

        @Test
        void aLargeEnvelopeOfManyChangesKeepsTheNotificationWhole() {
            String changes = "{\"field\":\"flows\"},".repeat(99) + "{\"field\":\"flows\"}";
            byte[] body = ("{\"entry\":[{\"new\":\"" + "x".repeat(100_000) + "\",\"changes\":[" + changes + "]}]}")
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(split(body)).singleElement().satisfies(record -> {
                assertThat(record.field()).isEqualTo("none");
                assertThat(record.payload()).isEqualTo(body);
            });
        }

        @Test
        void manyChangesTogetherDoNotGrowOutOfProportion() {
            String change = "{\"field\":\"messages\",\"value\":{\"new\":\"" + "x".repeat(1_000) + "\",\"messages\":["
                    + "{\"id\":\"a\"},".repeat(99) + "{\"id\":\"b\"}]}}";
            byte[] body = ("{\"entry\":[{\"changes\":[" + (change + ",").repeat(99) + change + "]}]}")
                    .getBytes(StandardCharsets.UTF_8);
            List<NewRecord> records = split(body);
            assertThat(records).hasSizeGreaterThan(1_000);
            assertThat(lengthOf(records)).isLessThan(17L * body.length);
            int items = records.stream()
                    .mapToInt(record -> value(record).path("messages").size())
                    .sum();
            assertThat(items).isEqualTo(10_000);
        }

        @ParameterizedTest
        @CsvSource({"messages, STATUSES", "calls, CHANGES"})
        void statusesThatStayWholeKeepTheirLane(String field, Lane lane) {
            String statuses = "{\"id\":\"a\"},".repeat(99) + "{\"id\":\"b\"}";
            assertThat(split(field, "\"new\":\"" + "x".repeat(100_000) + "\",\"statuses\":[" + statuses + "]"))
                    .singleElement()
                    .satisfies(record -> assertThat(record.lane()).isEqualTo(lane));
        }
    }

    @Nested
    class Calls {

        private static final String ERRORS = array("errors", "{\"code\":138020}", "{\"code\":138021}");

        @ParameterizedTest
        @ValueSource(strings = {"calls", "statuses"})
        void errorsBesideASingleItemBelongToIt(String array) {
            byte[] body = notification("calls", array(array, item(1)) + "," + ERRORS);
            assertThat(split(body))
                    .singleElement()
                    .satisfies(record -> assertThat(record.payload()).isEqualTo(body));
        }

        @Test
        void errorsOfASingleItemStayWithItAmongOtherChanges() {
            String call = change("calls", array("calls", item(1)) + "," + ERRORS);
            List<NewRecord> records = split(envelope(call + "," + change("flows", "\"a\":1")));
            assertThat(records).extracting(NewRecord::field).containsExactly("calls", "flows");
            assertThat(value(records.get(0)).path("errors")).hasSize(2);
            assertThat(value(records.get(0)).path("calls")).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"two calls", "two statuses", "a call and a status"})
        void errorsBesideSeveralItemsAreItemsOfTheirOwn(String items) {
            String value = switch (items) {
                case "two calls" -> array("calls", item(1), item(2));
                case "two statuses" -> array("statuses", item(1), item(2));
                default -> array("calls", item(1)) + "," + array("statuses", item(2));
            };
            List<NewRecord> records = split("calls", value + "," + ERRORS);
            assertThat(records)
                    .hasSize(4)
                    .extracting(record -> value(record).path("errors").size())
                    .containsExactly(0, 0, 1, 1);
            assertThat(records).extracting(NewRecord::key).doesNotHaveDuplicates();
        }

        @ParameterizedTest
        @ValueSource(strings = {"calls", "statuses"})
        void anItemWithErrorsIsNotTheSameAsOneWithout(String array) {
            IdempotencyKey key = split("calls", array(array, item(1))).get(0).key();
            assertThat(split("calls", array(array, item(1)) + ",\"errors\":[]")
                            .get(0)
                            .key())
                    .isEqualTo(key);
            IdempotencyKey withErrors =
                    split("calls", array(array, item(1)) + "," + ERRORS).get(0).key();
            assertThat(withErrors)
                    .isNotEqualTo(key)
                    .isEqualTo(split("calls", ERRORS + "," + array(array, item(1)))
                            .get(0)
                            .key());
        }

        @Test
        void errorsAloneAreItemsOfTheirOwn() {
            assertThat(split("calls", ERRORS)).hasSize(2);
        }

        @Test
        void allThatBelongsToACallIsOneConversation() {
            assertThat(List.of(
                            "calls/full_connect",
                            "calls/terminate_completed",
                            "calls/recording_available",
                            "calls/transcription_available"))
                    .extracting(name -> only(name).conversation())
                    .hasSize(4)
                    .containsOnly(
                            "default/318840776125093/wacid.HBgLMTIwNjU1NTAxNzcVAgASGBQ5QzBBQkU1MUM2RTY2NTVEODFERRwA");
            assertThat(List.of(
                            "calls/connect_business_initiated", "calls/status_ringing", "calls/status_accepted_full"))
                    .extracting(name -> only(name).conversation())
                    .containsOnly(
                            "default/318840776125093/wacid.HBgLMTIwNjU1NTAxNzcVAgASGBQ3QzFDOTdERjE3QzA2NjkyNDgyMhwA");
        }

        @Test
        void statusesOfCallsDoNotWaitBehindThoseOfMessages() {
            assertThat(only("calls/status_ringing").lane()).isEqualTo(Lane.CHANGES);
            assertThat(split("messages", array("statuses", item(1))).get(0).lane())
                    .isEqualTo(Lane.STATUSES);
        }

        @Test
        void theEventsOfACallDiffer() {
            assertThat(keys(split(
                            "calls",
                            array(
                                    "calls",
                                    "{\"id\":\"a\",\"event\":\"connect\"}",
                                    "{\"id\":\"a\",\"event\":\"terminate\"}"))))
                    .doesNotHaveDuplicates();
        }

        @Test
        void aStatusIsKnownByCallWordTimeAndRecipient() {
            String status = "\"id\":\"a\",\"status\":\"RINGING\",\"timestamp\":\"1\",\"recipient_id\":\"2\"";
            IdempotencyKey key = key("calls", "statuses", "{" + status + "}");
            assertThat(key("calls", "statuses", "{" + status + ",\"biz_opaque_callback_data\":\"x\"}"))
                    .isEqualTo(key);
            assertThat(key("calls", "statuses", "{" + status.replace("RINGING", "ACCEPTED") + "}"))
                    .isNotEqualTo(key);
            assertThat(key("calls", "statuses", "{" + status.replace("\"1\"", "\"2\"") + "}"))
                    .isNotEqualTo(key);
            assertThat(key("messages", "statuses", "{" + status + "}")).isNotEqualTo(key);
        }
    }

    @Nested
    class Keys {

        @Test
        void anEchoIsKnownByItsIdWithinItsField() {
            IdempotencyKey key = key("message_echoes", "message_echoes", "{\"id\":\"a\",\"type\":\"text\"}");
            assertThat(key("message_echoes", "message_echoes", "{\"type\":\"image\",\"id\":\"a\"}"))
                    .isEqualTo(key);
            assertThat(key("message_echoes", "message_echoes", "{\"id\":\"b\"}"))
                    .isNotEqualTo(key);
            assertThat(key("smb_message_echoes", "message_echoes", "{\"id\":\"a\",\"type\":\"text\"}"))
                    .isNotEqualTo(key);
            assertThat(key("messages", "messages", "{\"id\":\"a\",\"type\":\"text\"}"))
                    .isNotEqualTo(key);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"id\":\"a\",\"event_name\":\"Purchase\",\"timestamp\":1794806002}",
                    "{\"id\":\"a\",\"event_name\":\"LeadSubmitted\",\"timestamp\":1794806003}",
                    "{\"id\":\"b\",\"event_name\":\"LeadSubmitted\",\"timestamp\":1794806002}"
                })
        void anAutomaticEventIsKnownByAllOfItsContent(String other) {
            IdempotencyKey key = key(
                    "automatic_events",
                    "automatic_events",
                    "{\"id\":\"a\",\"event_name\":\"LeadSubmitted\",\"timestamp\":1794806002}");
            assertThat(key(
                            "automatic_events",
                            "automatic_events",
                            "{ \"timestamp\":1794806002,\"event_name\":\"LeadSubmitted\",\"id\":\"\\u0061\"}"))
                    .isEqualTo(key);
            assertThat(key("automatic_events", "automatic_events", other)).isNotEqualTo(key);
        }

        @Test
        void theSameContentInAnotherFieldDiffers() {
            assertThat(key("messages", "errors", "{\"code\":1}")).isNotEqualTo(key("calls", "errors", "{\"code\":1}"));
            assertThat(key("group_settings_update", "groups", "{\"group_id\":\"g\"}"))
                    .isNotEqualTo(key("group_status_update", "groups", "{\"group_id\":\"g\"}"));
        }

        @Test
        void timesInsideAnItemAreOnlyContent() {
            String contact = "{\"contact\":{\"phone_number\":\"1\"},\"metadata\":{\"timestamp\":\"1594812741\"}}";
            Item item = item("smb_app_state_sync", "state_sync", contact);
            assertThat(item.time()).isNull();
            assertThat(item.newRecord().key())
                    .isNotEqualTo(key("smb_app_state_sync", "state_sync", contact.replace("741", "742")));
        }

        @Test
        void anItemWithoutATimeHasThatOfItsEntry() {
            byte[] body = new String(
                            notification("smb_app_state_sync", array("state_sync", "{}")), StandardCharsets.UTF_8)
                    .replace("\"id\":\"211\",", "\"id\":\"211\",\"time\":1794812741,")
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(NotificationSplitter.split("default", body, RECEIVED_AT)
                            .get(0)
                            .time())
                    .isEqualTo(Instant.ofEpochSecond(1_794_812_741));
        }

        @Test
        void aNumberOfAnyMagnitudeIsDigested() {
            assertThat(key("tracking_events", "events", "{\"n\":1e999999999}"))
                    .isEqualTo(key("tracking_events", "events", "{\"n\":1e999999999}"))
                    .isNotEqualTo(key("tracking_events", "events", "{\"n\":1e999999998}"));
        }
    }

    @Nested
    class Conversations {

        @Test
        void allThatConcernsAUserIsOneConversation() {
            assertThat(List.of(
                            conversation(
                                    "messages", "messages", "{\"id\":\"a\",\"from\":\"1\",\"from_user_id\":\"U\"}"),
                            conversation(
                                    "messages", "statuses", "{\"recipient_id\":\"1\",\"recipient_user_id\":\"U\"}"),
                            conversation("message_echoes", "message_echoes", "{\"to\":\"1\",\"to_user_id\":\"U\"}"),
                            conversation("smb_message_echoes", "message_echoes", "{\"to\":\"1\",\"to_user_id\":\"U\"}"),
                            conversation("user_preferences", "user_preferences", "{\"wa_id\":\"1\",\"user_id\":\"U\"}"),
                            conversation(
                                    "smb_app_state_sync",
                                    "state_sync",
                                    "{\"contact\":{\"phone_number\":\"1\",\"user_id\":\"U\"}}"),
                            handover("{\"phone_number\":\"1\",\"user_id\":\"U\"}")))
                    .hasSize(7)
                    .containsOnly("default/318/U");
        }

        @Test
        void allThatConcernsANumberIsOneConversation() {
            assertThat(List.of(
                            conversation("messages", "messages", "{\"id\":\"a\",\"from\":\"1\"}"),
                            conversation("messages", "statuses", "{\"recipient_id\":\"1\"}"),
                            conversation("message_echoes", "message_echoes", "{\"to\":\"1\"}"),
                            conversation("user_preferences", "user_preferences", "{\"wa_id\":\"1\"}"),
                            conversation(
                                    "user_id_update",
                                    "user_id_update",
                                    "{\"wa_id\":\"1\",\"user_id\":{\"previous\":\"U\",\"current\":\"V\"}}"),
                            conversation("smb_app_state_sync", "state_sync", "{\"contact\":{\"phone_number\":\"1\"}}"),
                            handover("{\"phone_number\":\"1\"}")))
                    .hasSize(7)
                    .containsOnly("default/318/1");
        }

        @Test
        void theExamplesOfAUserAreOneConversation() {
            assertThat(List.of("message_echoes/full", "user_preferences/full"))
                    .extracting(name -> only(name).conversation())
                    .containsOnly("default/318840776125093/" + USER);
            assertThat(List.of("message_echoes/minimal", "smb_app_state_sync/minimal", "messaging_handovers/full"))
                    .extracting(name -> only(name).conversation())
                    .containsOnly("default/318840776125093/12065550177");
        }

        @Test
        void allThatConcernsAGroupIsOneConversation() {
            assertThat(List.of(
                            conversation("messages", "messages", "{\"id\":\"a\",\"from\":\"1\",\"group_id\":\"g\"}"),
                            conversation("smb_message_echoes", "message_echoes", "{\"to\":\"1\",\"group_id\":\"g\"}"),
                            conversation("group_lifecycle_update", "groups", "{\"group_id\":\"g\"}"),
                            conversation("group_participants_update", "groups", "{\"group_id\":\"g\",\"wa_id\":\"1\"}"),
                            conversation("group_settings_update", "groups", "{\"group_id\":\"g\"}"),
                            conversation("group_status_update", "groups", "{\"group_id\":\"g\"}")))
                    .containsOnly("default/318/g");
        }

        @Test
        void anAutomaticEventKeepsTheOrderOfItsMessage() {
            assertThat(conversation("automatic_events", "automatic_events", "{\"id\":\"wamid.1\"}"))
                    .isEqualTo("default/318/wamid.1");
        }

        @Test
        void aUserIdUpdateWithoutANumberIsThatOfTheCurrentId() {
            assertThat(conversation(
                            "user_id_update", "user_id_update", "{\"user_id\":{\"previous\":\"U\",\"current\":\"V\"}}"))
                    .isEqualTo("default/318/V");
        }

        @Test
        void aHandoverWithoutAUserKeepsTheOrderOfItsNumber() {
            assertThat(only("messaging_handovers/minimal").conversation())
                    .isEqualTo("default/211504987306412/messaging_handovers/318840776125093");
        }

        private static String conversation(String field, String array, String item) {
            return item(field, array, item).newRecord().conversation();
        }

        private static String handover(String sender) {
            return split(envelope(
                            "{\"field\":\"messaging_handovers\",\"value\":{\"recipient\":{\"phone_number_id\":\"318\"},\"sender\":"
                                    + sender + "}}"))
                    .get(0)
                    .conversation();
        }
    }

    private static IdempotencyKey key(String field, String array, String item) {
        return item(field, array, item).newRecord().key();
    }

    private static Item item(String field, String array, String item) {
        List<Item> items = NotificationSplitter.split("default", notification(field, array(array, item)), RECEIVED_AT);
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    private static NewRecord only(String name) {
        List<NewRecord> records = split(Payloads.read(name));
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static List<NewRecord> split(String field, String members) {
        return split(notification(field, members));
    }

    private static List<NewRecord> split(byte[] body) {
        return NotificationSplitter.split("default", body, RECEIVED_AT).stream()
                .map(Item::newRecord)
                .toList();
    }

    private static List<IdempotencyKey> keys(List<NewRecord> records) {
        return records.stream().map(NewRecord::key).toList();
    }

    private static long lengthOf(List<NewRecord> records) {
        return records.stream().mapToLong(record -> record.payload().length).sum();
    }

    private static String item(int number) {
        return "{\"id\":\"" + number + "\",\"timestamp\":\"179481000" + number + "\"}";
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

    private static JsonNode value(NewRecord record) {
        return JSON.readTree(record.payload())
                .path("entry")
                .path(0)
                .path("changes")
                .path(0)
                .path("value");
    }
}
