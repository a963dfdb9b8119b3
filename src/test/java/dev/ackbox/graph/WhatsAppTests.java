package dev.ackbox.graph;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.ackbox.graph.Meta.answer;
import static dev.ackbox.sample.Samples.templateStatus;
import static dev.ackbox.sample.Samples.text;
import static dev.ackbox.sample.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.ackbox.CapturedLog;
import dev.ackbox.graph.GraphProperties.AfterUnknownSend;
import dev.ackbox.handler.Handler;
import dev.ackbox.handler.PermanentFailureException;
import dev.ackbox.handler.Received;
import dev.ackbox.handler.RetryLaterException;
import dev.ackbox.inbox.RecordNotes;
import dev.ackbox.model.messages.Content;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.templates.TemplateStatusValue;
import dev.ackbox.sample.SampleUser;
import dev.ackbox.test.AckboxTest;
import dev.ackbox.test.HandledRecord;
import dev.ackbox.test.SentMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a handler sends, with all of Ackbox around it. */
@Tag("socket")
@Timeout(60)
class WhatsAppTests {

    /** How often the handlers fail after they have sent. */
    private static final AtomicInteger FAILURES = new AtomicInteger();

    private static final List<String> RETURNED = new ArrayList<>();

    @Configuration(proxyBeanMethods = false)
    static class Answers {

        @Bean
        Handler<Content.Text> answering(WhatsApp whatsApp) {
            return (text, received) -> {
                RETURNED.add(whatsApp.reply(received, "one"));
                RETURNED.add(whatsApp.reply(received, "two"));
                if (FAILURES.getAndDecrement() > 0) {
                    throw new IllegalStateException();
                }
            };
        }
    }

    private static AckboxTest start(int failures, Class<?>... handlers) {
        FAILURES.set(failures);
        RETURNED.clear();
        return AckboxTest.start(handlers);
    }

    private static List<String> texts(AckboxTest ackbox) {
        return ackbox.meta().sent().stream().map(SentMessage::text).toList();
    }

    @Test
    void aRetryDoesNotSendAgainWhatWasSent() {
        try (AckboxTest ackbox = start(2, Answers.class)) {
            ackbox.send(text("hello"));
            ackbox.await();
            ackbox.retryNow();
            ackbox.retryNow();
            ackbox.awaitHandled();

            assertThat(texts(ackbox)).containsExactly("one", "two");
            assertThat(RETURNED)
                    .containsExactly(
                            "wamid.sent1", "wamid.sent2", "wamid.sent1", "wamid.sent2", "wamid.sent1", "wamid.sent2");
        }
    }

    @Test
    void eachRecordAndHandlerSendsItsOwn() {
        try (AckboxTest ackbox = start(0, Answers.class, Second.class)) {
            ackbox.send(text("a"), text("b"));
            ackbox.awaitHandled();

            assertThat(texts(ackbox)).containsExactlyInAnyOrder("one", "two", "one", "two", "three", "three");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Second {

        @Bean
        Handler<Message> alsoAnswering(WhatsApp whatsApp) {
            return (message, received) -> whatsApp.reply(received, "three");
        }
    }

    @Test
    void whatMetaRejectsIsSentByTheRetry() {
        try (AckboxTest ackbox = start(0, Answers.class);
                CapturedLog log = new CapturedLog()) {
            ackbox.meta().failNext(131016);
            ackbox.send(text("hello"));
            ackbox.await();
            assertThat(ackbox.failed()).singleElement().satisfies(record -> {
                assertThat(record.exception()).isInstanceOf(GraphException.class);
                assertThat(record.reason())
                        .contains("Meta answered 400 with code 131016: the service is not available for a moment"
                                + " (fbtrace_id FakeTrace)");
            });
            assertThat(log.lines())
                    .filteredOn(line -> line.text().contains("131016"))
                    .as("lines about one failure")
                    .singleElement()
                    .satisfies(line -> assertThat(line.text()).contains("failed in attempt 1", "FakeTrace"));
            ackbox.retryNow();
            ackbox.awaitHandled();

            assertThat(texts(ackbox)).containsExactly("one", "two");
        }
    }

    @Nested
    class AfterALostAnswer {

        @Test
        void theRecordIsADeadLetterWithAReason() {
            try (AckboxTest ackbox = start(0, Answers.class)) {
                ackbox.meta().loseNextAnswer();
                ackbox.send(text("hello"));
                ackbox.await();

                assertThat(ackbox.dead())
                        .singleElement()
                        .extracting(HandledRecord::reason)
                        .isEqualTo("answering: nobody knows whether Meta has sent message 1 of this handler;"
                                + " put the record back to send it (again). See ackbox.graph.after-unknown-send"
                                + " (Meta has not answered: the time is over)");
                assertThat(texts(ackbox)).containsExactly("one");
            }
        }

        @Test
        void theMessageIsSentAgainWhereThatIsWanted() {
            FAILURES.set(0);
            try (AckboxTest ackbox = AckboxTest.with(Answers.class)
                    .setting("ackbox.graph.after-unknown-send", "resend")
                    .start()) {
                ackbox.meta().loseNextAnswer();
                ackbox.send(text("hello"));
                ackbox.await();
                ackbox.retryNow();
                ackbox.awaitHandled();

                assertThat(texts(ackbox)).containsExactly("one", "one", "two");
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Everything {

        @Bean
        Handler<Message> everything(WhatsApp whatsApp) {
            return (message, received) -> {
                whatsApp.markRead(received);
                whatsApp.markReadAndType(received);
                whatsApp.react(received, "\uD83D\uDC4D");
                whatsApp.reply(received, "hi");
                whatsApp.send(received, "{\"type\": \"image\", \"image\": {\"id\": \"1\"}}");
                whatsApp.send(received, "{\"to\": \"15550001111\", \"type\": \"text\", \"text\": {\"body\": \"x\"}}");
            };
        }

        @Bean
        Handler<TemplateStatusValue> impossible(WhatsApp whatsApp) {
            return (template, received) -> whatsApp.reply(received, "nobody");
        }
    }

    @Test
    void sendsToAUserWithoutPhoneNumberByTheirId() {
        try (AckboxTest ackbox = start(0, Everything.class)) {
            ackbox.send(text("hello").from(user("Nadia").withoutNumber()));
            ackbox.awaitHandled();

            assertThat(ackbox.meta().read()).hasSize(2).doesNotContain("");
            List<SentMessage> sent = ackbox.meta().sent();
            assertThat(sent).extracting(SentMessage::type).containsExactly("reaction", "text", "image", "text");
            assertThat(sent.get(1).json().has("to")).isFalse();
            assertThat(sent.get(1).recipient()).matches("[A-Z]{2}\\..+");
            assertThat(sent.get(3).recipient()).isEqualTo("15550001111");
        }
    }

    @Test
    void sendsToTheGroupThatAMessageIsOf() {
        try (AckboxTest ackbox = start(0, Everything.class)) {
            ackbox.send(text("hello").inGroup("group-1"));
            ackbox.awaitHandled();

            assertThat(ackbox.meta().sent().get(1).json().toString())
                    .contains("\"recipient_type\":\"group\"", "\"to\":\"group-1\"");
        }
    }

    @Test
    void nothingCanBeSentToATemplate() {
        try (AckboxTest ackbox = start(0, Everything.class)) {
            ackbox.send(templateStatus("PAUSED"));
            ackbox.await();

            assertThat(ackbox.dead())
                    .singleElement()
                    .extracting(HandledRecord::reason)
                    .isEqualTo("impossible: there is no user to send to");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Deciding {

        @Bean
        Handler<Content.Text> deciding(WhatsApp whatsApp) {
            return (text, received) -> {
                try {
                    whatsApp.reply(received, "hi");
                } catch (ConversationClosedException ex) {
                    throw new PermanentFailureException("the user wrote too long ago", ex);
                } catch (PermissionMissingException ex) {
                    throw new RetryLaterException(Duration.ofHours(6), ex);
                }
            };
        }
    }

    @Test
    void aHandlerDecidesAboutAClosedConversationAndAMissingPermission() {
        try (AckboxTest ackbox = start(0, Deciding.class)) {
            ackbox.meta().failNext(131047);
            ackbox.send(text("late"));
            ackbox.await();
            assertThat(ackbox.dead())
                    .singleElement()
                    .extracting(HandledRecord::reason)
                    .isEqualTo(
                            "deciding: the user wrote too long ago (Meta answered 400 with code 131047: the user wrote more"
                                    + " than 24 hours ago: send a template (fbtrace_id FakeTrace))");

            ackbox.meta().failNext(10);
            ackbox.send(text("no permission"));
            ackbox.await();
            assertThat(ackbox.failed()).singleElement().satisfies(record -> {
                assertThat(record.nextAttempt())
                        .isEqualTo(ackbox.clock().instant().plus(Duration.ofHours(6)));
                assertThat(record.reason()).contains("PT6H", "code 10: the token lacks a permission");
            });
        }
    }

    @Test
    void withoutATokenAHandlerThatSendsStopsTheStart() {
        assertThatThrownBy(() -> AckboxTest.with(Answers.class)
                        .setting("ackbox.graph.access-token", "")
                        .start())
                .rootCause()
                .hasMessageContaining("dev.ackbox.graph.WhatsApp");
    }

    @Configuration(proxyBeanMethods = false)
    static class Keeping {

        static final AtomicReference<Received> KEPT = new AtomicReference<>();

        @Bean
        Handler<Content.Text> keeping() {
            return (text, received) -> KEPT.set(received);
        }
    }

    @Nested
    class OverHttp {

        @RegisterExtension
        static final WireMockExtension META = Meta.server();

        private final Received received = received();

        private static Received received() {
            try (AckboxTest ackbox = AckboxTest.start(Keeping.class)) {
                ackbox.send(
                        text("hello").from(SampleUser.ofNumber("12065550177")).withId("wamid.A"));
                ackbox.awaitHandled();
                return Keeping.KEPT.get();
            }
        }

        private final Map<String, byte[]> kept = new HashMap<>();

        /** By a bean of its own, as after a restart. */
        private String reply(Received to, String... settings) {
            RecordNotes notes = new RecordNotes() {
                @Override
                public void put(long recordId, String name, byte[] value) {
                    kept.put(recordId + name, value);
                }

                @Override
                public Optional<byte[]> get(long recordId, String name) {
                    return Optional.ofNullable(kept.get(recordId + name));
                }
            };
            return new CloudWhatsApp(Meta.api(META, settings), new Sends(notes, AfterUnknownSend.FAIL)).reply(to, "hi");
        }

        @Test
        void aReplyIsWhatTheCloudApiTakes() {
            META.stubFor(any(anyUrl())
                    .willReturn(answer(
                            200,
                            "{\"messaging_product\": \"whatsapp\", \"contacts\": [{\"input\": \"1\"}],"
                                    + " \"messages\": [{\"id\": \"wamid.HBgL\"}]}")));

            assertThat(reply(received)).isEqualTo("wamid.HBgL");

            META.verify(postRequestedFor(
                            urlPathEqualTo("/v26.0/" + received.number().phoneNumberId() + "/messages"))
                    .withHeader("Content-Type", equalTo("application/json"))
                    .withRequestBody(equalToJson("""
                            {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "12065550177",
                             "context": {"message_id": "wamid.A"}, "type": "text", "text": {"body": "hi"}}
                            """)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"messages\": []}", "[]", "<html>"})
        void anAnswerWithoutIdIsUnknown(String body) {
            META.stubFor(any(anyUrl()).willReturn(answer(200, body)));

            assertThatThrownBy(() -> reply(received))
                    .isInstanceOf(PermanentFailureException.class)
                    .hasMessageContaining("nobody knows");
        }

        @Test
        void whatIsUnknownStaysSoUntilAnOperatorPutsTheRecordBack() {
            for (int requeues = 0; requeues < 3; requeues++) {
                kept.put(received.recordId() + RecordNotes.REQUEUED, new byte[] {(byte) ('1' + requeues)});
                META.resetRequests();
                META.stubFor(any(anyUrl()).willReturn(answer(200, "<html>")));
                assertThatThrownBy(() -> reply(received)).hasMessageContaining("nobody knows");
                META.stubFor(any(anyUrl()).willReturn(answer(200, "{\"messages\": [{\"id\": \"wamid.B\"}]}")));

                // The process has ended before the dead letter was stored, perhaps several times.
                assertThatThrownBy(() -> reply(received)).hasMessageContaining("nobody knows");
                assertThatThrownBy(() -> reply(received)).hasMessageContaining("nobody knows");
                assertThat(META.getAllServeEvents()).hasSize(1);
            }
            kept.put(received.recordId() + RecordNotes.REQUEUED, new byte[] {'9'});

            assertThat(reply(received)).isEqualTo("wamid.B");
            assertThat(reply(received)).isEqualTo("wamid.B");
            assertThat(META.getAllServeEvents()).hasSize(2);
        }

        @Test
        void aTimeOutIsUnknownToo() {
            META.stubFor(any(anyUrl()).willReturn(answer(200, "{}").withFixedDelay((int) Meta.TOO_LONG.toMillis())));

            assertThatThrownBy(() -> reply(received, "read-timeout", "100ms"))
                    .isInstanceOf(PermanentFailureException.class)
                    .hasMessageContaining("nobody knows");
        }
    }
}
