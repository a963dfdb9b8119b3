package dev.ackbox.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.ackbox.CapturedLog;
import dev.ackbox.handler.Handler;
import dev.ackbox.handler.PermanentFailureException;
import dev.ackbox.handler.Received;
import dev.ackbox.handler.RetryLaterException;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.DeadLetter;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.sqlite.Inboxes;
import dev.ackbox.model.UnknownValue;
import dev.ackbox.model.Value;
import dev.ackbox.model.json.ChangeReader;
import dev.ackbox.model.json.UnknownPart;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.MessagesValue;
import dev.ackbox.test.MovableClock;
import dev.ackbox.watch.Watch;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.ReflectionUtils;

/** The dispatcher on a real inbox. */
@Timeout(60)
@Tag("slow")
class DispatcherTests {

    private static final DispatchProperties.Retry RETRY =
            new DispatchProperties.Retry(3, Duration.ofMinutes(1), 2, Duration.ofHours(1), 0);

    private static final DispatchProperties STOPPING_SOON = new DispatchProperties(
            2, 2, 2, Duration.ofMinutes(1), Duration.ofMillis(200), Duration.ofMillis(100), false, RETRY);

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock();
    private final Counting observer = new Counting();
    private final List<RegisteredHandler> handlers = new ArrayList<>();
    private @Nullable StoredInbox inbox;
    private @Nullable Consumer consumer;
    private @Nullable Dispatcher dispatcher;
    private int records;
    private Screen screen = Screen.OPEN;
    private Watch watch = Watch.NONE;

    private void start() {
        start(UnaryOperator.identity());
    }

    private void start(DispatchProperties properties) {
        start(properties, UnaryOperator.identity());
    }

    private void start(UnaryOperator<Consumer> seenAs) {
        start(
                new DispatchProperties(
                        8, 4, 2, Duration.ofSeconds(20), Duration.ofMillis(200), Duration.ofSeconds(10), false, RETRY),
                seenAs);
    }

    private void start(DispatchProperties properties, UnaryOperator<Consumer> seenAs) {
        inbox = Inboxes.sqlite(directory, observer, clock);
        consumer = inbox.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
        dispatcher = new Dispatcher(
                seenAs.apply(consumer),
                new ChangeReader(),
                screen,
                watch,
                new HandlerRegistry(handlers),
                properties,
                observer,
                clock);
        dispatcher.start();
    }

    @AfterEach
    void stop() {
        if (dispatcher != null) {
            dispatcher.stop();
            inbox.close();
        }
    }

    @Nested
    class Order {

        @Test
        void aConversationIsHandledInOrderOneAtATime() throws Exception {
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            AtomicInteger most = handlerThatCountsCallsAtOnce();
            handler("seeing", (value, received) -> seen.add(id(value)));
            start();
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                sent.add(message("user"));
            }
            awaitSettled(500);
            assertThat(seen).containsExactlyElementsOf(sent);
            assertThat(most).hasValue(1);
        }

        @Test
        void conversationsAreHandledInParallel() throws Exception {
            CyclicBarrier allAtOnce = new CyclicBarrier(8);
            handler("one", (value, received) -> allAtOnce.await(10, TimeUnit.SECONDS));
            start();
            for (int i = 0; i < 8; i++) {
                message("user" + i);
            }
            awaitSettled(8);
            assertThat(observer.failed).hasValue(0);
        }

        @Test
        void noMoreConversationsThanAllowedAreHandledAtOnce() throws Exception {
            AtomicInteger most = handlerThatCountsCallsAtOnce();
            start();
            for (int i = 0; i < 200; i++) {
                message("user" + i);
            }
            awaitSettled(200);
            assertThat(most.get()).isLessThanOrEqualTo(8);
        }

        @Test
        void aFloodOfStatusesDoesNotDelayAMessage() throws Exception {
            CountDownLatch block = new CountDownLatch(1);
            CountDownLatch handled = new CountDownLatch(1);
            handler("one", (value, received) -> {
                if (((MessagesValue) value).statuses().isEmpty()) {
                    handled.countDown();
                } else {
                    block.await();
                }
            });
            start();
            for (int i = 0; i < 500; i++) {
                status("user" + i);
            }
            message("somebody");
            assertThat(handled.await(10, TimeUnit.SECONDS)).isTrue();
            block.countDown();
            awaitSettled(501);
        }

        @Test
        void aFloodOfBulkDelaysNeitherAMessageNorAStatus() throws Exception {
            CountDownLatch block = new CountDownLatch(1);
            CountDownLatch handled = new CountDownLatch(2);
            handler("one", (value, received) -> {
                if (value instanceof MessagesValue) {
                    handled.countDown();
                } else {
                    block.await();
                }
            });
            start();
            for (int i = 0; i < 500; i++) {
                append("{\"entry\":[{\"changes\":[{\"field\":\"history\",\"value\":{}}]}]}", Lane.BULK, "number" + i);
            }
            message("somebody");
            status("somebody");
            assertThat(handled.await(10, TimeUnit.SECONDS)).isTrue();
            block.countDown();
            awaitSettled(502);
        }

        @Test
        void aRecordThatWaitsForARetryDoesNotHoldUpThoseBehindIt() throws Exception {
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            String first = nextId();
            handler("one", (value, received) -> {
                seen.add(id(value));
                if (id(value).equals(first) && received.attempt() == 1) {
                    throw new IllegalStateException("not yet");
                }
            });
            start();
            message("user");
            String second = message("user");
            awaitSettled(1);
            clock.advance(Duration.ofMinutes(1));
            awaitSettled(2);
            assertThat(seen).containsExactly(first, second, first);
        }

        @Test
        void aMessageAndAStatusOfOneConversationAreNeverHandledAtOnce() throws Exception {
            AtomicInteger most = handlerThatCountsCallsAtOnce();
            start();
            for (int i = 0; i < 250; i++) {
                message("user");
                status("user");
            }
            awaitSettled(500);
            assertThat(most).hasValue(1);
        }

        @Test
        void handlersRunOnPlatformThreads() throws Exception {
            Queue<String> threads = new ConcurrentLinkedQueue<>();
            handler(
                    "one",
                    (value, received) -> threads.add(Thread.currentThread().toString()));
            handleOne();
            assertThat(threads).singleElement().asString().doesNotContain("Virtual");
        }
    }

    @Nested
    class Retries {

        @Test
        void followTheirSchedule() throws Exception {
            Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
            handler("one", (value, received) -> {
                attempts.add(received.attempt());
                throw new IllegalStateException("no");
            });
            start();
            message("user");
            await().until(() -> attempts.size() == 1);
            awaitRetryNoted(1);
            awaitNothingBegunWithin(Duration.ofMinutes(1));
            assertThat(attempts).containsExactly(1);
            clock.advance(Duration.ofSeconds(1));
            await().until(() -> attempts.size() == 2);
            awaitRetryNoted(2);
            awaitNothingBegunWithin(Duration.ofMinutes(2));
            assertThat(attempts).containsExactly(1, 2);
            awaitSettledAfter(Duration.ofSeconds(1));
            assertThat(attempts).containsExactly(1, 2, 3);
            assertThat(deadLetter().reason()).contains("one: java.lang.IllegalStateException");
            assertThat(deadLetter().record().failedAttempts()).isEqualTo(3);
        }

        @Test
        void callOnlyTheHandlersThatFailed() throws Exception {
            Queue<String> calls = new ConcurrentLinkedQueue<>();
            handler("first", (value, received) -> calls.add("first " + received.attempt()));
            handler("second", (value, received) -> {
                calls.add("second " + received.attempt());
                if (received.attempt() == 1) {
                    throw new IllegalStateException("no");
                }
            });
            handler("third", (value, received) -> calls.add("third " + received.attempt()));
            failOne();
            awaitSettledAfter(Duration.ofMinutes(1));
            assertThat(calls).containsExactly("first 1", "second 1", "third 1", "second 2");
            assertThat(consumer.backlog().dead()).isZero();
        }

        @Test
        void callOnlyTheHandlersThatFailedAfterARestartToo() throws Exception {
            Queue<String> calls = new ConcurrentLinkedQueue<>();
            handler("first", (value, received) -> calls.add("first " + received.attempt()));
            handler("second", (value, received) -> {
                calls.add("second " + received.attempt());
                if (received.attempt() == 1) {
                    throw new IllegalStateException("no");
                }
            });
            failOne();
            stop();
            clock.advance(Duration.ofMinutes(1));
            start();
            awaitSettled(1);
            assertThat(calls).containsExactly("first 1", "second 1", "second 2");
        }

        @Test
        void callOnlyForTheElementsThatFailed() throws Exception {
            Queue<String> calls = new ConcurrentLinkedQueue<>();
            handlers.add(new RegisteredHandler("each", Message.class, (Handler<Message>) (message, received) -> {
                calls.add(message.id() + " " + received.attempt());
                if (message.id().equals("b") && received.attempt() == 1) {
                    throw new IllegalStateException("no");
                }
            }));
            start();
            messages("a", "b", "c");
            awaitRetryNoted(1);
            awaitSettledAfter(Duration.ofMinutes(1));
            assertThat(calls).containsExactly("a 1", "b 1", "c 1", "b 2");
        }

        @Test
        void callAHandlerThatHasBeenAddedAndForgetOneThatHasBeenRemoved() throws Exception {
            Queue<String> calls = new ConcurrentLinkedQueue<>();
            handler("kept", (value, received) -> calls.add("kept " + received.attempt()));
            handler("removed", (value, received) -> {
                calls.add("removed " + received.attempt());
                throw new IllegalStateException("no");
            });
            failOne();
            stop();
            handlers.remove(1);
            handler("added", (value, received) -> calls.add("added " + received.attempt()));
            clock.advance(Duration.ofMinutes(1));
            start();
            awaitSettled(1);
            assertThat(calls).containsExactly("kept 1", "removed 1", "added 2");
            assertThat(consumer.backlog().dead()).isZero();
        }

        @Test
        void followWhatAWrappedExceptionAsksFor() throws Exception {
            AtomicInteger calls = handlerThatThrowsOnce(new IllegalStateException(
                    new CompletionException(new RetryLaterException(Duration.ofHours(5), new IOException()))));
            failOne();
            awaitNothingBegunWithin(Duration.ofHours(5));
            assertThat(calls).hasValue(1);
            awaitSettledAfter(Duration.ofSeconds(1));
        }

        @Test
        void comeNotBeforeTheTimeThatAHandlerAskedFor() throws Exception {
            AtomicInteger calls = handlerThatThrowsOnce(new RetryLaterException(Duration.ofHours(5)));
            failOne();
            awaitNothingBegunWithin(Duration.ofHours(5));
            assertThat(calls).hasValue(1);
            awaitSettledAfter(Duration.ofSeconds(1));
            assertThat(calls).hasValue(2);
        }

        @Test
        void comeNotBeforeTheScheduleWhereAnotherHandlerFailedWithoutATimeOfItsOwn() throws Exception {
            Queue<String> calls = new ConcurrentLinkedQueue<>();
            handler("hasty", (value, received) -> {
                calls.add("hasty " + received.attempt());
                throw new RetryLaterException(Duration.ofSeconds(1));
            });
            handler("plain", (value, received) -> {
                calls.add("plain " + received.attempt());
                throw new IllegalStateException("no");
            });
            failOne();
            awaitNothingBegunWithin(Duration.ofMinutes(1));
            assertThat(calls).containsExactly("hasty 1", "plain 1");
            clock.advance(Duration.ofSeconds(1));
            awaitRetryNoted(2);
            assertThat(calls).containsExactly("hasty 1", "plain 1", "hasty 2", "plain 2");
        }

        @Test
        void comeNotBeforeTheTimeThatAHandlerAskedForWhateverTheScheduleOfAnotherSays() throws Exception {
            AtomicInteger calls = new AtomicInteger();
            handler("one", (value, received) -> {
                calls.incrementAndGet();
                throw new RetryLaterException(Duration.ofHours(5));
            });
            handler("plain", (value, received) -> {
                throw new IllegalStateException("no");
            });
            failOne();
            awaitNothingBegunWithin(Duration.ofHours(5));
            assertThat(calls).hasValue(1);
        }

        @Test
        void areBoundedWhereAHandlerAsksForMoreThanTheClockCanSay() throws Exception {
            handler("one", (value, received) -> {
                if (id(value).equals("wamid.1")) {
                    throw new RetryLaterException(ChronoUnit.FOREVER.getDuration());
                }
                if (id(value).equals("wamid.2")) {
                    throw new RetryLaterException(Duration.ofDays(365L * 400_000_000));
                }
            });
            start();
            message("user");
            message("user");
            message("user");
            awaitSettled(1);
            inbox.check();
        }

        @Test
        void comeAfterAnErrorToo() throws Exception {
            handlerThatThrowsOnce(new NoClassDefFoundError("a/Library"));
            failOne();
            awaitSettledAfter(Duration.ofMinutes(1));
        }
    }

    @Nested
    class DeadLetters {

        @Test
        void aPermanentFailureIsADeadLetterAtOnce() throws Exception {
            handler("one", (value, received) -> {
                throw new PermanentFailureException("no such order");
            });
            handleOne();
            assertThat(deadLetter().reason()).isEqualTo("one: no such order");
            assertThat(deadLetter().record().failedAttempts()).isEqualTo(1);
        }

        @Test
        void aPermanentFailureIsOneHoweverItIsWrapped() throws Exception {
            handler("one", (value, received) -> {
                Exception circle = new IllegalStateException("+1 206 555 0177");
                circle.initCause(
                        new UndeclaredThrowableException(new PermanentFailureException("no such order", circle)));
                throw circle;
            });
            handleOne();
            assertThat(deadLetter().reason()).isEqualTo("one: no such order");
        }

        @Test
        void theReasonIsOneShortLineHoweverLongTheMessageIs() throws Exception {
            handler("one", (value, received) -> {
                throw new PermanentFailureException("no\r\nsuch\u2028order\u001b " + "x".repeat(10_000));
            });
            handleOne();
            assertThat(deadLetter().reason())
                    .startsWith("one: no  such order  xxx")
                    .hasSize("one: ".length() + 500);
        }

        @Test
        void aRequeuedQuarantineCallsOnlyWhatHasNotSucceededBefore() throws Exception {
            Queue<String> calls = new ConcurrentLinkedQueue<>();
            AtomicBoolean quarantines = new AtomicBoolean();
            screen = (endpoint, received) ->
                    quarantines.get() ? new Screen.Verdict.Quarantine("no") : new Screen.Verdict.Handle();
            handler("good", (value, received) -> calls.add("good"));
            handler("bad", (value, received) -> {
                calls.add("bad");
                if (calls.size() == 2) {
                    throw new IllegalStateException("no");
                }
            });
            failOne();
            quarantines.set(true);
            awaitSettledAfter(Duration.ofMinutes(1));
            quarantines.set(false);
            await().until(() -> inbox.archive().requeue(RecordFilter.ALL) == 1);
            awaitSettled(2, 1);
            assertThat(calls).containsExactly("good", "bad", "bad");
        }

        @Test
        void theReasonIsShortHoweverManyElementsFail() throws Exception {
            handlers.add(new RegisteredHandler("each", Message.class, (Handler<Message>) (message, received) -> {
                throw new PermanentFailureException("no");
            }));
            start();
            messages(IntStream.range(0, 100).mapToObj(Integer::toString).toArray(String[]::new));
            awaitSettled(1);
            assertThat(deadLetter().reason())
                    .startsWith("each[0]: no; each[1]: no;")
                    .endsWith("; and 90 more");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "\"messages\":[{\"id\":\"a\",\"type\":\"text\"; The payload is not JSON, at line 1, column 124",
                    "\"messages\":[{\"id\":\"a\",\"type\":\"text\"}]}}]}]}; value.messages[].text is missing or does not fit",
                    "\"messages\":[{\"id\":\"a\",\"type\":\"text\",\"text\":\"hello\"}]}}]}]};"
                            + " value.messages[].text is missing or does not fit"
                })
        void whatCannotBeReadIsADeadLetterWithoutACall(String value, String reason) throws Exception {
            AtomicInteger calls = new AtomicInteger();
            handler("one", (any, received) -> calls.incrementAndGet());
            start();
            append(
                    "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":{"
                            + value,
                    Lane.CHANGES,
                    "x");
            awaitSettled(1);
            assertThat(deadLetter().reason()).isEqualTo(reason);
            assertThat(calls).hasValue(0);
        }

        @Test
        void theReasonHasNothingOfTheMessageOfAnException() throws Exception {
            handler("one", (value, received) -> {
                throw new IllegalStateException("+1 206 555 0177", new IllegalArgumentException("+1 206 555 0177"));
            });
            start();
            message("user");
            for (int attempt = 1; attempt < 3; attempt++) {
                awaitRetryNoted(attempt);
                clock.advance(Duration.ofHours(1));
            }
            awaitSettled(1);
            assertThat(deadLetter().reason())
                    .contains("IllegalStateException at " + DispatcherTests.class.getName())
                    .contains("caused by java.lang.IllegalArgumentException")
                    .doesNotContain("555");
        }
    }

    @Nested
    class TimeOuts {

        private final DispatchProperties interrupting = impatient(Duration.ofMinutes(10));
        private final DispatchProperties abandoning = impatient(Duration.ofMillis(200));

        private static DispatchProperties impatient(Duration abandonAfter) {
            return new DispatchProperties(
                    2, 2, 2, Duration.ofMillis(200), abandonAfter, Duration.ofSeconds(1), false, RETRY);
        }

        @Test
        void aHandlerThatTakesTooLongIsInterruptedAndCalledAgain() throws Exception {
            CountDownLatch never = new CountDownLatch(1);
            AtomicInteger calls = new AtomicInteger();
            handler("slow", (value, received) -> {
                if (calls.incrementAndGet() == 1) {
                    never.await();
                }
            });
            start(interrupting);
            message("user");
            awaitRetryNoted(1);
            awaitSettledAfter(Duration.ofMinutes(1));
            assertThat(calls).hasValue(2);
            assertThat(observer.timedOut).hasValue(1);
            assertThat(observer.abandoned).hasValue(0);
        }

        @Test
        void aHandlerThatReturnsAfterItsInterruptionHasSucceeded() throws Exception {
            CountDownLatch never = new CountDownLatch(1);
            AtomicInteger calls = new AtomicInteger();
            AtomicInteger interrupted = new AtomicInteger();
            handler("slow", (value, received) -> {
                calls.incrementAndGet();
                try {
                    never.await();
                } catch (InterruptedException ex) {
                    interrupted.incrementAndGet();
                }
            });
            start(interrupting);
            message("user");
            awaitSettled(1);
            assertThat(calls).hasValue(1);
            assertThat(interrupted).hasValue(1);
            assertThat(consumer.backlog().completed()).isOne();
        }

        @Test
        void aConversationWaitsForACallThatIgnoresItsInterruptionAndThenGoesOn() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            String first = nextId();
            handler("stuck", (value, received) -> {
                if (id(value).equals(first) && received.attempt() == 1) {
                    awaitUninterruptibly(release);
                }
                seen.add(id(value));
            });
            start(abandoning);
            message("user");
            String second = message("user");
            await().untilAsserted(() -> assertThat(seen).containsExactly(second));
            assertThat(observer.abandoned).hasValue(1);
            assertThat(dispatcher.leftBehind()).isOne();
            release.countDown();
            await().until(() -> dispatcher.leftBehind() == 0);
            awaitRetryNoted(1);
            clock.advance(Duration.ofMinutes(1));
            awaitSettled(2);
        }

        private static void awaitUninterruptibly(CountDownLatch latch) {
            boolean released = false;
            while (!released) {
                try {
                    latch.await();
                    released = true;
                } catch (InterruptedException ex) {
                    // Ignored, as a bad handler does.
                }
            }
        }

        @Test
        void theOtherHandlersAreCalledAllTheSame() throws Exception {
            CountDownLatch never = new CountDownLatch(1);
            AtomicInteger calls = new AtomicInteger();
            handler("slow", (value, received) -> {
                if (received.attempt() == 1) {
                    never.await();
                }
            });
            handler("other", (value, received) -> calls.incrementAndGet());
            start(interrupting);
            message("user");
            awaitRetryNoted(1);
            awaitSettledAfter(Duration.ofMinutes(1));
            assertThat(calls).hasValue(1);
        }

        @Test
        void handlersThatAreStuckForGoodDoNotStarveTheOthers() throws Exception {
            CountDownLatch never = new CountDownLatch(1);
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            handler("stuck", (value, received) -> {
                if (((MessagesValue) value).messages().get(0).from().equals("stuck")) {
                    awaitUninterruptibly(never);
                }
                seen.add(id(value));
            });
            start(abandoning);
            message("stuck");
            String behind = message("stuck2");
            String other = message("other");
            await().untilAsserted(() -> assertThat(seen).contains(behind, other));
            never.countDown();
        }
    }

    @Nested
    class Screening {

        @Test
        void whatShouldNotHaveComeIsADeadLetterThatNoHandlerSaw() throws Exception {
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            handler("one", (value, received) -> seen.add(id(value)));
            screen = (endpoint, received) -> new Screen.Verdict.Quarantine("its account is not allowed here");
            handleOne();
            assertThat(seen).isEmpty();
            await().untilAsserted(() -> assertThat(consumer.backlog().dead()).isOne());
            assertThat(deadLetter().reason()).isEqualTo("quarantined, its account is not allowed here");
            assertThat(observer.screened).containsExactly("default QUARANTINED");
        }

        @Test
        void whatNobodyWantsIsCompletedWithoutAHandler() throws Exception {
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            handler("one", (value, received) -> seen.add(id(value)));
            screen = (endpoint, received) -> new Screen.Verdict.Skip();
            handleOne();
            assertThat(seen).isEmpty();
            assertThat(consumer.backlog().dead()).isZero();
            assertThat(observer.screened).containsExactly("default SKIPPED");
        }
    }

    @Nested
    class Reading {

        @Test
        void aHandlerGetsTheFieldThatItsTypeNames() throws Exception {
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            handlers.add(new RegisteredHandler(
                    "messages", MessagesValue.class, (value, received) -> seen.add("messages " + received.field())));
            handlers.add(new RegisteredHandler(
                    "unknown", UnknownValue.class, (value, received) -> seen.add("unknown " + received.field())));
            handlers.add(new RegisteredHandler(
                    "all", Value.class, (value, received) -> seen.add("all " + received.field())));
            handleOne();
            append(
                    "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"field\":\"new\",\"value\":{}}]}]}",
                    Lane.CHANGES,
                    "x");
            awaitSettled(2);
            assertThat(seen).containsExactly("messages messages", "all messages", "unknown new", "all new");
        }

        @Test
        void aRecordThatNoHandlerTakesIsCompleted() throws Exception {
            handleOne();
            assertThat(consumer.backlog().dead()).isZero();
        }

        @Test
        void theContextNamesTheRecord() throws Exception {
            Queue<Received> contexts = new ConcurrentLinkedQueue<>();
            handler("one", (value, received) -> contexts.add(received));
            handleOne();
            Received context = contexts.remove();
            assertThat(context.recordId()).isPositive();
            assertThat(context.endpoint()).isEqualTo("default");
            assertThat(context.receivedAt()).isEqualTo(clock.instant());
            assertThat(context.attempt()).isOne();
            assertThat(context.idempotencyKey()).hasSize(40);
        }
    }

    @Nested
    class Defects {

        @Test
        void ofAnAttemptHoldUpNeitherItsConversationNorItsRecord() throws Exception {
            Queue<String> calls = new ConcurrentLinkedQueue<>();
            handler("one", (value, received) -> calls.add(id(value)));
            observer.broken.set(1);
            start();
            String first = message("user");
            String second = message("user");
            awaitSettled(1);
            clock.advance(Duration.ofMinutes(1));
            awaitSettled(2);
            assertThat(calls).containsExactly(first, second);
        }

        @Test
        void ofTheInboxDoNotEndAWorker() throws Exception {
            handler("one", (value, received) -> {});
            start(once(new IllegalStateException("a defect")));
            message("user");
            awaitSettled(1);
        }

        /** A consumer whose first record fails in a way that nobody expected. */
        private UnaryOperator<Consumer> once(RuntimeException defect) {
            AtomicBoolean thrown = new AtomicBoolean();
            return real -> (Consumer) Proxy.newProxyInstance(
                    Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("next") && !thrown.getAndSet(true)) {
                            throw defect;
                        }
                        return method.invoke(real, arguments);
                    });
        }
    }

    @Nested
    class Stopping {

        @Test
        void handlersFinishWhatTheyHaveBegun() throws Exception {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch finish = new CountDownLatch(1);
            handler("one", (value, received) -> {
                begun.countDown();
                finish.await();
            });
            start();
            message("user");
            begun.await();
            Thread stopping = new Thread(dispatcher::stop);
            stopping.start();
            finish.countDown();
            stopping.join();
            awaitSettled(1);
        }

        @Test
        void whatIsNotBegunIsHandledAfterTheNextStart() throws Exception {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch finish = new CountDownLatch(1);
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            handler("one", (value, received) -> {
                begun.countDown();
                finish.await();
                seen.add(id(value));
            });
            start();
            String first = message("user");
            String second = message("user");
            begun.await();
            Thread stopping = new Thread(this::stopAll);
            stopping.start();
            await().until(() -> !dispatcher.isRunning());
            finish.countDown();
            stopping.join();
            start();
            awaitSettled(2);
            assertThat(seen).containsExactly(first, second);
        }

        private void stopAll() {
            stop();
        }

        @Test
        void aHandlerThatIsInterruptedByTheStopHasUsedNoAttempt() throws Exception {
            CountDownLatch never = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(1);
            Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
            handler("one", (value, received) -> {
                attempts.add(received.attempt());
                begun.countDown();
                if (attempts.size() == 1) {
                    never.await();
                }
            });
            start(STOPPING_SOON);
            message("user");
            begun.await();
            stop();
            start();
            awaitSettled(1);
            assertThat(attempts).containsExactly(1, 1);
        }
    }

    @Nested
    class TheBuiltInStage {

        private final Queue<String> seen = new ConcurrentLinkedQueue<>();

        @Test
        void seesARecordOnceAndBeforeItsHandlers() throws Exception {
            watch = (received, change) -> seen.add("stage " + received.id());
            handler("one", (change, context) -> {
                seen.add("handler, attempt " + context.attempt());
                if (context.attempt() < 3) {
                    throw new IllegalStateException("not yet");
                }
            });
            failOne();
            clock.advance(Duration.ofMinutes(1));
            awaitRetryNoted(2);
            clock.advance(Duration.ofMinutes(2));
            awaitSettled(1);
            assertThat(seen)
                    .containsExactly("stage 1", "handler, attempt 1", "handler, attempt 2", "handler, attempt 3");
        }

        @Test
        void seesARequeuedRecordNoSecondTime() throws Exception {
            watch = (received, change) -> seen.add("stage " + received.id());
            handler("one", (change, context) -> {
                seen.add("handler, attempt " + context.attempt());
                throw new PermanentFailureException("no");
            });
            start();
            message("user");
            awaitSettled(1);
            await().until(() -> inbox.archive().requeue(RecordFilter.ALL) == 1);
            awaitSettled(2, 1);
            stop();
            start();
            await().until(() -> inbox.archive().requeue(RecordFilter.ALL) == 1);
            awaitSettled(3, 1);
            assertThat(seen)
                    .containsExactly("stage 1", "handler, attempt 1", "handler, attempt 1", "handler, attempt 1");
        }

        @Test
        void seesWhatWasQuarantinedOnceItIsRequeued() throws Exception {
            AtomicBoolean quarantines = new AtomicBoolean(true);
            screen = (endpoint, change) ->
                    quarantines.get() ? new Screen.Verdict.Quarantine("no") : new Screen.Verdict.Handle();
            watch = (received, change) -> seen.add("stage " + received.id());
            handleOne();
            assertThat(seen).isEmpty();
            quarantines.set(false);
            await().until(() -> inbox.archive().requeue(RecordFilter.ALL) == 1);
            awaitSettled(2, 1);
            assertThat(seen).containsExactly("stage 1");
        }

        @Test
        void failsNoRecord() throws Exception {
            watch = (received, change) -> {
                seen.add("stage");
                if (seen.size() == 1) {
                    throw new IllegalStateException("Nadia");
                }
                throw new StackOverflowError("Nadia");
            };
            handler("one", (change, context) -> {});
            try (CapturedLog log = new CapturedLog()) {
                start();
                message("user");
                message("user");
                awaitSettled(2);
                assertThat(log.lines())
                        .filteredOn(line -> line.level() == Level.ERROR)
                        .hasSize(2)
                        .allSatisfy(line -> assertThat(line.text())
                                .matches("(?s).*Record [12]: .*")
                                .doesNotContain("Nadia"));
            }
            assertThat(observer.calls).hasValue(2);
            assertThat(seen).hasSize(2);
            assertThat(consumer.backlog().dead()).isZero();
            assertThat(Inboxes.failedAttempts(directory)).isZero();
        }

        /** Nothing tells then that it has seen it. */
        @Test
        void seesARecordAgainWhereTheProcessEndedBeforeItsOutcomeWasStored() throws Exception {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch never = new CountDownLatch(1);
            watch = (received, change) -> seen.add("stage " + received.id());
            handler("one", (change, context) -> {
                if (begun.getCount() > 0) {
                    begun.countDown();
                    never.await();
                }
            });
            start(STOPPING_SOON);
            message("user");
            begun.await();
            stop();
            start();
            awaitSettled(1);
            assertThat(seen).containsExactly("stage 1", "stage 1");
        }

        @Test
        void doesNotSeeWhatIsScreenedOut() throws Exception {
            screen = (endpoint, change) -> new Screen.Verdict.Skip();
            watch = (received, change) -> seen.add("stage");
            handleOne();
            assertThat(seen).isEmpty();
        }

        @Test
        void seesARecordWhoseHandlersAreAllGone() throws Exception {
            watch = (received, change) -> seen.add("stage");
            handleOne();
            assertThat(seen).containsExactly("stage");
        }
    }

    private void handler(String name, Handler<Value> handler) {
        handlers.add(new RegisteredHandler(name, Value.class, handler));
    }

    /** Adds a handler that throws in its first call; returns how many calls there were. */
    private AtomicInteger handlerThatThrowsOnce(Throwable thrown) {
        AtomicInteger calls = new AtomicInteger();
        handler("one", (value, received) -> {
            if (calls.incrementAndGet() == 1) {
                ReflectionUtils.rethrowException(thrown);
            }
        });
        return calls;
    }

    /** Adds a handler; returns how many calls of it there were at once, at most. */
    private AtomicInteger handlerThatCountsCallsAtOnce() {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        handler("counting", (value, received) -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            Thread.yield();
            atOnce.decrementAndGet();
        });
        return most;
    }

    /** Starts, and handles a message to the end. */
    private void handleOne() throws Exception {
        start();
        message("user");
        awaitSettled(1);
    }

    /** Starts, and makes a first attempt at a message, which fails. */
    private void failOne() throws Exception {
        start();
        message("user");
        awaitRetryNoted(1);
    }

    private static String id(Value value) {
        return ((MessagesValue) value).messages().get(0).id();
    }

    private String nextId() {
        return "wamid." + (records + 1);
    }

    /** Stores a message and returns its id. */
    private String message(String from) throws Exception {
        String id = nextId();
        append(
                "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":"
                        + "{\"messages\":[{\"id\":\"" + id + "\",\"from\":\"" + from
                        + "\",\"type\":\"text\",\"text\":{\"body\":\"a\"}}]}}]}]}",
                Lane.CHANGES,
                from);
        return id;
    }

    /** Stores a record with several messages. */
    private void messages(String... ids) throws Exception {
        String messages = Stream.of(ids)
                .map(id -> "{\"id\":\"" + id + "\",\"from\":\"user\",\"type\":\"text\",\"text\":{\"body\":\"a\"}}")
                .collect(Collectors.joining(","));
        append(
                "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":"
                        + "{\"messages\":[" + messages + "]}}]}]}",
                Lane.CHANGES,
                "user");
    }

    private void status(String recipient) throws Exception {
        append(
                "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":"
                        + "{\"statuses\":[{\"id\":\"a\",\"status\":\"sent\"}]}}]}]}",
                Lane.STATUSES,
                recipient);
    }

    private void append(String payload, Lane lane, String conversation) throws Exception {
        records++;
        byte[] digest = String.format("%-20d", records).getBytes(StandardCharsets.US_ASCII);
        inbox.append(List.of(new NewRecord(
                        IdempotencyKey.of(0, digest),
                        "default",
                        "messages",
                        null,
                        lane,
                        conversation,
                        null,
                        null,
                        List.of(),
                        clock.instant(),
                        payload.getBytes(StandardCharsets.UTF_8))))
                .get(10, TimeUnit.SECONDS);
    }

    private void awaitSettled(int count) {
        awaitSettled(count, count);
    }

    /** Where some have been requeued, fewer records than times. */
    private void awaitSettled(int times, int settled) {
        await().untilAsserted(() -> {
            assertThat(observer.settled).hasValue(times);
            assertThat(consumer.backlog().waiting()).isEqualTo(records - settled);
        });
    }

    /** A retry is on disk, so that its time is the clock's before a test moves it. */
    private void awaitRetryNoted(int attempt) {
        await().until(() -> Inboxes.failedAttempts(directory) == attempt);
    }

    private void awaitSettledAfter(Duration time) {
        clock.advance(time);
        awaitSettled(1);
    }

    /** Until a second before the time is over. */
    private void awaitNothingBegunWithin(Duration time) {
        clock.advance(time.minusSeconds(1));
        awaitNothingBegun();
    }

    /** As long as a claim waits at most. */
    private void awaitNothingBegun() {
        int calls = observer.calls.get();
        await().during(Duration.ofMillis(600)).atMost(Duration.ofSeconds(5)).until(() -> observer.calls.get() == calls);
    }

    private DeadLetter deadLetter() {
        return consumer.deadLetters(1).get(0);
    }

    private static final class Counting implements DispatchObserver, InboxObserver {

        final AtomicInteger calls = new AtomicInteger();
        final AtomicInteger failed = new AtomicInteger();
        final AtomicInteger timedOut = new AtomicInteger();
        final AtomicInteger abandoned = new AtomicInteger();
        final AtomicInteger settled = new AtomicInteger();
        final AtomicInteger broken = new AtomicInteger();
        final Queue<String> screened = new ConcurrentLinkedQueue<>();

        @Override
        public void called(String field, String handler, CallOutcome outcome, Duration duration) {
            if (broken.getAndDecrement() > 0) {
                throw new IllegalStateException("a defect");
            }
            calls.incrementAndGet();
            failed.addAndGet(outcome == CallOutcome.FAILED ? 1 : 0);
            timedOut.addAndGet(outcome == CallOutcome.TIMED_OUT ? 1 : 0);
            abandoned.addAndGet(outcome == CallOutcome.ABANDONED ? 1 : 0);
        }

        @Override
        public void finished(String consumer, String field, Result result, Duration latency) {
            settled.incrementAndGet();
        }

        @Override
        public void screened(String endpoint, DispatchObserver.Screening screening) {
            screened.add(endpoint + " " + screening);
        }

        @Override
        public void unknown(String field, UnknownPart part) {}
    }
}
