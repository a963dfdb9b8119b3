package dev.ackbox.inbox;

import static dev.ackbox.inbox.Records.name;
import static dev.ackbox.inbox.Records.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Change;
import dev.ackbox.inbox.engine.HandOverBounds;
import dev.ackbox.inbox.engine.Retention;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreException;
import dev.ackbox.inbox.engine.StoreProxy;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.test.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every inbox has to keep. A class per engine says how its store is opened. */
@Timeout(60)
public abstract class InboxContract {

    /** Records of a lane that a consumer may have in memory. */
    protected static final int MAX_RECORDS_IN_MEMORY = 100;

    private static final int MAX_BYTES_IN_MEMORY = 1 << 20;
    private static final Retention RETENTION =
            new Retention(Duration.ofDays(9), Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(30));
    private static final StoredInbox.Settings SETTINGS = new StoredInbox.Settings(
            new HandOverBounds(MAX_RECORDS_IN_MEMORY, MAX_BYTES_IN_MEMORY), 4 << 20, RETENTION);
    private static final ConsumerDefinition OTHER = new ConsumerDefinition("other", "other", false);

    /** Works on behalf of the handlers. */
    private static final ConsumerDefinition REPLAY = new ConsumerDefinition("replay", "handlers", false);

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Outcome COMPLETED = new Outcome.Completed();
    private static final StoreProxy.Interceptor NOTHING = (method, arguments, call) -> call.proceed();

    protected final MovableClock clock = new MovableClock();
    protected StoredInbox inbox;
    protected Consumer handlers;
    private final AtomicLong overtaken = new AtomicLong();
    private volatile StoreProxy.Interceptor interceptor = NOTHING;

    /** Opens the store; a second call, after a close, opens the same one again. */
    protected abstract Store openStore() throws Exception;

    @BeforeEach
    protected void openInbox() throws Exception {
        Store store =
                StoreProxy.of(openStore(), (method, arguments, call) -> interceptor.intercept(method, arguments, call));
        inbox = StoredInbox.open(
                store,
                SETTINGS,
                new InboxObserver() {
                    @Override
                    public void overtaken(String consumer, long records) {
                        overtaken.addAndGet(records);
                    }
                },
                clock);
        handlers = inbox.open(ConsumerDefinition.HANDLERS, Start.NOW);
    }

    @AfterEach
    void closeInbox() {
        inbox.close();
    }

    private void restart() throws Exception {
        inbox.close();
        openInbox();
    }

    @Nested
    class Appending {

        @Test
        void storesNewRecords() throws Exception {
            AppendResult result = append(record("a"), record("b"));
            assertThat(result.isNew(0)).isTrue();
            assertThat(result.isNew(1)).isTrue();
            awaitCounts(handlers, 2, 0, 0, 0);
        }

        @Test
        void dropsARecordWhoseKeyIsKnown() throws Exception {
            append(record("a"));
            assertThat(append(record("a")).isNew(0)).isFalse();
            assertThat(workOnAll(handlers, Lane.CHANGES)).containsExactly("a");
            awaitCounts(handlers, 1, 1, 0, 0);
        }

        @Test
        void dropsTheSecondOfTwoEqualRecordsInOneNotification() throws Exception {
            AppendResult result = append(record("a"), record("a"), record("b"));
            assertThat(result.isNew(0)).isTrue();
            assertThat(result.isNew(1)).isFalse();
            assertThat(result.isNew(2)).isTrue();
            assertThat(workOnAll(handlers, Lane.CHANGES)).containsExactly("a", "b");
        }

        @Test
        void storesWhatIsNewBesideADuplicate() throws Exception {
            append(record("a"));
            AppendResult result = append(record("a"), record("b"));
            assertThat(result.isNew(0)).isFalse();
            assertThat(result.isNew(1)).isTrue();
            assertThat(workOnAll(handlers, Lane.CHANGES)).containsExactly("a", "b");
        }

        @Test
        void knowsAKeyAfterItsRecordIsCompleted() throws Exception {
            append(record("a"));
            complete(next(handlers));
            awaitCounts(handlers, 1, 1, 0, 0);
            assertThat(append(record("a")).isNew(0)).isFalse();
        }

        @Test
        void knowsAKeyAfterARestart() throws Exception {
            append(record("a"));
            restart();
            assertThat(append(record("a")).isNew(0)).isFalse();
        }

        @Test
        void answersAnEmptyNotification() throws Exception {
            assertThat(append().stored().isEmpty()).isTrue();
        }

        @Test
        void keepsPayloadsByteForByte() throws Exception {
            byte[] payload = {0, 1, (byte) 0xED, (byte) 0xA0, (byte) 0x80, (byte) 0xFF, '\n'};
            append(new NewRecord(
                    Records.key("a"),
                    "default",
                    "messages",
                    null,
                    Lane.CHANGES,
                    "c",
                    null,
                    null,
                    List.of(),
                    clock.instant(),
                    payload));
            restart();
            assertThat(next(handlers).payload()).isEqualTo(payload);
        }

        @Test
        void givesAllThatWasStored() throws Exception {
            NewRecord stored = record("a");
            append(stored);
            assertIsSame(next(handlers), stored);
            restart();
            assertIsSame(next(handlers), stored);
        }

        private static void assertIsSame(InboxRecord given, NewRecord stored) {
            assertThat(given)
                    .usingRecursiveComparison()
                    .isEqualTo(new InboxRecord(
                            given.id(),
                            stored.key(),
                            stored.endpoint(),
                            stored.field(),
                            stored.lane(),
                            given.conversation(),
                            stored.receivedAt(),
                            stored.payload(),
                            0,
                            Set.of()));
        }

        @Test
        void givesNoIdTwice() throws Exception {
            append(record("a"));
            InboxRecordId first = next(handlers).id();
            restart();
            append(record("b", "another conversation"));
            assertThat(List.of(next(handlers).id(), next(handlers).id()))
                    .contains(first)
                    .doesNotHaveDuplicates();
        }

        @Test
        void storesNoMoreOnceClosed() {
            inbox.close();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> append(record("a")))
                    .withCauseInstanceOf(InboxUnavailableException.class);
        }

        @Test
        void passesItsCheckWhileItCanStore() {
            assertThatCode(inbox::check).doesNotThrowAnyException();
        }
    }

    @Nested
    class Order {

        @Test
        void recordsOfAConversationComeInOrderOfArrival() throws Exception {
            appendMany(20);
            assertThat(workOnAll(handlers, Lane.CHANGES)).containsExactlyElementsOf(names(20));
        }

        @Test
        void eachRecordComesOnce() throws Exception {
            append(record("a", "one"), record("b", "other"));
            assertThat(takeAll(handlers, Lane.CHANGES))
                    .extracting(Records::name)
                    .containsExactlyInAnyOrder("a", "b");
            assertNothingComes(handlers, Lane.CHANGES);
        }

        @Test
        void waitsForARecord() throws Exception {
            ExecutorService worker = Executors.newSingleThreadExecutor();
            try {
                Future<String> name = worker.submit(() -> name(next(handlers)));
                append(record("a"));
                assertThat(name.get(20, TimeUnit.SECONDS)).isEqualTo("a");
            } finally {
                worker.shutdownNow();
            }
        }

        @Test
        void lanesAreApart() throws Exception {
            append(record("a", Lane.CHANGES, "one"), record("b", Lane.STATUSES, "other"));
            assertThat(workOnAll(handlers, Lane.STATUSES)).containsExactly("b");
            assertThat(workOnAll(handlers, Lane.CHANGES)).containsExactly("a");
        }

        @Test
        void noMoreIsInMemoryThanMayBeAndNothingIsLost() throws Exception {
            int count = MAX_RECORDS_IN_MEMORY * 5;
            appendManyConversations(count);
            List<InboxRecord> taken = takeAll(handlers, Lane.CHANGES);
            assertThat(taken).hasSizeLessThanOrEqualTo(MAX_RECORDS_IN_MEMORY).isNotEmpty();
            Set<String> names = new HashSet<>();
            taken.forEach(record -> {
                names.add(name(record));
                complete(record);
            });
            names.addAll(workOn(handlers, Lane.CHANGES, count - taken.size()));
            assertThat(names).containsExactlyInAnyOrderElementsOf(names(count));
            awaitCounts(handlers, count, count, 0, 0);
        }

        @Test
        void aConversationKeepsItsOrderWhileItCatchesUpAndMoreArrives() throws Exception {
            int count = MAX_RECORDS_IN_MEMORY * 20;
            CompletableFuture<Void> appending = CompletableFuture.runAsync(() -> appendMany(count));
            assertThat(workOn(handlers, Lane.CHANGES, count)).containsExactlyElementsOf(names(count));
            appending.get();
            awaitCounts(handlers, count, count, 0, 0);
        }

        @Test
        void oneFullLaneDoesNotHoldUpTheOther() throws Exception {
            for (int i = 0; i < MAX_RECORDS_IN_MEMORY * 2; i++) {
                inbox.append(List.of(record("s" + i, Lane.STATUSES, "status" + i)));
            }
            takeAll(handlers, Lane.STATUSES);
            append(record("a"));
            assertThat(name(next(handlers))).isEqualTo("a");
        }
    }

    @Nested
    class WorkingOnConversations {

        @Test
        void oneRecordOfAConversationIsInWorkAtATime() throws Exception {
            append(record("a"), record("b"));
            InboxRecord first = next(handlers);
            assertNothingComes(handlers, Lane.CHANGES);
            complete(first);
            assertThat(name(next(handlers))).isEqualTo("b");
        }

        @Test
        void recordsOfDifferentConversationsAreInWorkAtOnce() throws Exception {
            append(record("a", "one"), record("b", "other"));
            assertThat(takeAll(handlers, Lane.CHANGES)).hasSize(2);
        }

        @Test
        void theLanesOfAConversationExcludeEachOther() throws Exception {
            append(record("message", Lane.CHANGES, "user"), record("status", Lane.STATUSES, "user"));
            InboxRecord message = next(handlers);
            assertNothingComes(handlers, Lane.STATUSES);
            complete(message);
            assertThat(name(next(handlers, Lane.STATUSES))).isEqualTo("status");
        }

        @Test
        void consumersOfOneTargetExcludeEachOther() throws Exception {
            Consumer replay = inbox.open(REPLAY, Start.OLDEST);
            append(record("a"));
            InboxRecord first = next(handlers);
            assertNothingComes(replay, Lane.CHANGES);
            complete(first);
            assertThat(name(next(replay))).isEqualTo("a");
        }

        @Test
        void differentTargetsDoNotExcludeEachOther() throws Exception {
            Consumer other = inbox.open(OTHER, Start.OLDEST);
            append(record("a"));
            assertThat(name(next(handlers))).isEqualTo("a");
            assertThat(name(next(other))).isEqualTo("a");
        }

        @Test
        void aConversationIsFreeAfterARetryAndAfterADeadLetter() throws Exception {
            append(record("a"), record("b"), record("c"));
            handlers.done(next(handlers), retry(Duration.ofMinutes(1)));
            handlers.done(next(handlers), new Outcome.Dead(Set.of(), "no"));
            assertThat(name(next(handlers))).isEqualTo("c");
        }

        @Test
        void theSecondDoneHasNoEffect() throws Exception {
            append(record("a"), record("b"), record("c"));
            InboxRecord first = next(handlers);
            complete(first);
            InboxRecord second = next(handlers);
            handlers.done(first, new Outcome.Dead(Set.of(), "no"));
            assertNothingComes(handlers, Lane.CHANGES);
            complete(second);
            awaitCounts(handlers, 3, 2, 0, 0);
        }

        @Test
        void theSecondDoneOfAnAttemptDoesNotEndTheNextAttempt() throws Exception {
            append(record("a"), record("b"));
            InboxRecord first = next(handlers);
            handlers.done(first, retry(Duration.ZERO));
            complete(next(handlers));
            InboxRecord again = next(handlers);
            complete(first);
            append(record("c"));
            assertNothingComes(handlers, Lane.CHANGES);
            complete(again);
            assertThat(name(next(handlers))).isEqualTo("c");
        }
    }

    @Nested
    class Retrying {

        @Test
        void aRetryComesWhenItsTimeHasCome() throws Exception {
            append(record("a"));
            InboxRecord first = next(handlers);
            handlers.done(first, retry(Duration.ofMinutes(1)));
            assertNothingComes(handlers, Lane.CHANGES);
            clock.advance(Duration.ofSeconds(59));
            assertNothingComes(handlers, Lane.CHANGES);
            clock.advance(Duration.ofSeconds(1));
            InboxRecord again = next(handlers);
            assertThat(again.id()).isEqualTo(first.id());
            assertThat(again.failedAttempts()).isEqualTo(1);
            assertThat(again.succeeded()).containsExactlyInAnyOrder("first handler", "second");
            assertThat(again.payload()).isEqualTo(first.payload());
        }

        @Test
        void aRetryComesOnce() throws Exception {
            append(record("a"));
            handlers.done(next(handlers), retry(Duration.ZERO));
            next(handlers);
            clock.advance(Duration.ofDays(1));
            assertNothingComes(handlers, Lane.CHANGES);
        }

        @Test
        void eachAttemptIsCounted() throws Exception {
            append(record("a"));
            for (int attempt = 0; attempt < 5; attempt++) {
                InboxRecord next = next(handlers);
                assertThat(next.failedAttempts()).isEqualTo(attempt);
                handlers.done(next, retry(Duration.ZERO));
            }
            complete(next(handlers));
            awaitCounts(handlers, 1, 1, 0, 0);
        }

        @Test
        void aRetryDoesNotHoldUpThoseBehindIt() throws Exception {
            append(record("a"));
            handlers.done(next(handlers), retry(Duration.ofMinutes(1)));
            append(record("b"));
            assertThat(name(next(handlers))).isEqualTo("b");
        }

        @Test
        void aDueRetryComesWhileTheMemoryIsFull() throws Exception {
            append(record("a", "retry"));
            handlers.done(next(handlers), retry(Duration.ofMinutes(1)));
            appendManyConversations(MAX_RECORDS_IN_MEMORY * 2);
            takeAll(handlers, Lane.CHANGES);
            clock.advance(Duration.ofMinutes(1));
            assertThat(name(next(handlers))).isEqualTo("a");
        }

        @Test
        void manyRetriesAllComeBack() throws Exception {
            int count = 1_000;
            appendManyConversations(count);
            for (int i = 0; i < count; i++) {
                handlers.done(next(handlers), retry(Duration.ofMinutes(1)));
            }
            awaitCounts(handlers, count, 0, 0, 0);
            clock.advance(Duration.ofMinutes(1));
            assertThat(workOn(handlers, Lane.CHANGES, count)).containsExactlyInAnyOrderElementsOf(names(count));
            awaitCounts(handlers, count, count, 0, 0);
        }
    }

    @Nested
    class DeadLetters {

        @Test
        void aDeadRecordIsPutAside() throws Exception {
            append(record("a"));
            InboxRecord given = next(handlers);
            handlers.done(given, new Outcome.Dead(Set.of("one"), "no such order"));
            awaitCounts(handlers, 1, 0, 1, 0);
            DeadLetter letter = handlers.deadLetters(10).get(0);
            assertThat(letter.record().id()).isEqualTo(given.id());
            assertThat(letter.record().payload()).isEqualTo(given.payload());
            assertThat(letter.record().failedAttempts()).isEqualTo(1);
            assertThat(letter.record().succeeded()).containsExactly("one");
            assertThat(letter.reason()).isEqualTo("no such order");
            assertThat(letter.diedAt()).isEqualTo(clock.instant());
        }

        @Test
        void aDeadRecordDoesNotComeAgain() throws Exception {
            append(record("a"));
            handlers.done(next(handlers), new Outcome.Dead(Set.of(), "no"));
            restart();
            assertNothingComes(handlers, Lane.CHANGES);
            awaitCounts(handlers, 1, 0, 1, 0);
        }

        @Test
        void theLatestComesFirst() throws Exception {
            append(record("a"), record("b"));
            handlers.done(next(handlers), new Outcome.Dead(Set.of(), "no"));
            awaitCounts(handlers, 2, 0, 1, 0);
            clock.advance(Duration.ofSeconds(1));
            handlers.done(next(handlers), new Outcome.Dead(Set.of(), "no"));
            awaitCounts(handlers, 2, 0, 2, 0);
            assertThat(handlers.deadLetters(10))
                    .extracting(letter -> name(letter.record()))
                    .containsExactly("b", "a");
            assertThat(handlers.deadLetters(1)).hasSize(1);
        }

        @Test
        void eachConsumerHasItsOwn() throws Exception {
            Consumer other = inbox.open(OTHER, Start.NOW);
            append(record("a"));
            handlers.done(next(handlers), new Outcome.Dead(Set.of(), "no"));
            complete(other, next(other));
            awaitCounts(handlers, 1, 0, 1, 0);
            awaitCounts(other, 1, 1, 0, 0);
            assertThat(other.deadLetters(10)).isEmpty();
        }
    }

    @Nested
    class Recovering {

        @Test
        void whatWasInWorkComesAgain() throws Exception {
            append(record("a", "one"), record("b", "other"));
            takeAll(handlers, Lane.CHANGES);
            restart();
            assertThat(workOnAll(handlers, Lane.CHANGES)).containsExactlyInAnyOrder("a", "b");
        }

        @Test
        void whatIsDoneDoesNotComeAgain() throws Exception {
            append(record("a"));
            complete(next(handlers));
            restart();
            assertNothingComes(handlers, Lane.CHANGES);
            awaitCounts(handlers, 1, 1, 0, 0);
        }

        @Test
        void whatIsDoneOutOfOrderDoesNotComeAgain() throws Exception {
            appendManyConversations(50);
            for (InboxRecord taken : takeAll(handlers, Lane.CHANGES)) {
                if (taken.id().value() % 3 == 0) {
                    complete(taken);
                }
            }
            long completed = 50 / 3;
            awaitCounts(handlers, 50, completed, 0, 0);
            restart();
            assertThat(workOnAll(handlers, Lane.CHANGES)).hasSize(50 - (int) completed);
            awaitCounts(handlers, 50, 50, 0, 0);
        }

        @Test
        void whatWasStoredBeforeAndAfterComesInOrder() throws Exception {
            appendMany(MAX_RECORDS_IN_MEMORY / 2);
            restart();
            append(record("later"));
            List<String> expected = new ArrayList<>(names(MAX_RECORDS_IN_MEMORY / 2));
            expected.add("later");
            assertThat(workOnAll(handlers, Lane.CHANGES)).containsExactlyElementsOf(expected);
        }

        @Test
        void aConversationWithALongBacklogGoesOnInOrder() throws Exception {
            int count = MAX_RECORDS_IN_MEMORY * 3;
            appendMany(count);
            List<String> names = new ArrayList<>(workOn(handlers, Lane.CHANGES, 5));
            next(handlers);
            restart();
            names.addAll(workOn(handlers, Lane.CHANGES, 40));
            restart();
            names.addAll(workOn(handlers, Lane.CHANGES, count - 45));
            assertThat(names).containsExactlyElementsOf(names(count));
            awaitCounts(handlers, count, count, 0, 0);
        }

        /** As after a crash: what is noted last is not written. */
        @Test
        void whatWasNotNotedComesAgainInOrder() throws Exception {
            int count = MAX_RECORDS_IN_MEMORY * 3;
            for (int i = 0; i < count; i++) {
                inbox.append(List.of(record("n" + i), record("other" + i, Lane.STATUSES, "other" + i)));
            }
            Random random = new Random(1);
            int noted = 0;
            int next = 0;
            while (next < count) {
                interceptor = (method, arguments, call) -> call.proceed();
                int from = Integer.parseInt(name(next(handlers)).substring(1));
                assertThat(from).as("the first after a restart").isBetween(noted, next);
                restart();
                long before = handlers.backlog().completed();
                workOn(handlers, Lane.STATUSES, 3);
                int written = 1 + random.nextInt(25);
                List<String> names = workOn(handlers, Lane.CHANGES, Math.min(written, count - from));
                noted = from + names.size();
                awaitCounts(handlers, 2L * count, before + 3 + names.size(), 0, 0);
                interceptor = (method, arguments, call) -> {
                    if (method.equals("write")
                            && !((Batch) arguments[0]).changes().isEmpty()) {
                        throw StoreException.of(new IOException("the process is dead"));
                    }
                    return call.proceed();
                };
                names.addAll(workOnWhatComes(random.nextInt(25)));
                assertThat(names).containsExactlyElementsOf(names(count).subList(from, from + names.size()));
                next = from + names.size();
                restart();
            }
            interceptor = (method, arguments, call) -> call.proceed();
            await().atMost(LONG).until(() -> {
                completeWhatComes(Lane.CHANGES);
                completeWhatComes(Lane.STATUSES);
                return handlers.backlog().completed() == 2L * count;
            });
            awaitCounts(handlers, 2L * count, 2L * count, 0, 0);
        }

        private void completeWhatComes(Lane lane) throws InterruptedException {
            for (InboxRecord next = handlers.next(lane, SHORT); next != null; next = handlers.next(lane, SHORT)) {
                complete(next);
            }
        }

        /** Held records do not come before it is noted that they are held. */
        private List<String> workOnWhatComes(int atMost) throws InterruptedException {
            List<String> names = new ArrayList<>();
            while (names.size() < atMost) {
                InboxRecord next = handlers.next(Lane.CHANGES, SHORT);
                if (next == null) {
                    return names;
                }
                names.add(name(next));
                complete(next);
            }
            return names;
        }

        @Test
        void aRetryKeepsItsTime() throws Exception {
            append(record("a"));
            handlers.done(next(handlers), retry(Duration.ofMinutes(1)));
            restart();
            assertNothingComes(handlers, Lane.CHANGES);
            clock.advance(Duration.ofMinutes(1));
            InboxRecord again = next(handlers);
            assertThat(again.failedAttempts()).isEqualTo(1);
            assertThat(again.succeeded()).containsExactlyInAnyOrder("first handler", "second");
        }

        @Test
        void countsAreTheSame() throws Exception {
            Instant oldest = clock.instant();
            append(record("a"), record("b"), record("c"), record("d"));
            complete(next(handlers));
            handlers.done(next(handlers), new Outcome.Dead(Set.of(), "no"));
            handlers.done(next(handlers), retry(Duration.ofMinutes(1)));
            restart();
            awaitCounts(handlers, 4, 1, 1, 0);
            await().untilAsserted(
                            () -> assertThat(handlers.backlog().oldestWaiting()).isEqualTo(oldest));
        }
    }

    @Nested
    class Consumers {

        @Test
        void eachGetsAllRecordsAndHasItsOwnProgress() throws Exception {
            Consumer other = inbox.open(OTHER, Start.NOW);
            appendMany(30);
            assertThat(workOn(other, Lane.CHANGES, 10)).containsExactlyElementsOf(names(10));
            assertThat(workOn(handlers, Lane.CHANGES, 30)).containsExactlyElementsOf(names(30));
            awaitCounts(other, 30, 10, 0, 0);
            awaitCounts(handlers, 30, 30, 0, 0);
            restart();
            other = inbox.open(OTHER, Start.NOW);
            assertNothingComes(handlers, Lane.CHANGES);
            assertThat(workOn(other, Lane.CHANGES, 20))
                    .containsExactlyElementsOf(names(30).subList(10, 30));
        }

        @Test
        void aNewOneMayStartAtTheOldestRecord() throws Exception {
            appendMany(MAX_RECORDS_IN_MEMORY * 2);
            workOn(handlers, Lane.CHANGES, 10);
            Consumer other = inbox.open(OTHER, Start.OLDEST);
            assertThat(workOn(other, Lane.CHANGES, MAX_RECORDS_IN_MEMORY * 2))
                    .containsExactlyElementsOf(names(MAX_RECORDS_IN_MEMORY * 2));
            awaitCounts(other, MAX_RECORDS_IN_MEMORY * 2, MAX_RECORDS_IN_MEMORY * 2, 0, 0);
        }

        @Test
        void aNewOneMayStartWithTheNextRecord() throws Exception {
            append(record("before"));
            Consumer other = inbox.open(OTHER, Start.NOW);
            append(record("after"));
            assertThat(name(next(other))).isEqualTo("after");
            awaitCounts(other, 1, 0, 0, 0);
        }

        @Test
        void aKnownOneGoesOnWhereItStopped() throws Exception {
            append(record("a"));
            inbox.open(OTHER, Start.OLDEST);
            restart();
            append(record("b"));
            Consumer other = inbox.open(OTHER, Start.NOW);
            assertThat(workOn(other, Lane.CHANGES, 2)).containsExactly("a", "b");
        }

        @Test
        void isNotOpenedTwice() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> inbox.open(ConsumerDefinition.HANDLERS, Start.NOW))
                    .withMessageContaining("handlers");
        }

        @Test
        void whatIsAssignedIsCompletedWaitingDeadOrDiscarded() throws Exception {
            Consumer other = inbox.open(OTHER, Start.NOW);
            int count = 45;
            appendManyConversations(count);
            for (InboxRecord next : takeAll(handlers, Lane.CHANGES)) {
                switch ((int) (next.id().value() % 3)) {
                    case 0 -> complete(next);
                    case 1 -> handlers.done(next, retry(Duration.ofMinutes(1)));
                    default -> handlers.done(next, new Outcome.Dead(Set.of(), "no"));
                }
            }
            workOn(other, Lane.CHANGES, count);
            awaitCounts(handlers, count, 15, 15, 0);
            assertThat(handlers.backlog().waiting()).isEqualTo(15);
            awaitCounts(other, count, count, 0, 0);
        }
    }

    @Nested
    class Pausing {

        @Test
        void aPausedConsumerGetsNothingAndThenAllInOrder() throws Exception {
            int count = MAX_RECORDS_IN_MEMORY * 3;
            appendMany(count);
            assertThat(workOn(handlers, Lane.CHANGES, 10)).hasSize(10);
            handlers.pause();
            assertThat(handlers.isPaused()).isTrue();
            assertNothingComes(handlers, Lane.CHANGES);
            handlers.resume();
            assertThat(workOn(handlers, Lane.CHANGES, count - 10))
                    .containsExactlyElementsOf(names(count).subList(10, count));
            awaitCounts(handlers, count, count, 0, 0);
        }

        @Test
        void aRecordInWorkMayBeDoneWhilePaused() throws Exception {
            append(record("a", "one"), record("b", "other"), record("c", "one"));
            InboxRecord inWork = next(handlers);
            handlers.pause();
            complete(inWork);
            awaitCounts(handlers, 3, 1, 0, 0);
            assertNothingComes(handlers, Lane.CHANGES);
            handlers.resume();
            List<String> others = new ArrayList<>(List.of("a", "b", "c"));
            others.remove(name(inWork));
            assertThat(workOnAll(handlers, Lane.CHANGES)).containsExactlyInAnyOrderElementsOf(others);
            awaitCounts(handlers, 3, 3, 0, 0);
        }

        @Test
        void aRecordThatWaitsBeforeOneInWorkIsNotLost() throws Exception {
            append(record("a", "one"), record("b", "one"), record("c", "other"));
            InboxRecord first = next(handlers);
            InboxRecord inWork = next(handlers);
            complete(first);
            handlers.pause();
            handlers.resume();
            complete(inWork);
            assertThat(name(next(handlers))).isEqualTo("b");
        }

        @Test
        void aRecordInWorkComesAgainAfterItsRetryOnly() throws Exception {
            append(record("a"));
            InboxRecord inWork = next(handlers);
            handlers.pause();
            handlers.resume();
            assertNothingComes(handlers, Lane.CHANGES);
            handlers.done(inWork, retry(Duration.ofMinutes(1)));
            assertNothingComes(handlers, Lane.CHANGES);
            clock.advance(Duration.ofMinutes(1));
            assertThat(next(handlers).failedAttempts()).isEqualTo(1);
        }

        @Test
        void dueRetriesComeAfterwards() throws Exception {
            appendManyConversations(20);
            for (InboxRecord next : takeAll(handlers, Lane.CHANGES)) {
                handlers.done(next, retry(Duration.ZERO));
            }
            await().until(() -> handlers.readyFor(Lane.CHANGES).toNanos() > 0);
            handlers.pause();
            assertNothingComes(handlers, Lane.CHANGES);
            handlers.resume();
            assertThat(workOn(handlers, Lane.CHANGES, 20)).hasSize(20);
            awaitCounts(handlers, 20, 20, 0, 0);
        }

        @Test
        void lastsThroughARestart() throws Exception {
            Consumer other = inbox.open(OTHER, Start.NOW);
            other.pause();
            append(record("a"));
            restart();
            other = inbox.open(OTHER, Start.NOW);
            assertThat(other.isPaused()).isTrue();
            append(record("b"));
            assertNothingComes(other, Lane.CHANGES);
            awaitCounts(other, 2, 0, 0, 0);
            other.resume();
            assertThat(workOn(other, Lane.CHANGES, 2)).containsExactly("a", "b");
        }

        @Test
        void manyMayPauseAndResumeAtOnce() throws Exception {
            inParallel(8, thread -> {
                for (int i = 0; i < 20; i++) {
                    if ((thread + i) % 2 == 0) {
                        handlers.pause();
                    } else {
                        handlers.resume();
                    }
                }
            });
            boolean isPaused = handlers.isPaused();
            restart();
            assertThat(handlers.isPaused()).isEqualTo(isPaused);
        }

        @Test
        void nothingIsInMemoryOrWrittenForAPausedConsumer() throws Exception {
            Consumer other = inbox.open(OTHER, Start.NOW);
            other.pause();
            append(record("first"));
            workOn(handlers, Lane.CHANGES, 1);
            awaitCounts(handlers, 1, 1, 0, 0);
            Set<String> writing = ConcurrentHashMap.newKeySet();
            interceptor = (method, arguments, call) -> {
                if (method.equals("write")) {
                    ((Batch) arguments[0])
                            .changes().stream().map(Change::consumer).forEach(writing::add);
                }
                return call.proceed();
            };
            int all = MAX_RECORDS_IN_MEMORY * 10;
            appendMany(all);
            workOn(handlers, Lane.CHANGES, all);
            awaitCounts(handlers, all + 1, all + 1, 0, 0);
            assertThat(writing).containsExactly("handlers");
            assertThat(other.readyFor(Lane.CHANGES)).isZero();
            awaitCounts(other, all + 1, 0, 0, 0);
            other.resume();
            List<String> expected = new ArrayList<>(List.of("first"));
            expected.addAll(names(all));
            assertThat(workOn(other, Lane.CHANGES, all + 1)).containsExactlyElementsOf(expected);
            awaitCounts(other, all + 1, all + 1, 0, 0);
        }

        @Test
        void aConversationWithALongBacklogLosesNothingByPausesAtAnyTime() throws Exception {
            int count = MAX_RECORDS_IN_MEMORY * 4;
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Void> appending = CompletableFuture.runAsync(() -> appendMany(count));
            long pausesEndNanos = endOfPauses();
            CompletableFuture<Void> pausing = CompletableFuture.runAsync(() -> {
                while (!over.get() && System.nanoTime() < pausesEndNanos) {
                    handlers.pause();
                    handlers.resume();
                }
            });
            try {
                assertThat(workOn(handlers, Lane.CHANGES, count)).containsExactlyElementsOf(names(count));
            } finally {
                over.set(true);
            }
            appending.get();
            pausing.get();
            awaitCounts(handlers, count, count, 0, 0);
        }
    }

    @Nested
    class Isolation {

        @Test
        void aConversationWithALongBacklogDelaysNoOther() throws Exception {
            int count = MAX_RECORDS_IN_MEMORY * 10;
            appendMany(count);
            InboxRecord first = next(handlers);
            append(record("other", "other"));
            assertThat(name(next(handlers))).isEqualTo("other");
            complete(first);
            assertThat(workOn(handlers, Lane.CHANGES, count - 1))
                    .containsExactlyElementsOf(names(count).subList(1, count));
        }

        @Test
        void aConversationWithALongBacklogGoesOnWhileMoreOfItComes() throws Exception {
            appendMany(100);
            AtomicBoolean enough = new AtomicBoolean();
            // So many are on their way that each commit has one of the conversation.
            Semaphore onTheWay = new Semaphore(32);
            Thread sender = new Thread(() -> {
                for (int i = 0; !enough.get(); i++) {
                    onTheWay.acquireUninterruptibly();
                    inbox.append(List.of(record("more" + i))).whenComplete((result, failure) -> onTheWay.release());
                }
                onTheWay.acquireUninterruptibly(32);
            });
            sender.start();
            try {
                assertThat(workOn(handlers, Lane.CHANGES, 100)).containsExactlyElementsOf(names(100));
            } finally {
                enough.set(true);
                sender.join();
            }
        }

        @Test
        void elevenLargeHistoryChunksDelayNoMessage() throws Exception {
            for (int i = 0; i < 11; i++) {
                append(Records.of("chunk" + i, Lane.BULK, "number", MAX_BYTES_IN_MEMORY / 2, clock.instant()));
            }
            InboxRecord chunk = next(handlers, Lane.BULK);
            append(record("message", "user"));
            append(record("message of the number", "number"));
            assertThat(name(next(handlers))).isEqualTo("message");
            complete(chunk);
            assertThat(workOn(handlers, Lane.BULK, 10)).hasSize(10);
            assertThat(name(next(handlers))).isEqualTo("message of the number");
        }

        @Test
        void largeRecordsOfOneConversationDelayNoOtherOfTheSameLane() throws Exception {
            for (int i = 0; i < 11; i++) {
                append(Records.of("n" + i, Lane.CHANGES, "large", MAX_BYTES_IN_MEMORY / 3, clock.instant()));
            }
            InboxRecord large = next(handlers);
            append(record("small", "user"));
            assertThat(name(next(handlers))).isEqualTo("small");
            complete(large);
            assertThat(workOn(handlers, Lane.CHANGES, 10))
                    .containsExactlyElementsOf(names(11).subList(1, 11));
        }

        @Test
        void aLargeRecordTakesNoRoomWhileAnotherOfItsConversationIsInWork() throws Exception {
            append(Records.of("n0", Lane.CHANGES, "large", MAX_BYTES_IN_MEMORY / 3, clock.instant()));
            InboxRecord large = next(handlers);
            append(Records.of("n1", Lane.CHANGES, "large", MAX_BYTES_IN_MEMORY / 3, clock.instant()));
            append(record("small", "user"));
            assertThat(name(next(handlers))).isEqualTo("small");
            complete(large);
            assertThat(name(next(handlers))).isEqualTo("n1");
        }

        @Test
        void aLargeRecordComesAfterOneOfItsConversationInAnotherLane() throws Exception {
            append(record("status", Lane.STATUSES, "large"));
            InboxRecord status = next(handlers, Lane.STATUSES);
            append(Records.of("n0", Lane.CHANGES, "large", MAX_BYTES_IN_MEMORY / 3, clock.instant()));
            complete(status);
            assertThat(name(next(handlers))).isEqualTo("n0");
        }

        @Test
        void aRecordLargerThanAllThatMayBeInMemoryComes() throws Exception {
            append(Records.of("large", Lane.BULK, "one", 3 * MAX_BYTES_IN_MEMORY, clock.instant()));
            append(Records.of("next", Lane.BULK, "one", 3 * MAX_BYTES_IN_MEMORY, clock.instant()));
            restart();
            assertThat(workOn(handlers, Lane.BULK, 2)).containsExactly("large", "next");
        }

        @Test
        void threeHundredRetriesOfAConversationDelayNoOthers() throws Exception {
            appendMany(300);
            append(record("other", "other"));
            for (int i = 0; i < 301; i++) {
                handlers.done(next(handlers), retry(Duration.ofMinutes(1)));
            }
            awaitCounts(handlers, 301, 0, 0, 0);
            clock.advance(Duration.ofMinutes(1));
            InboxRecord one = next(handlers);
            InboxRecord other = next(handlers);
            assertThat(List.of(name(one), name(other))).contains("other");
            complete(one);
            complete(other);
            workOn(handlers, Lane.CHANGES, 299);
            awaitCounts(handlers, 301, 301, 0, 0);
        }

        @Test
        void manyConversationsWithLongBacklogsAllGoOn() throws Exception {
            int conversations = 30;
            int each = 40;
            for (int i = 0; i < each; i++) {
                List<NewRecord> round = new ArrayList<>();
                for (int conversation = 0; conversation < conversations; conversation++) {
                    round.add(record(conversation + "-" + i, "c" + conversation));
                }
                append(round.toArray(NewRecord[]::new));
            }
            assertEachInOrder(workOn(handlers, Lane.CHANGES, conversations * each), conversations, each);
            awaitCounts(handlers, conversations * each, conversations * each, 0, 0);
        }
    }

    @Nested
    class Forgetting {

        @Test
        void whatRetentionTakesFromAConsumerIsDiscardedAndCounted() throws Exception {
            Consumer other = inbox.open(OTHER, Start.NOW);
            other.pause();
            append(record("a"), record("b"), record("c"));
            workOn(handlers, Lane.CHANGES, 3);
            awaitCounts(handlers, 3, 3, 0, 0);
            letTimePass(RETENTION.payload());
            append(record("d"));
            complete(next(handlers));
            other.resume();
            assertThat(name(next(other))).isEqualTo("d");
            awaitCounts(other, 4, 0, 0, 3);
            assertThat(overtaken).hasValue(3);
        }

        @Test
        void whatAnImportantConsumerHasNotReadIsKeptUpToTheLimit() throws Exception {
            handlers.pause();
            append(record("a"));
            letTimePass(RETENTION.payload());
            handlers.resume();
            complete(next(handlers));
            handlers.pause();
            append(record("b"));
            letTimePass(RETENTION.maxHold());
            handlers.resume();
            awaitCounts(handlers, 2, 1, 0, 1);
            assertThat(overtaken).hasValue(1);
        }

        @Test
        void aRetryKeepsItsPayload() throws Exception {
            append(record("a"));
            handlers.done(next(handlers), retry(Duration.ofDays(20)));
            letTimePass(RETENTION.duplicates());
            clock.advance(Duration.ofDays(11));
            assertThat(name(next(handlers))).isEqualTo("a");
        }

        /** Retention does not know of a delivery before it is written. */
        @Test
        void whatRetentionTakesFromADeliveryBeforeItIsWrittenIsDiscardedAndCounted() throws Exception {
            Consumer other = inbox.open(OTHER, Start.NOW);
            refuseDeliveriesOf(other);
            appendMany(20);
            workOn(handlers, Lane.CHANGES, 20);
            awaitCounts(handlers, 20, 20, 0, 0);
            InboxRecord failing = next(other);
            letTimePass(RETENTION.payload());
            interceptor = NOTHING;
            other.done(failing, retry(Duration.ofMinutes(1)));
            int completed = workOnAll(other, Lane.CHANGES).size();
            assertThat(completed).as("of those in memory").isLessThan(19);
            clock.advance(Duration.ofMinutes(1));
            awaitCounts(other, 20, completed, 0, 20L - completed);
            assertThat(overtaken).hasValue(20 - completed);
            restart();
            awaitCounts(inbox.open(OTHER, Start.NOW), 20, completed, 0, 20L - completed);
            ConsumerState state = inbox.archive().show(failing.id()).consumers().get(1);
            assertThat(state.state()).isEqualTo(RecordState.DISCARDED);
            assertThat(state.failures()).extracting(FailedAttempt::reason).containsExactly("not now");
        }

        private void refuseDeliveriesOf(Consumer consumer) {
            interceptor = (method, arguments, call) -> {
                if (method.equals("write") && hasDeliveriesOf(consumer, (Batch) arguments[0])) {
                    throw StoreException.of(new IOException("not now"));
                }
                return call.proceed();
            };
        }

        private static boolean hasDeliveriesOf(Consumer consumer, Batch batch) {
            return batch.changes().stream()
                    .anyMatch(change -> change.consumer().equals(consumer.name())
                            && !change.put().isEmpty());
        }

        @Test
        void aReplayEndsThatRetentionTakesARetryFrom() throws Exception {
            append(record("a"));
            complete(next(handlers));
            awaitCounts(handlers, 1, 1, 0, 0);
            Replay replay = inbox.replays().start(RecordFilter.ALL, null, 1_000, "{}");
            InboxRecord failing = next(replay.consumer());
            letTimePass(RETENTION.payload());
            replay.consumer().done(failing, retry(Duration.ofMinutes(1)));
            clock.advance(Duration.ofMinutes(1));
            await().atMost(LONG).until(() -> !replay.isRunning());
            awaitCounts(replay.consumer(), 1, 0, 0, 1);
        }

        @Test
        void aNewConsumerStartsAtTheOldestRecordThatHasItsPayload() throws Exception {
            append(record("a"), record("b"));
            workOn(handlers, Lane.CHANGES, 2);
            awaitCounts(handlers, 2, 2, 0, 0);
            letTimePass(RETENTION.payload());
            append(record("c"));
            Consumer other = inbox.open(OTHER, Start.OLDEST);
            assertThat(name(next(other))).isEqualTo("c");
            awaitCounts(other, 1, 0, 0, 0);
            assertThat(overtaken).hasValue(0);
        }

        /** For retention, a record from a clock that was ahead is as old as its neighbours. */
        @Test
        void aClockThatWasAheadKeepsNothingFromBeingForgotten() throws Exception {
            Consumer other = inbox.open(OTHER, Start.NOW);
            other.pause();
            clock.advance(Duration.ofDays(365));
            append(record("from the future"));
            awaitForgetting();
            clock.advance(Duration.ofDays(-365));
            append(record("a"), record("b"), record("c"));
            workOn(handlers, Lane.CHANGES, 4);
            awaitCounts(handlers, 4, 4, 0, 0);
            letTimePass(RETENTION.payload());
            other.resume();
            awaitCounts(other, 4, 0, 0, 4);
        }

        @Test
        void noIdComesAgainAfterEverythingIsForgotten() throws Exception {
            append(record("a"));
            InboxRecord first = next(handlers);
            complete(first);
            awaitCounts(handlers, 1, 1, 0, 0);
            letTimePass(RETENTION.duplicates());
            restart();
            assertThat(append(record("a")).isNew(0)).isTrue();
            assertThat(next(handlers).id()).isGreaterThan(first.id());
            awaitCounts(handlers, 2, 1, 0, 0);
        }

        private void letTimePass(Duration duration) {
            awaitForgetting();
            clock.advance(Duration.ofMinutes(1));
            awaitForgetting();
            clock.advance(duration);
            awaitForgetting();
        }

        /** Until a step of forgetting has found nothing to do at this time. */
        private void awaitForgetting() {
            AtomicBoolean over = new AtomicBoolean();
            StoreProxy.Interceptor before = interceptor;
            interceptor = (method, arguments, call) -> {
                Object more = before.intercept(method, arguments, call);
                if (method.equals("forget") && Boolean.FALSE.equals(more) && arguments[1].equals(clock.instant())) {
                    over.set(true);
                }
                return more;
            };
            await().atMost(LONG).untilTrue(over);
        }
    }

    @Nested
    class Failing {

        @Test
        void aCommitThatIsDurableAndThrowsChangesNoAnswerAndNoCount() throws Exception {
            appendManyConversations(10);
            List<InboxRecord> taken = takeAll(handlers, Lane.CHANGES);
            AtomicInteger throwing = new AtomicInteger(3);
            interceptor = (method, arguments, call) -> {
                Object result = call.proceed();
                if (method.equals("write") && throwing.getAndDecrement() > 0) {
                    throw StoreException.uncertain(new IOException("the answer is lost"));
                }
                return result;
            };
            taken.forEach(InboxContract.this::complete);
            List<CompletableFuture<AppendResult>> appends = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                appends.add(inbox.append(List.of(record("m" + i, "m" + i))));
            }
            appends.forEach(append -> assertThat(append)
                    .succeedsWithin(LONG)
                    .satisfies(result -> assertThat(result.isNew(0)).isTrue()));
            assertThat(workOn(handlers, Lane.CHANGES, 6)).containsExactlyInAnyOrder("m0", "m1", "m2", "m3", "m4", "m5");
            awaitCounts(handlers, 16, 16, 0, 0);
        }

        @Test
        void progressThatCannotBeWrittenIsKept() throws Exception {
            appendManyConversations(10);
            List<InboxRecord> taken = takeAll(handlers, Lane.CHANGES);
            AtomicInteger throwing = new AtomicInteger(3);
            interceptor = (method, arguments, call) -> {
                if (method.equals("write") && throwing.getAndDecrement() > 0) {
                    throw StoreException.of(new IOException("no room"));
                }
                return call.proceed();
            };
            taken.forEach(InboxContract.this::complete);
            awaitCounts(handlers, 10, 10, 0, 0);
            restart();
            assertNothingComes(handlers, Lane.CHANGES);
        }

        @Test
        void readingGoesOnAfterAnErrorAndLosesNothing() throws Exception {
            appendManyConversations(MAX_RECORDS_IN_MEMORY * 3);
            AtomicInteger throwing = new AtomicInteger(2);
            interceptor = (method, arguments, call) -> {
                Object result = call.proceed();
                if (method.equals("read") && throwing.getAndDecrement() > 0) {
                    throw new NoClassDefFoundError("a/Library");
                }
                return result;
            };
            assertThat(workOn(handlers, Lane.CHANGES, MAX_RECORDS_IN_MEMORY * 3))
                    .containsExactlyInAnyOrderElementsOf(names(MAX_RECORDS_IN_MEMORY * 3));
            awaitCounts(handlers, MAX_RECORDS_IN_MEMORY * 3, MAX_RECORDS_IN_MEMORY * 3, 0, 0);
        }

        @Test
        void heldRecordsAndRetriesComeAlthoughReadingThemFailsAtFirst() throws Exception {
            appendMany(50);
            AtomicInteger throwing = new AtomicInteger(2);
            interceptor = (method, arguments, call) -> {
                if ((method.equals("held") || method.equals("due")) && throwing.getAndDecrement() > 0) {
                    throw StoreException.of(new IOException("not now"));
                }
                return call.proceed();
            };
            handlers.done(next(handlers), retry(Duration.ZERO));
            assertThat(workOn(handlers, Lane.CHANGES, 50)).containsExactlyInAnyOrderElementsOf(names(50));
            awaitCounts(handlers, 50, 50, 0, 0);
        }
    }

    @Nested
    class Closing {

        @Test
        void endsAllThatWait() throws Exception {
            ExecutorService workers = Executors.newFixedThreadPool(4);
            try {
                List<Future<InboxRecord>> waiting = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    waiting.add(workers.submit(() -> handlers.next(Lane.CHANGES, Duration.ofMinutes(10))));
                }
                inbox.close();
                for (Future<InboxRecord> one : waiting) {
                    assertThat(one.get(20, TimeUnit.SECONDS)).isNull();
                }
            } finally {
                workers.shutdownNow();
            }
        }

        @Test
        void writesWhatIsDone() throws Exception {
            int count = MAX_RECORDS_IN_MEMORY / 2; // where there are many shares, no more are read until some are done
            appendManyConversations(count);
            takeAll(handlers, Lane.CHANGES).forEach(InboxContract.this::complete);
            restart();
            awaitCounts(handlers, count, count, 0, 0);
            assertNothingComes(handlers, Lane.CHANGES);
        }

        @Test
        void aClosedConsumerGivesNothingAndStillTakesNotes() throws Exception {
            append(record("a"), record("b"));
            InboxRecord inWork = next(handlers);
            handlers.close();
            complete(inWork);
            assertThat(handlers.next(Lane.CHANGES, LONG)).isNull();
            assertThat(handlers.readyFor(Lane.CHANGES)).isZero();
            restart();
            assertThat(workOnAll(handlers, Lane.CHANGES)).containsExactly("b");
        }

        @Test
        void nothingIsReadForAClosedConsumer() throws Exception {
            Consumer other = inbox.open(OTHER, Start.NOW);
            other.close();
            AtomicInteger reads = new AtomicInteger();
            handlers.close();
            interceptor = (method, arguments, call) -> {
                reads.addAndGet(method.equals("read") ? 1 : 0);
                return call.proceed();
            };
            appendManyConversations(MAX_RECORDS_IN_MEMORY * 3);
            awaitCounts(other, MAX_RECORDS_IN_MEMORY * 3, 0, 0, 0);
            assertThat(reads).hasValue(0);
            restart();
            other = inbox.open(OTHER, Start.NOW);
            assertThat(workOn(other, Lane.CHANGES, MAX_RECORDS_IN_MEMORY * 3)).hasSize(MAX_RECORDS_IN_MEMORY * 3);
        }

        @Test
        void mayBeDoneTwice() {
            inbox.close();
            assertThatCode(inbox::close).doesNotThrowAnyException();
        }
    }

    @Nested
    class Racing {

        private static final int THREADS = 16;

        @Test
        void oneOfManyThreadsStoresAKey() throws Exception {
            int keys = 200;
            AtomicInteger stored = new AtomicInteger();
            inParallel(THREADS, thread -> {
                for (int i = 0; i < keys; i++) {
                    stored.addAndGet(append(record("k" + i)).isNew(0) ? 1 : 0);
                }
            });
            assertThat(stored).hasValue(keys);
            awaitCounts(handlers, keys, 0, 0, 0);
        }

        @Test
        void manyWorkersGetEverythingOnceAndEachConversationInOrder() throws Exception {
            int each = 300;
            int count = THREADS * each;
            ConcurrentLinkedQueue<String> names = new ConcurrentLinkedQueue<>();
            CompletableFuture<Void> appending = CompletableFuture.runAsync(() -> inParallel(THREADS, thread -> {
                for (int i = 0; i < each; i++) {
                    append(record(thread + "-" + i, "c" + thread));
                }
            }));
            workInParallel(handlers, count, new ConcurrentHashMap<>(), next -> {
                names.add(name(next));
                complete(next);
                return true;
            });
            appending.get();
            assertThat(names).doesNotHaveDuplicates();
            assertEachInOrder(new ArrayList<>(names), THREADS, each);
            awaitCounts(handlers, count, count, 0, 0);
        }

        @Test
        void lanesAndConsumersOfOneTargetAndPausesAndRetriesLoseNothing() throws Exception {
            int each = 150;
            int count = THREADS * each;
            Consumer replay = inbox.open(REPLAY, Start.OLDEST);
            Consumer other = inbox.open(OTHER, Start.OLDEST);
            Map<Long, AtomicInteger> inWork = new ConcurrentHashMap<>();
            AtomicBoolean over = new AtomicBoolean();
            long pausesEndNanos = endOfPauses();
            CompletableFuture<Void> pausing = CompletableFuture.runAsync(() -> {
                while (!over.get() && System.nanoTime() < pausesEndNanos) {
                    for (Consumer one : List.of(handlers, other)) {
                        one.pause();
                        one.resume();
                    }
                }
            });
            try {
                inParallel(4, part -> {
                    switch (part) {
                        case 0 ->
                            inParallel(THREADS, thread -> {
                                for (int i = 0; i < each; i++) {
                                    append(record(
                                            thread + "-" + i,
                                            i % 2 == 0 ? Lane.CHANGES : Lane.STATUSES,
                                            "c" + thread % 5));
                                }
                            });
                        case 1 -> workAtRandom(handlers, count, inWork);
                        case 2 -> workAtRandom(replay, count, inWork);
                        default -> workAtRandom(other, count, new ConcurrentHashMap<>());
                    }
                });
            } finally {
                over.set(true);
            }
            pausing.get();
            for (Consumer one : List.of(handlers, replay, other)) {
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(one.backlog().waiting())
                                .as(one.name())
                                .isZero());
                assertThat(one.backlog().assigned()).isEqualTo(count);
            }
        }

        private void workAtRandom(Consumer consumer, int count, Map<Long, AtomicInteger> inWork) {
            Set<Long> done = ConcurrentHashMap.newKeySet();
            Random random = new Random(consumer.name().hashCode());
            workInParallel(consumer, count, inWork, next -> {
                int chance = random.nextInt(10);
                if (chance == 0) {
                    consumer.done(next, retry(Duration.ZERO));
                    return false;
                }
                assertThat(done.add(next.id().value())).as("done once").isTrue();
                consumer.done(next, chance == 1 ? new Outcome.Dead(Set.of(), "no") : COMPLETED);
                return true;
            });
        }

        /**
         * Works until so many are done.
         *
         * @param inWork how many work on each conversation
         */
        private void workInParallel(Consumer consumer, int count, Map<Long, AtomicInteger> inWork, Worker worker) {
            AtomicInteger done = new AtomicInteger();
            inParallel(8, thread -> {
                Lane lane = thread % 2 == 0 ? Lane.CHANGES : Lane.STATUSES;
                // So long that a worker who is not woken fails the test.
                Duration wait = Duration.ofMinutes(10);
                for (InboxRecord next = consumer.next(lane, wait); next != null; next = consumer.next(lane, wait)) {
                    AtomicInteger working =
                            inWork.computeIfAbsent(next.conversation(), conversation -> new AtomicInteger());
                    assertThat(working.incrementAndGet())
                            .as("workers of a conversation")
                            .isOne();
                    Thread.yield();
                    working.decrementAndGet();
                    if (worker.work(next) && done.incrementAndGet() == count) {
                        consumer.close();
                    }
                }
            });
        }

        private interface Worker {

            /** Returns whether the record is done for good. */
            boolean work(InboxRecord next);
        }
    }

    private interface Work {

        void run(int thread) throws Exception;
    }

    private static void inParallel(int count, Work work) {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int thread = i;
                running.add(threads.submit(() -> {
                    work.run(thread);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get(50, TimeUnit.SECONDS);
            }
        } catch (Exception ex) {
            throw new AssertionError(ex);
        } finally {
            threads.shutdownNow();
        }
    }

    protected final AppendResult append(NewRecord... records) throws Exception {
        return inbox.append(List.of(records)).get(20, TimeUnit.SECONDS);
    }

    /** All of one conversation, many on their way at once. */
    private void appendMany(int count) {
        List<CompletableFuture<AppendResult>> appends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            appends.add(inbox.append(List.of(record("n" + i))));
        }
        appends.forEach(CompletableFuture::join);
    }

    /** Each of a conversation of its own. */
    private void appendManyConversations(int count) {
        List<CompletableFuture<AppendResult>> appends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            appends.add(inbox.append(List.of(record("n" + i, "of n" + i))));
        }
        appends.forEach(CompletableFuture::join);
    }

    protected final InboxRecord next(Consumer consumer) throws InterruptedException {
        return next(consumer, Lane.CHANGES);
    }

    private static InboxRecord next(Consumer consumer, Lane lane) throws InterruptedException {
        InboxRecord next = consumer.next(lane, LONG);
        assertThat(next).as("next record").isNotNull();
        return next;
    }

    private static void assertNothingComes(Consumer consumer, Lane lane) throws InterruptedException {
        assertThat(consumer.next(lane, SHORT)).isNull();
    }

    /** Soon: where a read takes as long as a pause, hardly anything comes between two of them. */
    private static long endOfPauses() {
        return System.nanoTime() + Duration.ofSeconds(5).toNanos();
    }

    /** After which nothing more comes, where all is well. */
    protected Duration silence() {
        return SHORT;
    }

    /** All that comes while nothing is done. */
    private List<InboxRecord> takeAll(Consumer consumer, Lane lane) throws InterruptedException {
        List<InboxRecord> all = new ArrayList<>();
        for (InboxRecord next = consumer.next(lane, LONG); next != null; next = consumer.next(lane, silence())) {
            all.add(next);
        }
        return all;
    }

    /** Completes so many, one after the other. */
    private static List<String> workOn(Consumer consumer, Lane lane, int count) throws InterruptedException {
        List<String> names = new ArrayList<>();
        while (names.size() < count) {
            InboxRecord next = consumer.next(lane, LONG);
            assertThat(next).as("next record after %s", names.size()).isNotNull();
            names.add(name(next));
            consumer.done(next, COMPLETED);
        }
        return names;
    }

    /** Completes all, one after the other. */
    private List<String> workOnAll(Consumer consumer, Lane lane) throws InterruptedException {
        List<String> names = new ArrayList<>();
        for (InboxRecord next = consumer.next(lane, LONG); next != null; next = consumer.next(lane, silence())) {
            names.add(name(next));
            consumer.done(next, COMPLETED);
        }
        return names;
    }

    private static void assertEachInOrder(List<String> names, int conversations, int each) {
        assertThat(names).hasSize(conversations * each);
        for (int conversation = 0; conversation < conversations; conversation++) {
            String prefix = conversation + "-";
            List<String> own =
                    names.stream().filter(name -> name.startsWith(prefix)).toList();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                expected.add(prefix + i);
            }
            assertThat(own).containsExactlyElementsOf(expected);
        }
    }

    protected final void complete(InboxRecord record) {
        complete(handlers, record);
    }

    private static void complete(Consumer consumer, InboxRecord record) {
        consumer.done(record, COMPLETED);
    }

    protected static void awaitCounts(Consumer consumer, long assigned, long completed, long dead, long discarded) {
        await().atMost(LONG).untilAsserted(() -> {
            Backlog backlog = consumer.backlog();
            assertThat(new Backlog(backlog.assigned(), backlog.completed(), backlog.dead(), backlog.discarded(), null))
                    .isEqualTo(new Backlog(assigned, completed, dead, discarded, null));
        });
    }

    private Outcome retry(Duration delay) {
        return new Outcome.Retry(clock.instant().plus(delay), Set.of("first handler", "second"), "not now");
    }

    protected final NewRecord record(String name) {
        return record(name, "conversation");
    }

    protected final NewRecord record(String name, String conversation) {
        return record(name, Lane.CHANGES, conversation);
    }

    private NewRecord record(String name, Lane lane, String conversation) {
        return Records.of(name, lane, conversation, 0, clock.instant());
    }
}
