package dev.ackbox.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.Payloads;
import dev.ackbox.SampleChanges;
import dev.ackbox.SampleChanges.Sample;
import dev.ackbox.handler.Handler;
import dev.ackbox.handler.Received;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.Lane;
import dev.ackbox.model.Change;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.User;
import dev.ackbox.model.Value;
import dev.ackbox.model.calls.CallsValue;
import dev.ackbox.model.json.ChangeReader;
import dev.ackbox.model.messages.Content;
import dev.ackbox.model.messages.EchoesValue;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.MessagesValue;
import dev.ackbox.model.messages.Reply;
import dev.ackbox.model.messages.Status;
import dev.ackbox.test.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What handlers are given of the example bodies. */
class ReceivedElementTests {

    private static final Instant RECEIVED_AT = Instant.parse("2026-11-22T10:00:00Z");

    private final ChangeReader reader = new ChangeReader();
    private final MovableClock clock = new MovableClock();

    @Nested
    class Routing {

        @Test
        void everyTypeThatMayBeTakenOccursInAnExample() throws Exception {
            Set<Class<?>> seen = new HashSet<>();
            List<RegisteredHandler> handlers = Element.types().stream()
                    .map(type -> new RegisteredHandler(
                            type.getName(), type, (Handler<Object>) (taken, received) -> seen.add(taken.getClass())))
                    .toList();
            for (String body : Payloads.all()) {
                for (Sample sample : SampleChanges.changesOf(body)) {
                    call(sample, handlers);
                }
            }
            call(unknownReply(), handlers);
            assertThat(seen).containsExactlyInAnyOrderElementsOf(Element.types());
        }

        /** A reply of a type that does not exist yet. */
        private Sample unknownReply() {
            Sample sample = sample("messages/interactive_button_reply").copy();
            ((ObjectNode) sample.value().path("messages").path(0))
                    .putObject("interactive")
                    .put("type", "hologram_reply")
                    .putObject("hologram_reply");
            return sample;
        }

        @Test
        void aMessageGoesToTheHandlersOfItsParts() throws Exception {
            assertThat(takersOf("messages/text_full"))
                    .containsExactly("Value", "MessagesValue", "Message", "Content", "Text");
            assertThat(takersOf("messages/image_full"))
                    .containsExactly("Value", "MessagesValue", "Message", "Content", "Media");
            assertThat(takersOf("messages/interactive_nfm_reply_flow"))
                    .containsExactly("Value", "MessagesValue", "Message", "Content", "Reply");
            assertThat(takersOf("messages/status_read_full")).containsExactly("Value", "MessagesValue", "Status");
        }

        @Test
        void whatUsersDidNotSendToTheBusinessIsNoMessage() throws Exception {
            for (String field : List.of("message_echoes", "smb_message_echoes", "history", "standby")) {
                for (String body : Payloads.in(field)) {
                    assertThat(takersOf(body)).as(body).doesNotContain("Message", "Content", "Status");
                }
            }
        }

        private List<String> takersOf(String body) throws Exception {
            List<String> takers = new ArrayList<>();
            List<RegisteredHandler> handlers = new ArrayList<>();
            for (Class<?> type : List.of(
                    Value.class,
                    MessagesValue.class,
                    Message.class,
                    Content.class,
                    Content.Text.class,
                    Content.Media.class,
                    Reply.class,
                    Status.class)) {
                handlers.add(new RegisteredHandler(
                        type.getName(), type, (Handler<Object>) (taken, received) -> takers.add(type.getSimpleName())));
            }
            call(sample(body), handlers);
            return takers;
        }
    }

    @Nested
    class SeveralElements {

        @Test
        void eachIsCalledForWithItsOwnKeyAndUser() throws Exception {
            Map<String, User> users = new LinkedHashMap<>();
            Map<String, String> keys = new LinkedHashMap<>();
            RegisteredHandler handler =
                    new RegisteredHandler("one", Message.class, (Handler<Message>) (message, received) -> {
                        users.put(message.id(), received.user());
                        keys.put(received.idempotencyKey(), received.messageId());
                    });
            call(sample("messages/several_messages_in_one_change"), List.of(handler));
            assertThat(keys).hasSizeGreaterThan(1).hasSameSizeAs(users);
            assertThat(keys.keySet()).allMatch(key -> key.matches("[0-9a-f]{40}-[0-9]+"));
            assertThat(users.values())
                    .doesNotContainNull()
                    .extracting(User::name)
                    .doesNotContainNull();
        }

        @Test
        void haveNamesOfTheirOwnInTheMemory() throws Exception {
            RegisteredHandler handler =
                    new RegisteredHandler("one", Message.class, (Handler<Message>) (message, received) -> {});
            Sample body = sample("messages/several_messages_in_one_change");
            assertThat(invocations(body, List.of(handler)))
                    .extracting(Invocation::name)
                    .startsWith("one[0]", "one[1]");
            assertThat(invocations(sample("messages/text_full"), List.of(handler)))
                    .extracting(Invocation::name)
                    .containsExactly("one");
        }

        @Test
        void areCountedAmongAllOfTheValueWhateverAHandlerTakes() throws Exception {
            Sample body = textThenImageThenText();
            assertThat(namesAndKeys(body, Message.class)).containsExactly("one[0] -0", "one[1] -1", "one[2] -2");
            assertThat(namesAndKeys(body, Content.Image.class)).containsExactly("one[1] -1");
            assertThat(namesAndKeys(body, Content.Text.class)).containsExactly("one[0] -0", "one[2] -2");
            assertThat(namesAndKeys(body, MessagesValue.class)).containsExactly("one ");
            assertThat(namesAndKeys(sample("messages/text_full"), Content.Text.class))
                    .containsExactly("one ");
        }

        private Sample textThenImageThenText() {
            Sample text = sample("messages/text_full").copy();
            ArrayNode messages = (ArrayNode) text.value().path("messages");
            messages.add(sample("messages/image_full").value().path("messages").path(0));
            messages.add(messages.path(0).deepCopy());
            return text;
        }

        /** What each call is remembered by, and what its key has behind that of the record. */
        private List<String> namesAndKeys(Sample body, Class<?> type) throws Exception {
            return invocations(body, List.of(new RegisteredHandler("one", type, (taken, received) -> {}))).stream()
                    .map(invocation -> invocation.name() + " "
                            + invocation.received().idempotencyKey().substring(40))
                    .toList();
        }

        @Test
        void leaveWhatDiffersBetweenThemAbsentForTheWholeValue() throws Exception {
            Received received = received("messages/several_messages_in_one_change", MessagesValue.class);
            assertThat(received.message()).isNull();
            assertThat(received.messageId()).isNull();
            assertThat(received.number()).isNotNull();
        }

        @Test
        void anErrorBesideACallIsAboutTheCall() throws Exception {
            Received received = received("calls/terminate_failed", CallsValue.class);
            assertThat(received.user()).isNotNull();
            assertThat(received("calls/terminate_failed", PlatformError.class)).isNotNull();
        }
    }

    @Nested
    class What {

        @Test
        void belongsToAMessage() throws Exception {
            Received received = received("messages/text_full", Content.Text.class);
            assertThat(received.user())
                    .isEqualTo(new User(
                            "US.4170923358816620457",
                            "12065550177",
                            "US.ENT.7702184493160058231",
                            "Nadia Petrescu",
                            "nadia.petrescu"));
            assertThat(received.number().phoneNumberId()).isEqualTo("318840776125093");
            assertThat(received.accountId()).isEqualTo("211504987306412");
            assertThat(received.message().content()).isInstanceOf(Content.Text.class);
            assertThat(received.messageId()).isEqualTo(received.message().id());
            assertThat(received.repliesTo()).startsWith("wamid.");
            assertThat(received.group()).isNull();
            assertThat(received.time()).isEqualTo(received.message().timestamp());
            assertThat(received.receivedAt()).isEqualTo(RECEIVED_AT);
            assertThat(received.isDashboardTest()).isFalse();
            assertThat(received.field()).isEqualTo("messages");
            assertThat(received.recordId()).isEqualTo(7);
            assertThat(received.idempotencyKey()).matches("[0-9a-f]{40}");
            assertThat(received.endpoint()).isEqualTo("shop");
            assertThat(received.attempt()).isEqualTo(3);
            assertThat(received.replay()).isNull();
        }

        @Test
        void belongsToAnyUserWhoIsNamed() throws Exception {
            assertThat(userOf("messages/text_username_without_number", Message.class))
                    .satisfies(user -> assertThat(user.phoneNumber()).isNull())
                    .satisfies(user -> assertThat(user.key()).startsWith("GB."));
            assertThat(userOf("messages/status_read_full", Status.class).key()).isEqualTo("US.4170923358816620457");
            assertThat(userOf("messages/status_group_sent", Status.class)).isNull();
            assertThat(userOf("messages/status_group_aggregated_read", Status.class)
                            .key())
                    .isEqualTo("US.4170923358816620457");
            assertThat(userOf("calls/full_connect", CallsValue.Call.class).phoneNumber())
                    .isEqualTo("12065550177");
            assertThat(userOf("calls/connect_business_initiated", CallsValue.Call.class)
                            .phoneNumber())
                    .isEqualTo("12065550177");
            assertThat(userOf("message_echoes/full", EchoesValue.class).phoneNumber())
                    .isEqualTo("12065550177");
            assertThat(userOf("messages/user_actions_link_click", Value.class).phoneNumber())
                    .isEqualTo("12065550177");
            assertThat(userOf("account_update/account_restriction_full", Value.class))
                    .isNull();
        }

        @Test
        void isOfAGroup() throws Exception {
            String group = received("messages/text_group", Message.class).group();
            assertThat(group).isNotEmpty();
            assertThat(received("messages/status_group_sent", Status.class).group())
                    .isEqualTo(group);
            assertThat(received("group_lifecycle_update/full", Value.class).group())
                    .isNotEmpty();
        }

        @Test
        void ledToAChat() throws Exception {
            assertThat(received("messages/text_referral_ad_image", Content.class)
                            .referral()
                            .sourceId())
                    .isNotEmpty();
            assertThat(received("messages/text_full", Content.class).referral()).isNull();
        }

        @Test
        void isAnAccountOfAPartnersCustomer() throws Exception {
            Sample sample = sample("account_update/partner_added");
            String customer = sample.value().path("waba_info").path("waba_id").asString();
            assertThat(received("account_update/partner_added", Value.class).accountId())
                    .isEqualTo(customer);
        }

        @Test
        void isATestOfTheDashboard() throws Exception {
            assertThat(SampleChanges.typed())
                    .extracting(Sample::body)
                    .filteredOn(body -> body.startsWith("_dashboard_test/"))
                    .isNotEmpty()
                    .allSatisfy(body -> assertThat(received(body, Value.class).isDashboardTest())
                            .isTrue());
        }

        @Test
        void isOldIsToldByMetasTime() throws Exception {
            Received received = received("messages/text_full", Message.class);
            clock.advance(Duration.between(clock.instant(), received.time()).plusDays(30));
            assertThat(received.age()).isEqualTo(Duration.ofDays(30));
            Received withoutTime = received("messages/errors_value", Value.class);
            assertThat(withoutTime.time()).isNull();
            assertThat(withoutTime.age()).isEqualTo(Duration.between(RECEIVED_AT, clock.instant()));
        }

        @Test
        void isNeverOlderThanNothing() throws Exception {
            clock.advance(Duration.between(clock.instant(), Instant.EPOCH));
            assertThat(received("messages/text_full", Message.class).age()).isZero();
        }

        @Test
        void hasItsJsonOnceForEachWhoAsks() throws Exception {
            Received received = received("messages/text_full", Message.class);
            ObjectNode first = (ObjectNode) received.json();
            assertThat(first).isEqualTo(sample("messages/text_full").value());
            ((ObjectNode) first.path("metadata")).removeAll();
            assertThat(received.json()).isEqualTo(sample("messages/text_full").value());
        }

        @Test
        void isNamedWithoutAnythingPersonal() throws Exception {
            assertThat(received("messages/text_full", Message.class))
                    .hasToString("Received[record 7, shop, attempt 3]");
        }

        private User userOf(String body, Class<?> type) throws Exception {
            return received(body, type).user();
        }
    }

    private static Sample sample(String body) {
        return SampleChanges.changesOf(body).get(0);
    }

    /** What a handler of a type is given first with a body. */
    private Received received(String body, Class<?> type) throws Exception {
        List<Received> given = new ArrayList<>();
        call(sample(body), List.of(new RegisteredHandler("one", type, (Handler<Object>)
                (taken, received) -> given.add(received))));
        return given.get(0);
    }

    private void call(Sample sample, List<RegisteredHandler> handlers) throws Exception {
        for (Invocation invocation : invocations(sample, handlers)) {
            invocation.call();
        }
    }

    private List<Invocation> invocations(Sample sample, List<RegisteredHandler> handlers) throws Exception {
        byte[] payload = sample.bytes();
        InboxRecord received = new InboxRecord(
                new InboxRecordId(7),
                IdempotencyKey.of(1, new byte[20]),
                "shop",
                sample.field(),
                Lane.CHANGES,
                1,
                RECEIVED_AT,
                payload,
                2,
                Set.of());
        Change<?> change = reader.read(payload).change();
        return new HandlerRegistry(handlers).invocationsFor(received, change, () -> true, clock);
    }
}
