package dev.ackbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.NewRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What records say of themselves for later look-ups. */
class SubjectsTests {

    private static final Instant RECEIVED_AT = Instant.parse("2026-11-22T10:00:00.123Z");

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
                "messages | errors | {'code':1} | ''",
                "message_echoes | message_echoes | {'id':'m','from':'9','to':'1','to_user_id':'U'} | MESSAGE m, USER 1, USER U",
                "smb_message_echoes | message_echoes | {'id':'m','to':'1'} | MESSAGE m, USER 1",
                "calls | calls | {'id':'c','from':'1','to':'5550'} | USER 1",
                "calls | statuses | {'id':'c','recipient_id':'1','recipient_user_id':'U'} | USER 1, USER U",
                "smb_app_state_sync | state_sync | {'contact':{'phone_number':'1','user_id':'U'}} | USER 1, USER U",
                "user_preferences | user_preferences | {'wa_id':'1','user_id':'U'} | USER 1, USER U",
                "user_id_update | user_id_update | {'wa_id':'1','user_id':{'previous':'U','current':'V'}}"
                        + " | USER 1, USER U, USER V",
                "group_settings_update | groups | {'group_id':'g'} | GROUP g",
                "group_participants_update | groups | {'group_id':'g','wa_id':'1','user_id':'U'} | GROUP g, USER 1, USER U",
                "group_participants_update | groups | {'group_id':'g','added_participants':[{'wa_id':'1','user_id':'U','input':'1'},"
                        + "{'user_id':'V'}]} | GROUP g, USER 1, USER U, USER V"
            })
    void anItemIsAboutItsMessageItsGroupAndItsUsers(String field, String array, String item, String subjects) {
        NewRecord newRecord = only(notification(field, "\"" + array + "\":[" + item.replace('\'', '"') + "]"));
        assertThat(subjects(newRecord)).isEqualTo(subjects);
        assertThat(newRecord.account()).isEqualTo("211");
        assertThat(newRecord.phoneNumber()).isEqualTo("318");
    }

    @Test
    void asManyUsersAreNamedAsARecordMayHave() {
        String participants = "{\"wa_id\":\"1\",\"user_id\":\"U\"},{\"wa_id\":\"2\",\"user_id\":\"V\"},"
                + "{\"wa_id\":\"3\",\"user_id\":\"W\"},{\"wa_id\":\"4\",\"user_id\":\"X\"}";
        assertThat(subjects(only(notification(
                        "group_participants_update",
                        "\"groups\":[{\"group_id\":\"g\",\"removed_participants\":[" + participants + "]}]"))))
                .isEqualTo("GROUP g, USER 1, USER U, USER 2, USER V, USER 3, USER W, USER 4");
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
