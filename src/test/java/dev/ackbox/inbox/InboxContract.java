package dev.ackbox.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.ackbox.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every inbox has to keep. A class per engine says how one is opened. */
@Timeout(60)
public abstract class InboxContract {

    /** Records of a lane that the inbox under test may hold in memory. */
    protected static final int MAX_RECORDS_IN_MEMORY = 100;

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(10);

    protected final MovableClock clock = new MovableClock();
    protected Inbox inbox;

    /** Opens the inbox; a second call, after a close, opens the same one again. */
    protected abstract Inbox open() throws Exception;

    @BeforeEach
    void openInbox() throws Exception {
        inbox = open();
    }

    @AfterEach
    void closeInbox() {
        inbox.close();
    }

    private void restart() throws Exception {
        inbox.close();
        inbox = open();
    }

    @Nested
    class Appending {

        @Test
        void storesNewRecords() throws Exception {
            Appended appended = append(record("a"), record("b"));
            assertThat(appended.isNew(0)).isTrue();
            assertThat(appended.isNew(1)).isTrue();
            assertThat(inbox.backlog().waiting()).isEqualTo(2);
        }

        @Test
        void dropsARecordWhoseKeyIsKnown() throws Exception {
            append(record("a"));
            assertThat(append(record("a")).isNew(0)).isFalse();
            assertThat(claimAll(Lane.CHANGES)).hasSize(1);
            assertThat(inbox.backlog().waiting()).isEqualTo(1);
        }

        @Test
        void dropsTheSecondOfTwoEqualRecordsInOneNotification() throws Exception {
            Appended appended = append(record("a"), record("a"), record("b"));
            assertThat(appended.isNew(0)).isTrue();
            assertThat(appended.isNew(1)).isFalse();
            assertThat(appended.isNew(2)).isTrue();
        }

        @Test
        void storesWhatIsNewBesideADuplicate() throws Exception {
            append(record("a"));
            Appended appended = append(record("a"), record("b"));
            assertThat(appended.isNew(0)).isFalse();
            assertThat(appended.isNew(1)).isTrue();
            assertThat(claimAll(Lane.CHANGES)).extracting(InboxContract::name).containsExactly("a", "b");
        }

        @Test
        void knowsAKeyAfterItsRecordIsCompleted() throws Exception {
            append(record("a"));
            complete(claimAll(Lane.CHANGES));
            assertThat(append(record("a")).isNew(0)).isFalse();
        }

        @Test
        void knowsAKeyAfterARestart() throws Exception {
            append(record("a"));
            restart();
            assertThat(append(record("a")).isNew(0)).isFalse();
        }

        @Test
        void keepsPayloadsByteForByte() throws Exception {
            byte[] payload = {0, 1, (byte) 0xED, (byte) 0xA0, (byte) 0x80, (byte) 0xFF, '\n'};
            NewRecord stored = new NewRecord(
                    key("a"),
                    "default",
                    "messages",
                    Lane.CHANGES,
                    "c",
                    null,
                    null,
                    List.of(),
                    clock.instant(),
                    payload);
            append(stored);
            restart();
            assertThat(claimAll(Lane.CHANGES).get(0).payload()).isEqualTo(payload);
        }

        @Test
        void failsOnceClosed() {
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
    class Claiming {

        @Test
        void handsOutInOrderOfArrival() throws Exception {
            for (int i = 0; i < 20; i++) {
                append(record("n" + i));
            }
            assertThat(claimAll(Lane.CHANGES)).extracting(InboxContract::name).containsExactlyElementsOf(names(20));
        }

        @Test
        void handsOutEachRecordOnce() throws Exception {
            append(record("a"));
            assertThat(claimAll(Lane.CHANGES)).hasSize(1);
            assertThat(claimAll(Lane.CHANGES)).isEmpty();
        }

        @Test
        void handsOutAllThatWasStored() throws Exception {
            NewRecord stored = record("a");
            append(stored);
            InboxRecord claimed = claimAll(Lane.CHANGES).get(0);
            assertThat(claimed).usingRecursiveComparison().isEqualTo(InboxRecord.stored(claimed.id(), stored));
        }

        @Test
        void handsOutAllThatWasStoredAfterARestart() throws Exception {
            NewRecord stored = record("a");
            append(stored);
            restart();
            InboxRecord claimed = claimAll(Lane.CHANGES).get(0);
            assertThat(claimed).usingRecursiveComparison().isEqualTo(InboxRecord.stored(claimed.id(), stored));
        }

        @Test
        void givesNoMoreThanAskedFor() throws Exception {
            append(record("a"), record("b"), record("c"));
            assertThat(inbox.claim(Lane.CHANGES, 2, LONG)).hasSize(2);
            assertThat(inbox.claim(Lane.CHANGES, 2, LONG)).hasSize(1);
        }

        @Test
        void waitsForARecord() throws Exception {
            ExecutorService claimer = Executors.newSingleThreadExecutor();
            try {
                Future<List<InboxRecord>> claimed = claimer.submit(() -> inbox.claim(Lane.CHANGES, 10, LONG));
                append(record("a"));
                assertThat(claimed.get(10, TimeUnit.SECONDS)).hasSize(1);
            } finally {
                claimer.shutdownNow();
            }
        }

        @Test
        void keepsLanesApart() throws Exception {
            append(record("a", Lane.CHANGES), record("b", Lane.STATUSES));
            assertThat(claimAll(Lane.STATUSES)).extracting(InboxContract::name).containsExactly("b");
            assertThat(claimAll(Lane.CHANGES)).extracting(InboxContract::name).containsExactly("a");
        }

        @Test
        void holdsNoMoreInMemoryThanMayBeAndLosesNothing() throws Exception {
            int count = MAX_RECORDS_IN_MEMORY * 5;
            appendMany(count);
            List<String> claimed = new ArrayList<>();
            List<InboxRecord> inHand = claimAll(Lane.CHANGES);
            assertThat(inHand).hasSizeLessThanOrEqualTo(MAX_RECORDS_IN_MEMORY);
            assertThat(claimAll(Lane.CHANGES))
                    .as("as long as nothing is settled")
                    .isEmpty();
            while (!inHand.isEmpty()) {
                inHand.forEach(record -> claimed.add(name(record)));
                complete(inHand);
                inHand = inbox.claim(Lane.CHANGES, 1_000, Duration.ofSeconds(1));
            }
            assertThat(claimed).containsExactlyElementsOf(names(count));
        }

        @Test
        void keepsTheOrderWhileItCatchesUpAndMoreArrives() throws Exception {
            int count = MAX_RECORDS_IN_MEMORY * 20;
            CompletableFuture<Void> appending = CompletableFuture.runAsync(() -> appendMany(count));
            List<String> claimed = new ArrayList<>();
            await().atMost(30, TimeUnit.SECONDS)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .until(() -> {
                        List<InboxRecord> inHand = inbox.claim(Lane.CHANGES, 37, Duration.ofMillis(50));
                        inHand.forEach(record -> claimed.add(name(record)));
                        complete(inHand);
                        return claimed.size() >= count;
                    });
            appending.get();
            assertThat(claimed).containsExactlyElementsOf(names(count));
        }

        @Test
        void oneFullLaneDoesNotHoldUpTheOther() throws Exception {
            for (int i = 0; i < MAX_RECORDS_IN_MEMORY * 2; i++) {
                append(record("s" + i, Lane.STATUSES));
            }
            claimAll(Lane.STATUSES);
            append(record("a"));
            assertThat(claimAll(Lane.CHANGES)).extracting(InboxContract::name).containsExactly("a");
        }
    }

    @Nested
    class Settling {

        @Test
        void aCompletedRecordIsNotHandedOutAgain() throws Exception {
            append(record("a"));
            complete(claimAll(Lane.CHANGES));
            awaitWaiting(0);
            restart();
            assertThat(claimAll(Lane.CHANGES)).isEmpty();
            assertThat(inbox.backlog()).isEqualTo(new Backlog(0, 0, null));
        }

        @Test
        void aRetryIsHandedOutWhenItsTimeHasCome() throws Exception {
            append(record("a"));
            InboxRecord claimed = claimAll(Lane.CHANGES).get(0);
            inbox.settle(claimed, retry(Duration.ofMinutes(1)));
            assertThat(claimAll(Lane.CHANGES)).isEmpty();
            clock.advance(Duration.ofSeconds(59));
            assertThat(claimAll(Lane.CHANGES)).isEmpty();
            clock.advance(Duration.ofSeconds(1));
            InboxRecord again = inbox.claim(Lane.CHANGES, 10, LONG).get(0);
            assertThat(again.id()).isEqualTo(claimed.id());
            assertThat(again.failedAttempts()).isEqualTo(1);
            assertThat(again.succeeded()).containsExactlyInAnyOrder("first handler", "second");
            assertThat(again.payload()).isEqualTo(claimed.payload());
        }

        @Test
        void aRetryIsHandedOutOnce() throws Exception {
            append(record("a"));
            inbox.settle(claimAll(Lane.CHANGES).get(0), retry(Duration.ZERO));
            assertThat(inbox.claim(Lane.CHANGES, 10, LONG)).hasSize(1);
            clock.advance(Duration.ofDays(1));
            assertThat(claimAll(Lane.CHANGES)).isEmpty();
        }

        @Test
        void aRetryDoesNotHoldUpThoseBehindIt() throws Exception {
            append(record("a"));
            inbox.settle(claimAll(Lane.CHANGES).get(0), retry(Duration.ofMinutes(1)));
            append(record("b"));
            assertThat(claimAll(Lane.CHANGES)).extracting(InboxContract::name).containsExactly("b");
        }

        @Test
        void aDueRetryIsHandedOutWhileAsMuchAsMayBeIsInHand() throws Exception {
            append(record("a"));
            inbox.settle(claimAll(Lane.CHANGES).get(0), retry(Duration.ofMinutes(1)));
            appendMany(MAX_RECORDS_IN_MEMORY * 2);
            claimAll(Lane.CHANGES);
            clock.advance(Duration.ofMinutes(1));
            assertThat(inbox.claim(Lane.CHANGES, 10, LONG))
                    .extracting(InboxContract::name)
                    .containsExactly("a");
        }

        @Test
        void aRetryCanBeCompleted() throws Exception {
            append(record("a"));
            inbox.settle(claimAll(Lane.CHANGES).get(0), retry(Duration.ZERO));
            complete(inbox.claim(Lane.CHANGES, 10, LONG));
            awaitWaiting(0);
        }

        @Test
        void manyRetriesAllComeBack() throws Exception {
            int count = 1_000;
            appendMany(count);
            int settled = 0;
            while (settled < count) {
                List<InboxRecord> inHand = inbox.claim(Lane.CHANGES, 100, LONG);
                inHand.forEach(record -> inbox.settle(record, retry(Duration.ofMinutes(1))));
                settled += inHand.size();
            }
            clock.advance(Duration.ofMinutes(1));
            Set<String> again = new HashSet<>();
            while (again.size() < count) {
                List<InboxRecord> inHand = inbox.claim(Lane.CHANGES, 100, LONG);
                assertThat(inHand).isNotEmpty();
                inHand.forEach(record -> assertThat(again.add(name(record))).isTrue());
                complete(inHand);
            }
            awaitWaiting(0);
        }
    }

    @Nested
    class Recovering {

        @Test
        void handsOutAgainWhatWasClaimedAndNotSettled() throws Exception {
            append(record("a"), record("b"));
            claimAll(Lane.CHANGES);
            restart();
            assertThat(claimAll(Lane.CHANGES)).extracting(InboxContract::name).containsExactly("a", "b");
        }

        @Test
        void handsOutWhatWasStoredBeforeAndAfterInOrder() throws Exception {
            appendMany(MAX_RECORDS_IN_MEMORY / 2);
            restart();
            append(record("later"));
            List<String> expected = new ArrayList<>(names(MAX_RECORDS_IN_MEMORY / 2));
            expected.add("later");
            assertThat(claimAll(Lane.CHANGES)).extracting(InboxContract::name).containsExactlyElementsOf(expected);
        }

        @Test
        void remembersARetryWithItsTime() throws Exception {
            append(record("a"));
            inbox.settle(claimAll(Lane.CHANGES).get(0), retry(Duration.ofMinutes(1)));
            restart();
            assertThat(claimAll(Lane.CHANGES)).isEmpty();
            clock.advance(Duration.ofMinutes(1));
            InboxRecord again = inbox.claim(Lane.CHANGES, 10, LONG).get(0);
            assertThat(again.failedAttempts()).isEqualTo(1);
            assertThat(again.succeeded()).containsExactlyInAnyOrder("first handler", "second");
        }

        @Test
        void givesNoIdTwice() throws Exception {
            append(record("a"));
            InboxRecordId first = claimAll(Lane.CHANGES).get(0).id();
            restart();
            append(record("b"));
            assertThat(claimAll(Lane.CHANGES))
                    .extracting(InboxRecord::id)
                    .containsExactly(first, new InboxRecordId(first.value() + 1));
        }

        @Test
        void countsWhatWaits() throws Exception {
            appendMany(3);
            Instant oldest = clock.instant();
            restart();
            assertThat(inbox.backlog().waiting()).isEqualTo(3);
            await().untilAsserted(
                            () -> assertThat(inbox.backlog().oldestWaiting()).isEqualTo(oldest));
        }
    }

    @Nested
    class DeadLetters {

        @Test
        void aDeadRecordIsSetAside() throws Exception {
            append(record("a"));
            InboxRecord claimed = claimAll(Lane.CHANGES).get(0);
            inbox.settle(claimed, new Settlement.Dead(Set.of("one"), "no such order"));
            awaitWaiting(0);
            assertThat(inbox.backlog().dead()).isEqualTo(1);
            DeadLetter letter = inbox.deadLetters(10).get(0);
            assertThat(letter.record().id()).isEqualTo(claimed.id());
            assertThat(letter.record().payload()).isEqualTo(claimed.payload());
            assertThat(letter.record().failedAttempts()).isEqualTo(1);
            assertThat(letter.record().succeeded()).containsExactly("one");
            assertThat(letter.reason()).isEqualTo("no such order");
            assertThat(letter.diedAt()).isEqualTo(clock.instant());
        }

        @Test
        void aDeadRecordIsNotHandedOutAgain() throws Exception {
            append(record("a"));
            inbox.settle(claimAll(Lane.CHANGES).get(0), new Settlement.Dead(Set.of(), "no"));
            awaitWaiting(0);
            restart();
            assertThat(claimAll(Lane.CHANGES)).isEmpty();
            assertThat(inbox.backlog().dead()).isEqualTo(1);
        }

        @Test
        void theLatestComesFirst() throws Exception {
            append(record("a"), record("b"));
            List<InboxRecord> claimed = claimAll(Lane.CHANGES);
            inbox.settle(claimed.get(0), new Settlement.Dead(Set.of(), "no"));
            awaitWaiting(1);
            clock.advance(Duration.ofSeconds(1));
            inbox.settle(claimed.get(1), new Settlement.Dead(Set.of(), "no"));
            awaitWaiting(0);
            assertThat(inbox.deadLetters(10))
                    .extracting(letter -> name(letter.record()))
                    .containsExactly("b", "a");
            assertThat(inbox.deadLetters(1)).hasSize(1);
        }
    }

    @Nested
    class Racing {

        private static final int THREADS = 16;

        @Test
        void oneOfManyThreadsStoresAKey() throws Exception {
            int keys = 200;
            AtomicInteger stored = new AtomicInteger();
            inParallel(thread -> {
                for (int i = 0; i < keys; i++) {
                    stored.addAndGet(append(record("k" + i)).isNew(0) ? 1 : 0);
                }
            });
            assertThat(stored).hasValue(keys);
            assertThat(inbox.backlog().waiting()).isEqualTo(keys);
        }

        @Test
        void everyRecordOfManyThreadsIsHandedOutOnceAndInEachThreadsOrder() throws Exception {
            int perThread = 500;
            ConcurrentLinkedQueue<String> claimed = new ConcurrentLinkedQueue<>();
            CountDownLatch all = new CountDownLatch(THREADS * perThread);
            Thread claimer = new Thread(() -> {
                try {
                    while (all.getCount() > 0) {
                        List<InboxRecord> inHand = inbox.claim(Lane.CHANGES, 50, Duration.ofMillis(100));
                        inHand.forEach(record -> {
                            claimed.add(name(record));
                            all.countDown();
                        });
                        complete(inHand);
                    }
                } catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
            });
            claimer.start();
            inParallel(thread -> {
                for (int i = 0; i < perThread; i++) {
                    append(record(thread + "-" + i));
                }
            });
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
            claimer.join();
            assertThat(claimed).doesNotHaveDuplicates().hasSize(THREADS * perThread);
            for (int thread = 0; thread < THREADS; thread++) {
                String prefix = thread + "-";
                assertThat(claimed.stream().filter(name -> name.startsWith(prefix)))
                        .containsExactlyElementsOf(IntStream.range(0, perThread)
                                .mapToObj(i -> prefix + i)
                                .toList());
            }
            awaitWaiting(0);
        }

        private void inParallel(Work work) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    int thread = i;
                    running.add(threads.submit(() -> {
                        work.run(thread);
                        return null;
                    }));
                }
                for (Future<?> one : running) {
                    one.get(30, TimeUnit.SECONDS);
                }
            } finally {
                threads.shutdownNow();
            }
        }

        private interface Work {
            void run(int thread) throws Exception;
        }
    }

    protected final Appended append(NewRecord... records) throws Exception {
        return inbox.append(List.of(records)).get(10, TimeUnit.SECONDS);
    }

    /** In order, many on their way at once. */
    private void appendMany(int count) {
        List<CompletableFuture<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            appends.add(inbox.append(List.of(record("n" + i))));
        }
        appends.forEach(CompletableFuture::join);
    }

    /** All that is handed out at once and within a short time. */
    protected final List<InboxRecord> claimAll(Lane lane) throws InterruptedException {
        List<InboxRecord> all = new ArrayList<>();
        for (List<InboxRecord> some = inbox.claim(lane, 1_000, SHORT);
                !some.isEmpty();
                some = inbox.claim(lane, 1_000, SHORT)) {
            all.addAll(some);
        }
        return all;
    }

    protected final void complete(List<InboxRecord> records) {
        records.forEach(record -> inbox.settle(record, new Settlement.Completed()));
    }

    protected final void awaitWaiting(long count) {
        await().until(() -> inbox.backlog().waiting() == count);
    }

    private Settlement retry(Duration delay) {
        return new Settlement.Retry(clock.instant().plus(delay), Set.of("first handler", "second"), "not now");
    }

    protected final NewRecord record(String name) {
        return record(name, Lane.CHANGES);
    }

    private NewRecord record(String name, Lane lane) {
        byte[] payload = name.getBytes(StandardCharsets.UTF_8);
        return new NewRecord(
                key(name),
                "default",
                "messages",
                lane,
                "conversation",
                null,
                null,
                List.of(),
                clock.instant(),
                payload);
    }

    private static IdempotencyKey key(String name) {
        byte[] digest = String.format("%-20s", name).getBytes(StandardCharsets.US_ASCII);
        return IdempotencyKey.of(1_794_817_947L, digest);
    }

    private static String name(InboxRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    }
}
