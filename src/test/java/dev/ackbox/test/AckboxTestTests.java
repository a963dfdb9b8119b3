package dev.ackbox.test;

import static dev.ackbox.sample.Samples.image;
import static dev.ackbox.sample.Samples.order;
import static dev.ackbox.sample.Samples.sample;
import static dev.ackbox.sample.Samples.status;
import static dev.ackbox.sample.Samples.templateStatus;
import static dev.ackbox.sample.Samples.text;
import static dev.ackbox.sample.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.ackbox.Payloads;
import dev.ackbox.SampleChanges;
import dev.ackbox.handler.Handler;
import dev.ackbox.handler.PermanentFailureException;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.intake.Receipt;
import dev.ackbox.model.Value;
import dev.ackbox.model.messages.Content;
import dev.ackbox.sample.Sample;
import dev.ackbox.sample.SampleKind;
import dev.ackbox.sample.SampleKinds;
import dev.ackbox.test.HandledRecord.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Tag("slow")
@Timeout(60)
class AckboxTestTests {

    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

    /** Handlers, and what the test wants of them. Not annotated, since other tests scan this package. */
    static class Shop {

        private final Queue<JsonNode> received = new ConcurrentLinkedQueue<>();
        private final ApplicationContext context;
        private volatile boolean isOpen = true;
        private volatile boolean isGone;
        private final CountDownLatch queueing = new CountDownLatch(1);
        private final CountDownLatch opening = new CountDownLatch(1);
        private volatile boolean waits;

        Shop(ApplicationContext context) {
            this.context = context;
        }

        @Bean
        Handler<Value> keeping() {
            return (value, context) -> received.add(context.json());
        }

        @Bean
        Handler<Value> selling(Clock clock) {
            return (value, context) -> {
                if (waits) {
                    queueing.countDown();
                    opening.await();
                }
                if (isGone) {
                    throw new PermanentFailureException("the shop is gone");
                }
                if (!isOpen) {
                    throw new IllegalStateException("closed at " + clock.instant());
                }
            };
        }
    }

    static class Texts {

        @Bean
        Handler<Content.Text> texts() {
            return (text, received) -> assertThat(text.body()).isNotBlank();
        }
    }

    @Test
    void aHandlerGetsWhatIsSent() {
        try (AckboxTest ackbox = AckboxTest.start(Shop.class)) {
            Receipt receipt = ackbox.send(text("hello").from(user("Nadia").withoutNumber()));
            ackbox.awaitHandled();

            assertThat(receipt).isEqualTo(new Receipt(1, 0));
            assertThat(ackbox.bean(Shop.class).received).singleElement().satisfies(value -> {
                assertThat(value.at("/messages/0/text/body").asString()).isEqualTo("hello");
                assertThat(value.at("/messages/0/from_user_id").asString())
                        .isEqualTo(user("Nadia").userId());
            });
            assertThat(ackbox.calls("keeping")).containsExactly(new HandlerCall("keeping", "messages", true));
            assertThat(ackbox.handled())
                    .singleElement()
                    .satisfies(record -> assertThat(record.attempts()).isEqualTo(1));
        }
    }

    @Test
    void aNotificationIsSplit() {
        try (AckboxTest ackbox = AckboxTest.start(Shop.class)) {
            assertThat(ackbox.send(text("one"), image(), status("read"), order("mug", 2)))
                    .isEqualTo(new Receipt(4, 0));
            ackbox.awaitHandled();

            assertThat(ackbox.calls("keeping")).hasSize(4);
        }
    }

    @Test
    void eachElementOfAListWithinAListIsHandled() {
        try (AckboxTest ackbox = AckboxTest.start(Texts.class)) {
            JsonNode notification = SampleChanges.JSON.readTree(Payloads.read("messages/text_minimal"));
            ArrayNode messages = (ArrayNode) notification.at("/entry/0/changes/0/value/messages");
            ObjectNode second = ((ObjectNode) messages.get(0)).deepCopy().put("id", "wamid.2");
            messages.set(0, messages.arrayNode().add(messages.get(0)).add(second));
            ackbox.send(notification.toString());
            ackbox.awaitHandled();

            assertThat(ackbox.calls("texts")).hasSize(2).allMatch(HandlerCall::succeeded);
        }
    }

    @Test
    void eachSampleOfEachFieldIsHandled() {
        try (AckboxTest ackbox = AckboxTest.start(Shop.class)) {
            List<SampleKind> kinds = SampleKinds.all();
            kinds.forEach(kind -> ackbox.send(kind.sample()));
            ackbox.awaitHandled();

            assertThat(ackbox.handled()).hasSameSizeAs(kinds);
        }
    }

    @Test
    void aBodyIsSentAsItIs(@TempDir Path directory) throws Exception {
        byte[] body = Payloads.read("messages/text_full");
        Path file = Files.write(directory.resolve("body.json"), body);
        try (AckboxTest ackbox = AckboxTest.start(Shop.class)) {
            assertThat(ackbox.send(body)).isEqualTo(new Receipt(1, 0));
            assertThat(ackbox.send(new String(body, StandardCharsets.UTF_8))).isEqualTo(new Receipt(0, 1));
            assertThat(ackbox.send(file)).isEqualTo(new Receipt(0, 1));
            ackbox.awaitHandled();

            assertThat(ackbox.records()).hasSize(1);
        }
    }

    @Test
    void theSameMessageIsADuplicate() {
        try (AckboxTest ackbox = AckboxTest.start(Shop.class)) {
            Sample hello = text("hello").withId("wamid.A");

            assertThat(ackbox.send(hello)).isEqualTo(new Receipt(1, 0));
            assertThat(ackbox.send(hello)).isEqualTo(new Receipt(0, 1));
            assertThat(ackbox.send(templateStatus("PAUSED"), templateStatus("PAUSED")))
                    .isEqualTo(new Receipt(2, 0));
            ackbox.awaitHandled();

            assertThat(ackbox.calls("keeping")).hasSize(3);
        }
    }

    @Test
    void aRetryComesWhenTheClockIsMoved() {
        try (AckboxTest ackbox = AckboxTest.with(Shop.class).at(START).start()) {
            Shop shop = ackbox.bean(Shop.class);
            shop.isOpen = false;
            ackbox.send(text("hello"));
            ackbox.await();

            assertThat(ackbox.failed()).singleElement().satisfies(record -> {
                assertThat(record.nextAttempt()).isEqualTo(START.plusSeconds(5));
                assertThat(record.reason()).startsWith("selling: java.lang.IllegalStateException at ");
                assertThat(record.exception()).hasMessage("closed at " + START);
            });
            ackbox.advance(Duration.ofSeconds(5));
            ackbox.await();
            assertThat(ackbox.failed())
                    .singleElement()
                    .satisfies(record -> assertThat(record.attempts()).isEqualTo(2));
            shop.isOpen = true;
            ackbox.retryNow();
            ackbox.awaitHandled();

            assertThat(ackbox.clock().instant()).isEqualTo(START.plusSeconds(15));
            assertThat(ackbox.calls("keeping")).hasSize(1);
            assertThat(ackbox.calls("selling"))
                    .extracting(HandlerCall::succeeded)
                    .containsExactly(false, false, true);
        }
    }

    @Test
    void aDeadLetterSaysWhy() {
        try (AckboxTest ackbox = AckboxTest.start(Shop.class)) {
            ackbox.bean(Shop.class).isGone = true;
            ackbox.send(text("hello"));
            ackbox.await();

            assertThat(ackbox.dead()).singleElement().satisfies(record -> {
                assertThat(record.reason()).isEqualTo("selling: the shop is gone");
                assertThat(record.state()).isEqualTo(State.DEAD);
            });
            assertThatIllegalStateException()
                    .isThrownBy(ackbox::retryNow)
                    .withMessage("No record waits for another attempt");
        }
    }

    @Test
    void whoWaitsForWhatFailedIsToldWhy() {
        try (AckboxTest ackbox = AckboxTest.with(Shop.class).at(START).start()) {
            ackbox.bean(Shop.class).isOpen = false;
            ackbox.send(text("hello"));

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(ackbox::awaitHandled)
                    .withMessageStartingWith("Not every record is handled:")
                    .withMessageContaining("record 1 (messages) failed in attempt 1 and is tried again at"
                            + " 2026-11-20T08:00:05Z, while the clock stands at 2026-11-20T08:00:00Z: selling: ")
                    .havingCause()
                    .withMessage("closed at " + START);
        }
    }

    @Test
    void whoWaitsTooLongIsToldWhere() throws InterruptedException {
        try (AckboxTest ackbox = AckboxTest.start(Shop.class)) {
            Shop shop = ackbox.bean(Shop.class);
            shop.waits = true;
            ackbox.send(text("one").from(user("Nadia")), text("two").from(user("Nadia")));
            shop.queueing.await();

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> ackbox.awaitHandled(Duration.ofMillis(200)))
                    .withMessageStartingWith("Still at work after PT0.2S:")
                    .withMessageContaining("record 1 (messages) is in attempt 1, its thread is at:")
                    .withMessageContaining("AckboxTestTests$Shop")
                    .withMessageContaining("1 more are not begun");
            shop.opening.countDown();
            ackbox.awaitHandled();
        }
    }

    @Test
    void severalRunSideBySide() {
        try (AckboxTest one = AckboxTest.start(Shop.class);
                AckboxTest other = AckboxTest.with(Shop.class).onSqlite().start()) {
            one.send(text("one"));
            other.send(text("other"));
            one.awaitHandled();
            other.awaitHandled();

            assertThat(one.bean(Shop.class).received)
                    .extracting(value -> value.at("/messages/0/text/body").asString())
                    .containsExactly("one");
            assertThat(other.bean(Shop.class).received)
                    .extracting(value -> value.at("/messages/0/text/body").asString())
                    .containsExactly("other");
        }
    }

    @Test
    void theDirectoryOfSqliteIsDeleted() {
        Path directory;
        try (AckboxTest ackbox = AckboxTest.with(Shop.class).onSqlite().start()) {
            ackbox.send(sample("account_review_update"));
            ackbox.awaitHandled();
            directory = Path.of(ackbox.bean(Environment.class).getRequiredProperty("ackbox.inbox.sqlite.directory"));
            assertThat(directory).isNotEmptyDirectory();
        }
        assertThat(directory).doesNotExist();
    }

    @Test
    void noPortIsOpen() {
        try (AckboxTest ackbox = AckboxTest.start(Shop.class)) {
            assertThat(ackbox.bean(Shop.class).context).isNotInstanceOf(WebServerApplicationContext.class);
            assertThat(ackbox.bean(Inbox.class).size().logBytes()).isZero();
        }
    }

    @Test
    void settingsAreUsed() {
        try (AckboxTest ackbox = AckboxTest.with(Shop.class)
                .setting("ackbox.dispatch.retry.max-attempts", 1)
                .start()) {
            ackbox.bean(Shop.class).isOpen = false;
            ackbox.send(text("hello"));
            ackbox.await();

            assertThat(ackbox.dead()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ackbox.inbox.duplicate-window=1d", "ackbox.dispatch.concurrency=0"})
    void aWrongSettingStopsTheStart(String setting) {
        String[] parts = setting.split("=");

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() ->
                        AckboxTest.with(Shop.class).setting(parts[0], parts[1]).start());
    }
}
