package dev.ackbox.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ackbox.Payloads;
import dev.ackbox.model.Change;
import dev.ackbox.model.UnknownValue;
import dev.ackbox.model.UnknownWord;
import dev.ackbox.model.account.AccountAlertsValue;
import dev.ackbox.model.account.AccountUpdateValue;
import dev.ackbox.model.account.BusinessCapabilityValue;
import dev.ackbox.model.account.FlowsValue;
import dev.ackbox.model.account.MessagingLimit;
import dev.ackbox.model.json.UnknownPart.Kind;
import dev.ackbox.model.messages.Content;
import dev.ackbox.model.messages.FlowReply;
import dev.ackbox.model.messages.InteractiveType;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.MessageStatus;
import dev.ackbox.model.messages.MessageType;
import dev.ackbox.model.messages.MessagesValue;
import dev.ackbox.model.messages.Status;
import dev.ackbox.model.templates.TemplateCorrectCategoryValue;
import dev.ackbox.model.templates.TemplateStatusValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeReaderTests {

    private final ChangeReader reader = new ChangeReader();

    @Test
    void aTextHasAllThatCame() throws Exception {
        Change<?> change = sample("messages/text_full");
        assertThat(change.object()).isEqualTo("whatsapp_business_account");
        assertThat(change.field()).isEqualTo("messages");
        MessagesValue value = (MessagesValue) change.value();
        assertThat(value.metadata().phoneNumberId()).isEqualTo("318840776125093");
        assertThat(value.contacts().get(0).profile().name()).isEqualTo("Nadia Petrescu");
        Message message = value.messages().get(0);
        assertThat(message.id()).startsWith("wamid.");
        assertThat(message.timestamp()).isEqualTo(Instant.ofEpochSecond(1_794_800_274));
        assertThat(message.type()).isEqualTo(MessageType.TEXT);
        assertThat(message.identity().createdTimestamp()).isEqualTo(Instant.ofEpochMilli(1_793_911_200_000L));
        assertThat(((Content.Text) message.content()).body()).endsWith("\nSize 42");
        assertThat(change.json().path("messages").path(0).path("id").asString()).isEqualTo(message.id());
    }

    @Test
    void contentIsOfTheTypeThatTheMessageNames() throws Exception {
        assertThat(message("messages/document_full").content())
                .isInstanceOfSatisfying(
                        Content.Document.class,
                        document -> assertThat(document.filename()).isNotBlank());
        assertThat(message("messages/contacts_full").content())
                .isInstanceOfSatisfying(
                        Content.Contacts.class,
                        contacts -> assertThat(contacts.cards()).hasSize(2));
        assertThat(message("messages/edit_image_caption").content())
                .isInstanceOfSatisfying(
                        Content.Edit.class,
                        edit -> assertThat(edit.message().content())
                                .isInstanceOfSatisfying(
                                        Content.Image.class,
                                        image -> assertThat(image.caption()).isEqualTo("Corrected caption")));
        assertThat(message("messages/request_welcome").content()).isNull();
    }

    @Test
    void aReplyIsOfTheKindThatTheInteractiveMessageNames() throws Exception {
        Content.Interactive interactive = (Content.Interactive)
                message("messages/interactive_nfm_reply_flow").content();
        assertThat(interactive.type()).isEqualTo(InteractiveType.NFM_REPLY);
        assertThat(((FlowReply) interactive.reply()).responseJson()).contains("flow_token");
    }

    @Test
    void aMessageOfANewTypeKeepsItsJson() throws Exception {
        Message message = message("messages/future_type");
        assertThat(message.type()).isEqualTo(new UnknownWord<MessageType>("hologram"));
        assertThat(((Content.Unknown) message.content()).json().path("depth").asInt())
                .isEqualTo(3);
    }

    @Test
    void aFailedStatusHasItsError() throws Exception {
        Status status = ((MessagesValue) sample("messages/status_failed_full").value())
                .statuses()
                .get(0);
        assertThat(status.status()).isEqualTo(MessageStatus.FAILED);
        assertThat(status.errors().get(0).code()).isEqualTo(131049);
        assertThat(status.errors().get(0).details()).isEqualTo("Delivery was held back for this user.");
    }

    @Test
    void anErrorInTheOlderFormHasItsDetailsInTheSamePlace() throws Exception {
        Message message = message("messages/unknown_older");
        assertThat(message.errors().get(0).details()).isEqualTo("Message type is not currently supported");
    }

    @Test
    void moneyAndPercentagesAreExact() throws Exception {
        Content.Order order = (Content.Order) message("messages/order_full").content();
        assertThat(order.productItems())
                .extracting(Content.Order.ProductItem::itemPrice)
                .contains(new BigDecimal("49.95"));
        FlowsValue flow = (FlowsValue) sample("flows/client_error_rate").value();
        assertThat(flow.errorRate()).isEqualByComparingTo("14.28");
    }

    @Test
    void aTemplateIdKeepsAllItsDigits() throws Exception {
        TemplateCorrectCategoryValue value = (TemplateCorrectCategoryValue)
                sample("template_correct_category_detection/full").value();
        assertThat(value.id()).isEqualTo(97_723_310_048_816_253L);
    }

    @Test
    void aFlatAlertIsReadLikeANestedOne() throws Exception {
        AccountAlertsValue value =
                (AccountAlertsValue) sample("account_alerts/flat_older").value();
        assertThat(value.alertInfo().alertType()).isEqualTo(AccountAlertsValue.Type.PROFILE_PICTURE_LOST);
        assertThat(value.entityId()).isEqualTo("211504987306412");
    }

    @Test
    void aLimitIsATierAlsoWhereItIsANumber() throws Exception {
        BusinessCapabilityValue value = (BusinessCapabilityValue)
                sample("business_capability_update/number_limit").value();
        assertThat(value.maxDailyConversationsPerBusiness()).isEqualTo(MessagingLimit.TIER_2K);
    }

    @Test
    void aBanStateIsReadWithAndWithoutAnArray() throws Exception {
        assertThat(((AccountUpdateValue)
                                sample("account_update/disabled_update").value())
                        .banInfo()
                        .wabaBanState())
                .isEqualTo(AccountUpdateValue.BanState.SCHEDULE_FOR_DISABLE);
        assertThat(((AccountUpdateValue) sample("account_update/disabled_update_state_array")
                                .value())
                        .banInfo()
                        .wabaBanState())
                .isEqualTo(AccountUpdateValue.BanState.REINSTATE);
    }

    @Test
    void aDateInWordsIsKeptAsText() throws Exception {
        TemplateStatusValue words =
                (TemplateStatusValue) sample("message_template_status_update/disabled_older_text_date")
                        .value();
        assertThat(words.disableInfo().disableDate()).isEqualTo("November 30, 2026");
        assertThat(words.disableInfo().disableTime()).isNull();
        TemplateStatusValue seconds = (TemplateStatusValue)
                sample("message_template_status_update/disabled").value();
        assertThat(seconds.disableInfo().disableTime()).isEqualTo(Instant.ofEpochSecond(1_794_886_400));
    }

    @ParameterizedTest
    @CsvSource({
        "_envelope/unknown_field, FIELD, galaxy_alignment_update",
        "_envelope/change_without_value, NO_VALUE, missing",
        "_envelope/empty_entry, NO_CHANGE, missing",
        "_envelope/empty_changes, NO_CHANGE, missing",
        "_envelope/other_product, OBJECT, page",
        "on_premises/text_full, NO_CHANGE, missing"
    })
    void whatHasNoTypeIsUnknownAndWhole(String name, UnknownValue.Reason reason, String example) throws Exception {
        ReadChange read = reader.read(Payloads.read(name));
        UnknownValue value = (UnknownValue) read.change().value();
        assertThat(value.reason()).isEqualTo(reason);
        assertThat(value.json()).isEqualTo(read.change().json());
        assertThat(value.json().isEmpty()).isFalse();
        assertThat(read.unknown()).containsExactly(new UnknownPart(Kind.valueOf(reason.name()), "", example));
    }

    @Test
    void whatIsOfTheObjectThatMetaHasAnnouncedIsTyped() throws Exception {
        byte[] announced = renamed("whatsapp_account");
        ReadChange read = reader.read(announced);
        assertThat(read.change().object()).isEqualTo("whatsapp_account");
        assertThat(read.change().value()).isInstanceOf(MessagesValue.class);
        assertThat(read.unknown()).isEmpty();
    }

    @Test
    void whichObjectsAreTypedIsASetting() throws Exception {
        ChangeReader others = new ChangeReader(Set.of("whatsapp_channel"));
        assertThat(others.read(renamed("whatsapp_channel")).change().value()).isInstanceOf(MessagesValue.class);
        assertThat(others.read(renamed("whatsapp_account")).unknown())
                .containsExactly(new UnknownPart(Kind.OBJECT, "", "whatsapp_account"));
    }

    private static byte[] renamed(String object) {
        return bytes(new String(Payloads.read("messages/text_full"), StandardCharsets.UTF_8)
                .replace("whatsapp_business_account", object));
    }

    @Test
    void aTestOfTheDashboardForUsersIsNoNews() throws Exception {
        ReadChange read = reader.read(Payloads.read("_dashboard_test/user"));
        assertThat(read.change().value())
                .isInstanceOfSatisfying(
                        UnknownValue.class,
                        value -> assertThat(value.reason()).isEqualTo(UnknownValue.Reason.CHANGED_FIELDS));
        assertThat(read.change().json().path("object").asString()).isEqualTo("user");
        assertThat(read.unknown()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "\"id\":{\"a\":1}, entry[].id, object",
        "\"id\":[\"1\"], entry[].id, array",
        "\"time\":{\"a\":1}, entry[].time, object",
        "\"time\":\"soon\", entry[].time, string"
    })
    void aLeafAroundTheChangeThatDoesNotFitIsSaidTo(String leaf, String path, String type) throws Exception {
        String body = "{\"object\":\"whatsapp_business_account\",\"entry\":[{" + leaf
                + ",\"changes\":[{\"field\":\"account_review_update\",\"value\":{\"decision\":\"APPROVED\"}}]}]}";
        assertThat(reader.read(bytes(body)).unknown()).containsExactly(new UnknownPart(Kind.MISFIT, path, type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"id\":null,\"time\":null", "\"id\":\"\",\"time\":\" \"", "\"id\":\"1\",\"time\":1794800000"})
    void aLeafAroundTheChangeThatIsEmptyOrFitsIsNoNews(String leaves) throws Exception {
        String body = "{\"object\":\"whatsapp_business_account\",\"entry\":[{" + leaves
                + ",\"changes\":[{\"field\":\"account_review_update\",\"value\":{\"decision\":\"APPROVED\"}}]}]}";
        assertThat(reader.read(bytes(body)).unknown()).isEmpty();
    }

    @Test
    void aFieldOrAnObjectThatIsAbsentIsSaidToBe() throws Exception {
        String entry = "\"entry\":[{\"changes\":[{\"field\":null,\"value\":{\"a\":1}}]}]}";
        assertThat(reader.read(bytes("{" + entry)).unknown())
                .containsExactly(new UnknownPart(Kind.OBJECT, "", "missing"));
        assertThat(reader.read(bytes("{\"object\":\"whatsapp_business_account\"," + entry))
                        .unknown())
                .containsExactly(new UnknownPart(Kind.FIELD, "", "null"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1794817947",
                "\"1794817947\"",
                "\" 1794817947 \"",
                "1794817947000",
                "\"1794817947000\"",
                "\"2026-11-16T08:32:27Z\"",
                "\"2026-11-16T09:32:27+01:00\"",
                "\"2026-11-16T08:32:27+0000\""
            })
    void aTimeIsReadInEachForm(String time) throws Exception {
        MessagesValue value = (MessagesValue)
                reader.read(messages("{\"messages\":[{\"id\":\"a\",\"type\":\"unknown\",\"timestamp\":" + time + "}]}"))
                        .change()
                        .value();
        assertThat(value.messages().get(0).timestamp()).isEqualTo(Instant.ofEpochSecond(1_794_817_947));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":null,\"statuses\":null,\"contacts\":null,\"errors\":null}",
                "{\"messages\":{\"id\":\"a\",\"type\":\"unknown\"}}",
                "{\"messages\":[{\"id\":\"a\",\"type\":\"text\",\"TEXT\":[{}]}]}",
                "{\"messages\":[{\"id\":\"a\",\"type\":\"TEXT\",\"text\":{\"body\":\"a\"}}]}",
                "{\"messages\":[{\"id\":5,\"from\":12065550177,\"type\":\"text\",\"text\":{\"body\":7}}]}",
                "{\"messages\":[{\"id\":\"a\",\"type\":\"unknown\",\"timestamp\":\"\",\"context\":[]}]}",
                "{\"statuses\":[{\"id\":\"a\",\"status\":\"READ\",\"pricing\":{\"billable\":\"true\"},"
                        + "\"errors\":[{\"code\":\"131026\"}]}]}"
            })
    void whatIsAbsentNullOrWrittenAnotherWayIsTyped(String value) throws Exception {
        ReadChange read = reader.read(messages(value));
        assertThat(read.change().value()).isInstanceOf(MessagesValue.class);
        assertThat(read.unknown()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            value = {
                "messages; {\"contacts\":[{\"user_id\":\"US.1\",\"country_code\":\"US\",\"profile\":{\"country_code\":\"US\"}}]}",
                "messages; {\"messages\":[{\"id\":\"a\",\"type\":\"unknown\",\"from\":\"\",\"from_logical_id\":\"7\","
                        + "\"context\":{\"from_user_id\":\"US.1\",\"from_parent_user_id\":\"US.ENT.1\"}}]}",
                "messages; {\"messages\":[{\"id\":\"a\",\"type\":\"unsupported\",\"unsupported\":{\"type\":\"unknown\"}}]}",
                "messages; {\"statuses\":[{\"id\":\"a\",\"status\":\"sent\",\"recipient_logical_id\":\"7\","
                        + "\"contacts\":[{\"user_id\":\"US.1\"}],\"pricing\":{\"type\":\"free_group_customer_service\","
                        + "\"subtype\":\"paid_exempt\",\"category\":\"general_purpose_ai\"}}]}",
                "messages; {\"user_actions\":[{\"action_type\":\"marketing_messages_link_click\",\"marketing_messages_link_click_data\":"
                        + "{\"click_component\":\"body\",\"client_user_agent\":\"a\"}}]}",
                "business_username_updates; {\"display_phone_number\":\"1\",\"status\":\"deleted\",\"context\":\"revoked\"}",
                "account_update; {\"event\":\"BUSINESS_VERIFICATION_NEEDED\",\"waba_info\":{\"waba_id\":\"1\"}}",
                "account_update; {\"event\":\"PARTNER_REMOVED\",\"disconnection_info\":{\"initiated_by\":\"USER\"}}",
                "history; {\"metadata\":{\"phone_number_id\":\"1\"},\"history\":[{\"threads\":[{\"context\":"
                        + "{\"country_code\":\"US\"}}]}]}",
                "smb_app_state_sync; {\"metadata\":{\"phone_number_id\":\"1\"},\"state_sync\":[{\"type\":\"contact\","
                        + "\"action\":\"add\",\"contact\":{\"country_code\":\"US\"}}]}",
                "group_participants_update; {\"metadata\":{\"phone_number_id\":\"1\"},\"groups\":[{\"group_id\":\"1\","
                        + "\"type\":\"group_join_request_created\",\"country_code\":\"US\"}]}"
            })
    void whatCameSinceAugustIsKnown(String field, String value) throws Exception {
        ReadChange read =
                reader.read(bytes("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":["
                        + "{\"field\":\"" + field + "\",\"value\":" + value + "}]}]}"));
        assertThat(read.unknown()).isEmpty();
        assertThat(read.change().value()).isNotInstanceOf(UnknownValue.class);
    }

    @Test
    void whatIsUnknownIsNamedByItsPathButNeverByItsContent() throws Exception {
        byte[] payload = bytes("{\"object\":\"whatsapp_business_account\",\"x\":1,\"entry\":[{\"y\":[],\"changes\":["
                + "{\"field\":\"messages\",\"z\":{},\"value\":{\"metadata\":{\"phone_number_id\":\"1\"},"
                + "\"statuses\":[{\"id\":\"a\",\"status\":\"seen_twice\","
                + "\"12065550177\":\"Nadia\","
                + "\"conversation\":{\"origin\":{\"type\":\"Nadia wrote 12065550177\"}}}]}}]}]}");
        List<UnknownPart> unknown = reader.read(payload).unknown();
        assertThat(unknown)
                .containsExactly(
                        new UnknownPart(Kind.PROPERTY, "x", "number"),
                        new UnknownPart(Kind.PROPERTY, "entry[].y", "array"),
                        new UnknownPart(Kind.PROPERTY, "entry[].changes[].z", "object"),
                        new UnknownPart(Kind.WORD, "value.statuses[].status", "seen_twice"),
                        new UnknownPart(Kind.PROPERTY, "value.statuses[].?", "string"),
                        new UnknownPart(Kind.WORD, "value.statuses[].conversation.origin.type", "?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} x", "not json"})
    void whatIsNotJsonIsSaidToBe(String payload) {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> reader.read(bytes(payload)))
                .withMessageNotContaining("not json");
    }

    private Message message(String name) throws Exception {
        return ((MessagesValue) sample(name).value()).messages().get(0);
    }

    private Change<?> sample(String name) throws Exception {
        return reader.read(Payloads.read(name)).change();
    }

    private static byte[] messages(String value) {
        return Payloads.change("messages", value);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
