package dev.ackbox.model.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ackbox.Payloads;
import dev.ackbox.model.Group;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.UnknownWord;
import dev.ackbox.model.User;
import dev.ackbox.model.account.AccountAlertsValue;
import dev.ackbox.model.account.AccountUpdateValue;
import dev.ackbox.model.json.ChangeReader;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the records say beyond what the platform sends. */
class MeaningTests {

    private final ChangeReader reader = new ChangeReader();

    @Test
    void aWordIsOneOfSeveral() {
        OpenEnum<MessageStatus> read = MessageStatus.READ;
        OpenEnum<MessageStatus> melted = new UnknownWord<>("melted");
        assertThat(read.is(MessageStatus.SENT, MessageStatus.READ)).isTrue();
        assertThat(read.is(MessageStatus.SENT)).isFalse();
        assertThat(read.known()).contains(MessageStatus.READ);
        assertThat(melted.is(MessageStatus.READ)).isFalse();
        assertThat(melted.known()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "READ, DELIVERED, true",
        "DELIVERED, READ, false",
        "DELIVERED, FAILED, true",
        "FAILED, SENT, true",
        "FAILED, DELIVERED, false",
        "SENT, SENT, false",
        "DELETED, READ, true"
    })
    void aStatusSupersedesWhatComesBeforeIt(MessageStatus status, MessageStatus known, boolean supersedes) {
        assertThat(status(status).supersedes(known)).isEqualTo(supersedes);
        assertThat(status(status).supersedes(null)).isTrue();
        assertThat(status(status).supersedes(new UnknownWord<>("melted"))).isTrue();
        assertThat(status(new UnknownWord<>("melted")).supersedes(known)).isFalse();
    }

    @Test
    void aFailureIsTheFirstError() throws Exception {
        assertThat(value("messages/status_failed_full")
                        .statuses()
                        .get(0)
                        .failure()
                        .code())
                .isEqualTo(131049);
        assertThat(value("messages/status_read_full").statuses().get(0).failure())
                .isNull();
    }

    @Test
    void aPaymentIsNoStatusOfAMessage() throws Exception {
        MessagesValue value = value("messages/status_payment_failed_full");
        assertThat(value.statuses()).isEmpty();
        PaymentStatus payment = value.paymentStatuses().get(0);
        assertThat(payment.status()).isEqualTo(PaymentStatus.State.FAILED);
        assertThat(payment.messageId()).startsWith("wamid.");
        assertThat(payment.payment().amount().decimal()).isPositive();
        assertThat(new Payment.Amount(21_050L, 100L).decimal()).isEqualByComparingTo("210.5");
        assertThat(new Payment.Amount(21_050L, 0L).decimal()).isNull();
        assertThat(new Payment.Amount(null, 100L).decimal()).isNull();
    }

    @Test
    void aRecipientIsAUserOrAGroup() throws Exception {
        assertThat(status("messages/status_read_full").recipient())
                .isInstanceOfSatisfying(
                        User.class, user -> assertThat(user.key()).isNotBlank());
        Status ofGroup = status("messages/status_group_pricing_in_conversation");
        assertThat(ofGroup.recipient())
                .isInstanceOfSatisfying(
                        Group.class, group -> assertThat(group.id()).isNotBlank());
        assertThat(ofGroup.participant()).isNotNull();
        assertThat(ofGroup.pricing()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"button_full", "interactive_button_reply", "interactive_list_reply_full"})
    void aChoiceHasAnIdAndATitle(String sample) throws Exception {
        Content content = content(sample);
        Choice choice =
                content instanceof Content.Interactive interactive ? (Choice) interactive.reply() : (Choice) content;
        assertThat(choice.id()).isNotBlank();
        assertThat(choice.title()).isNotBlank();
    }

    private record Booking(String service, @Nullable String flow_token) {}

    @Test
    void aFlowReplyIsReadAsATreeOrAsAClass() {
        FlowReply reply = reply("{\"flow_token\":\"t-7\",\"service\":\"haircut\",\"more\":[1]}");
        assertThat(reply.values().path("service").asString()).isEqualTo("haircut");
        assertThat(reply.as(Booking.class)).isEqualTo(new Booking("haircut", "t-7"));
        assertThat(reply.flowToken()).isEqualTo("t-7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "Nadia", "null", "[]", "7"})
    void aFlowReplyMayBeAnything(String text) {
        FlowReply reply = reply(text);
        assertThat(reply.values().path("service").isMissingNode()).isTrue();
        assertThat(reply.flowToken()).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reply.as(Booking.class))
                .withMessage("The reply does not fit " + Booking.class.getName())
                .withNoCause();
    }

    @Test
    void anOrderHasATotalWhereItIsOfOneCurrency() throws Exception {
        Content.Order order = (Content.Order) content("order_full");
        BigDecimal total = order.productItems().stream()
                .map(item -> item.itemPrice().multiply(new BigDecimal(item.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(order.total()).isEqualByComparingTo(total).isPositive();
        assertThat(order.currency()).hasSize(3);
        assertThat(order(item("EUR", 1L), item("USD", 1L)).total()).isNull();
        assertThat(order(item("EUR", null)).total()).isNull();
        assertThat(order().total()).isNull();
    }

    @Test
    void aReactionWithoutAnEmojiIsARemoval() {
        assertThat(new Content.Reaction("wamid.1", null).isRemoval()).isTrue();
        assertThat(new Content.Reaction("wamid.1", "").isRemoval()).isTrue();
        assertThat(new Content.Reaction("wamid.1", "👍").isRemoval()).isFalse();
    }

    @Test
    void olderFormsAreReadIntoTheNewerOnes() throws Exception {
        AccountAlertsValue alerts = (AccountAlertsValue)
                reader.read(Payloads.read("account_alerts/flat_older")).change().value();
        assertThat(alerts.alertInfo().alertType()).isEqualTo(AccountAlertsValue.Type.PROFILE_PICTURE_LOST);
        AccountUpdateValue update = (AccountUpdateValue) reader.read(Payloads.read("account_update/ad_account_linked"))
                .change()
                .value();
        assertThat(update.wabaInfo().adAccountId()).isNotBlank();
        for (String name : List.of("wa_id", "new_wa_id")) {
            String body = new String(Payloads.read("messages/system_user_changed_number"), "UTF-8")
                    .replace("\"wa_id\"", "\"" + name + "\"");
            Message message = ((MessagesValue)
                            reader.read(body.getBytes("UTF-8")).change().value())
                    .messages()
                    .get(0);
            assertThat(((Content.SystemNotice) message.content()).newWaId()).isNotBlank();
        }
    }

    private static Content.Order order(Content.Order.ProductItem... items) {
        return new Content.Order("1", null, List.of(items));
    }

    private static Content.Order.ProductItem item(String currency, @Nullable Long quantity) {
        return new Content.Order.ProductItem("a", quantity, BigDecimal.TEN, currency);
    }

    private static FlowReply reply(String json) {
        return new FlowReply(FlowReply.Name.FLOW, "Sent", json);
    }

    private static Status status(OpenEnum<MessageStatus> word) {
        return new Status(
                "wamid.1", word, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, List.of(), List.of(), null);
    }

    private Status status(String sample) throws Exception {
        return value(sample).statuses().get(0);
    }

    private Content content(String sample) throws Exception {
        return value("messages/" + sample).messages().get(0).content();
    }

    private MessagesValue value(String sample) throws Exception {
        return (MessagesValue) reader.read(Payloads.read(sample)).change().value();
    }
}
