package dev.ackbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.Payloads;
import dev.ackbox.SampleChanges;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Subject;
import dev.ackbox.inbox.Subject.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What records say of themselves for later look-ups. */
class SubjectsTests {

    private static final Instant RECEIVED_AT = Instant.parse("2026-11-22T10:00:00.123Z");

    /** Meta's largest group. */
    private static final int PARTICIPANTS_OF_A_GROUP = 8;

    /** Users are taken out of these one by one. */
    private static final Set<String> FIELDS_OF_MANY = Set.of("history", "standby");

    private static final Pattern IDS_OF_USERS = Pattern.compile(
            "(?!display).*(user_id|wa_id|participant_id)|from|to|input|customer|recipient_id|participant_recipient_id"
                    + "|(sender|contact)\\.phone_number");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "messages | messages | {'id':'m','from':'1','from_user_id':'U'} | MESSAGE m, USER 1, USER U",
                "messages | messages | {'id':'m','from':'','group_id':'g'} | MESSAGE m, GROUP g",
                "messages | messages | {'from':'1','from_user_id':'1'} | USER 1",
                "messages | messages | {'id':'m','from':'1','system':{'wa_id':'2','user_id':'V','previous_user_id':'U'}}"
                        + " | MESSAGE m, USER 1, USER 2, USER V, USER U",
                "messages | statuses | {'id':'m','recipient_id':'1','recipient_user_id':'U'} | MESSAGE m, USER 1, USER U",
                "messages | statuses | {'id':'m','recipient_id':'g','recipient_type':'group','recipient_participant_id':'1',"
                        + "'recipient_participant_user_id':'U'} | MESSAGE m, GROUP g, USER 1, USER U",
                "messages | statuses | {'id':'m','participant_recipient_id':'1'} | MESSAGE m, USER 1",
                "messages | messages | {'from':'1','from_parent_user_id':'P'} | USER 1, USER P",
                "messages | messages | {'from':'1','system':{'parent_user_id':'Q','previous_parent_user_id':'P'}}"
                        + " | USER 1, USER Q, USER P",
                "messages | statuses | {'recipient_parent_user_id':'P'} | USER P",
                "messages | statuses | {'parent_recipient_user_id':'P'} | USER P",
                "messages | statuses | {'recipient_participant_parent_user_id':'P'} | USER P",
                "messages | errors | {'code':1} | ''",
                "message_echoes | message_echoes | {'id':'m','from':'9','to':'1','to_user_id':'U'} | MESSAGE m, USER 1, USER U",
                "smb_message_echoes | message_echoes | {'id':'m','to':'1'} | MESSAGE m, USER 1",
                "message_echoes | message_echoes | {'to_parent_user_id':'P'} | USER P",
                "calls | calls | {'id':'c','from':'1','to':'5550'} | USER 1",
                "calls | statuses | {'id':'c','recipient_id':'1','recipient_user_id':'U'} | USER 1, USER U",
                "smb_app_state_sync | state_sync | {'contact':{'phone_number':'1','user_id':'U'}} | USER 1, USER U",
                "smb_app_state_sync | state_sync | {'contact':{'parent_user_id':'P'}} | USER P",
                "user_preferences | user_preferences | {'wa_id':'1','user_id':'U'} | USER 1, USER U",
                "user_preferences | user_preferences | {'parent_user_id':'P'} | USER P",
                "user_id_update | user_id_update | {'wa_id':'1','user_id':{'previous':'U','current':'V'}}"
                        + " | USER 1, USER U, USER V",
                "group_settings_update | groups | {'group_id':'g'} | GROUP g",
                "group_participants_update | groups | {'group_id':'g','wa_id':'1','user_id':'U'} | GROUP g, USER 1, USER U",
                "group_participants_update | groups | {'group_id':'g','added_participants':[{'wa_id':'1','user_id':'U','input':'1'},"
                        + "{'user_id':'V','parent_user_id':'P'}]} | GROUP g, USER 1, USER U, USER V, USER P",
                "group_participants_update | groups | {'failed_participants':[{'input':'+1 (206) 555-0177'}]} | USER 12065550177"
            })
    void anItemIsAboutItsMessageItsGroupAndItsUsers(String field, String array, String item, String subjects) {
        NewRecord newRecord = only(notification(field, "\"" + array + "\":[" + item.replace('\'', '"') + "]"));
        assertThat(subjects(newRecord)).isEqualTo(subjects);
        assertThat(newRecord.account()).isEqualTo("211");
        assertThat(newRecord.phoneNumber()).isEqualTo("318");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "messages | user_actions | {'action_type':'marketing_messages_link_click'}",
                "calls | calls | {'id':'c','to':'5550'}",
                "message_echoes | message_echoes | {'from':'9'}"
            })
    void whoIsNamedByTheContactAloneIsFound(String field, String array, String item) {
        NewRecord newRecord = only(notification(
                field,
                json("'contacts':[{'wa_id':'1','user_id':'U','parent_user_id':'P'},{'wa_id':'5550'}],'" + array + "':["
                        + item + "]")));
        assertThat(subjects(newRecord)).isEqualTo("USER 1, USER U, USER P");
    }

    @Test
    void aContactIsFoundWithTheItemThatItGoesWith() {
        byte[] body = notification(
                "messages",
                json("'contacts':[{'wa_id':'2','user_id':'V'},{'wa_id':'3'},{'wa_id':'1','user_id':'U'}],"
                        + "'messages':[{'from':'1'},{'from':'2'}]"));
        assertThat(split(body))
                .extracting(SubjectsTests::subjects)
                .as("one that no item names goes with the first")
                .containsExactly("USER 1, USER U, USER 3", "USER 2, USER V");
    }

    @ParameterizedTest
    @ValueSource(strings = {"added_participants", "removed_participants"})
    void allParticipantsOfALargestGroupAreFound(String array) {
        List<String> ids = new ArrayList<>();
        List<String> participants = new ArrayList<>();
        for (int i = 0; i < PARTICIPANTS_OF_A_GROUP; i++) {
            participants.add(
                    "{'wa_id':'1%1$d','user_id':'U%1$d','parent_user_id':'P%1$d','input':'2%1$d'}".formatted(i));
            ids.addAll(List.of("1" + i, "U" + i, "P" + i, "2" + i));
        }
        NewRecord newRecord = only(notification(
                "group_participants_update",
                json("'groups':[{'group_id':'g','" + array + "':[" + String.join(",", participants) + "]}]")));
        assertThat(newRecord.subjects()).extracting(Subject::id).contains("g").containsAll(ids);
    }

    @Test
    void asManyUsersAreNamedAsARecordMayHave() {
        String participants = IntStream.rangeClosed(0, NewRecord.MAX_SUBJECTS)
                .mapToObj(i -> "{'wa_id':'1" + i + "'}")
                .collect(Collectors.joining(","));
        NewRecord newRecord = only(notification(
                "group_participants_update",
                json("'groups':[{'group_id':'g','removed_participants':[" + participants + "]}]")));
        assertThat(newRecord.subjects())
                .hasSize(NewRecord.MAX_SUBJECTS)
                .startsWith(new Subject(Kind.GROUP, "g"), new Subject(Kind.USER, "10"));
    }

    static List<String> bodies() {
        return Payloads.all().stream()
                .filter(name -> !name.startsWith("on_premises/"))
                .toList();
    }

    /** Apart from what others say about a user: quotes and shared contacts. */
    @ParameterizedTest
    @MethodSource("bodies")
    void whomAStoredPayloadNamesIsFound(String body) {
        for (NewRecord newRecord : split(Payloads.read(body))) {
            if (!FIELDS_OF_MANY.contains(newRecord.field())) {
                Set<String> named = new TreeSet<>();
                for (JsonNode entry : json(newRecord).path("entry")) {
                    entry.path("changes").forEach(change -> collect(change.path("value"), "", named));
                    entry.path("changes")
                            .forEach(change -> named.remove(change.path("value")
                                    .path("metadata")
                                    .path("display_phone_number")
                                    .asString("")));
                }
                assertThat(newRecord.subjects()).extracting(Subject::id).containsAll(named);
            }
        }
    }

    @Test
    void whatIsLongerThanAnyIdIsNone() {
        assertThat(subjects(only(notification(
                        "messages", "\"messages\":[{\"id\":\"" + "m".repeat(257) + "\",\"from\":\"1\"}]"))))
                .isEqualTo("USER 1");
    }

    @Test
    void aHandoverIsAboutItsUser() {
        NewRecord newRecord = only(envelope("{\"field\":\"messaging_handovers\",\"value\":{\"recipient\":"
                + "{\"phone_number_id\":\"318\"},\"sender\":{\"phone_number\":\"1\",\"user_id\":\"U\"}}}"));
        assertThat(subjects(newRecord)).isEqualTo("USER 1, USER U");
        assertThat(newRecord.phoneNumber()).isEqualTo("318");
    }

    @ParameterizedTest
    @ValueSource(strings = {"history", "flows", "new"})
    void anyOtherChangeThatIsNotCutIsAboutNobody(String field) {
        NewRecord newRecord = only(notification(
                field, "\"sender\":{\"phone_number\":\"1\"},\"messages\":[{\"id\":\"m\",\"from\":\"1\"}]"));
        assertThat(newRecord.subjects()).isEmpty();
        assertThat(newRecord.account()).isEqualTo("211");
        assertThat(newRecord.phoneNumber()).isEqualTo("318");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}", "{\"entry\":[]}"})
    void whatHasNoEntrySaysNothing(String body) {
        NewRecord newRecord = only(body.getBytes(StandardCharsets.UTF_8));
        assertThat(newRecord.account()).isNull();
        assertThat(newRecord.phoneNumber()).isNull();
        assertThat(newRecord.subjects()).isEmpty();
    }

    @Test
    void anEmptyIdOfAnAccountIsNone() {
        assertThat(only("{\"entry\":[{\"id\":\"\"}]}".getBytes(StandardCharsets.UTF_8))
                        .account())
                .isNull();
        assertThat(only("{\"entry\":[{\"id\":7}]}".getBytes(StandardCharsets.UTF_8))
                        .account())
                .isEqualTo("7");
    }

    /** @param name of the property that the node is the value of, with that of the object around it */
    private static void collect(JsonNode node, String name, Set<String> ids) {
        String own = name.substring(name.indexOf('.') + 1);
        if (own.equals("context") || own.equals("phones")) {
            return;
        }
        if (node.isValueNode()
                && (IDS_OF_USERS.matcher(own).matches()
                        || IDS_OF_USERS.matcher(name).matches())) {
            ids.add(node.asString());
        }
        node.properties().forEach(next -> collect(next.getValue(), own + "." + next.getKey(), ids));
        if (node.isArray()) {
            node.forEach(next -> collect(next, name, ids));
        }
    }

    private static JsonNode json(NewRecord newRecord) {
        return SampleChanges.JSON.readTree(newRecord.payload());
    }

    private static String json(String withApostrophes) {
        return withApostrophes.replace('\'', '"');
    }

    private static String subjects(NewRecord newRecord) {
        return String.join(
                ", ",
                newRecord.subjects().stream()
                        .map(subject -> subject.kind() + " " + subject.id())
                        .toList());
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
        return envelope("{\"field\":\"" + field + "\",\"value\":{\"metadata\":{\"display_phone_number\":\"+55-50\","
                + "\"phone_number_id\":\"318\"}," + members + "}}");
    }

    private static byte[] envelope(String changes) {
        return ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"211\",\"changes\":[" + changes + "]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
