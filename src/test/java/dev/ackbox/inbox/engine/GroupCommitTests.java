package dev.ackbox.inbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.AppendResult;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.Records;
import dev.ackbox.test.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitTests {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Change CHANGE =
            new Change("handlers", new Share(0, 1), new Progress(Map.of(), 1, 0), List.of(), List.of());

    private final MovableClock clock = new MovableClock();
    private final List<Batch> batches = new CopyOnWriteArrayList<>();
    private final Progressing progressing = new Progressing();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Write write = batch -> {};
    private volatile boolean broken;
    private volatile boolean probeFails;
    private volatile boolean cannotForget;
    private volatile boolean cannotReach;
    private volatile CountDownLatch forgetting = new CountDownLatch(1);
    private GroupCommit commit;

    /** What a write does before it passes. */
    private interface Write {

        void run(Batch batch) throws StoreException;
    }

    @BeforeEach
    void start() {
        Store store = StoreProxy.of(null, (method, arguments, call) -> switch (method) {
            case "write" -> write((Batch) arguments[0]);
            case "probe" -> probe();
            case "forget" -> forget();
            case "isShared" -> false;
            default -> throw new UnsupportedOperationException(method);
        });
        Retention retention =
                new Retention(Duration.ofDays(9), Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(30));
        commit = new GroupCommit(
                store, new WriteQueue(1 << 20), progressing, new Maintenance(store, retention, List.of(), clock));
        commit.start();
    }

    private Written write(Batch batch) throws StoreException {
        batches.add(batch);
        failWhereBroken();
        write.run(batch);
        BitSet isNew = new BitSet();
        isNew.set(0, batch.records().size());
        return new Written(isNew, List.of(), 0, 0, Set.of());
    }

    private boolean forget() throws StoreException {
        forgetting.countDown();
        if (cannotReach) {
            throw StoreException.unreachable(new IOException("no route"));
        }
        if (cannotForget) {
            throw new NoClassDefFoundError("a/Library");
        }
        return false;
    }

    private Object probe() throws StoreException {
        failWhereBroken();
        if (probeFails) {
            throw StoreException.of(new IOException("little room"));
        }
        return Void.TYPE;
    }

    private void failWhereBroken() throws StoreException {
        if (broken) {
            throw StoreException.of(new IOException("no room"));
        }
    }

    private void addChange() {
        progressing.changes.add(CHANGE);
        commit.addProgress();
    }

    @AfterEach
    void close() {
        commit.close();
        threads.shutdownNow();
    }

    /** Takes changes from a test, and notes what it is told. */
    private static final class Progressing implements GroupCommit.Progressing {

        final List<Change> changes = new CopyOnWriteArrayList<>();
        final List<Change> written = new CopyOnWriteArrayList<>();
        final List<Change> failed = new CopyOnWriteArrayList<>();
        final AtomicInteger readAgain = new AtomicInteger();
        volatile boolean throwsOnTake;
        volatile boolean throwsOnWritten;

        @Override
        public void assigned(int records) {}

        @Override
        public List<Change> takeChanges() {
            if (throwsOnTake) {
                throwsOnTake = false;
                throw new NoClassDefFoundError("a/Library");
            }
            List<Change> taken = List.copyOf(changes);
            changes.removeAll(taken);
            return taken;
        }

        @Override
        public void written(Batch batch, Written result) {
            if (throwsOnWritten) {
                throwsOnWritten = false;
                throw new NoClassDefFoundError("a/Library");
            }
            written.addAll(batch.changes());
        }

        @Override
        public void failed(List<Change> notWritten) {
            failed.addAll(notWritten);
            changes.addAll(notWritten);
        }

        @Override
        public void readAgain() {
            readAgain.incrementAndGet();
        }
    }

    @Nested
    class Batches {

        @Test
        void anUncertainBatchIsWrittenAgainAsItIs() {
            AtomicInteger throwing = new AtomicInteger(2);
            write = batch -> {
                if (throwing.getAndDecrement() > 0) {
                    throw StoreException.uncertain(new IOException("the answer is lost"));
                }
            };
            addChange();
            assertThat(append("a")).succeedsWithin(LONG);
            List<Batch> withRecords =
                    batches.stream().filter(batch -> !batch.records().isEmpty()).toList();
            assertThat(withRecords).hasSize(3).containsOnly(withRecords.get(0));
            await().untilAsserted(() -> assertThat(progressing.written).containsExactly(CHANGE));
        }

        @Test
        void aNotificationThatCannotBeWrittenIsRefusedAlone() throws Exception {
            write = batch -> {
                if (batch.records().stream()
                        .anyMatch(next -> next.record()
                                .key()
                                .equals(record("poison").record().key()))) {
                    throw StoreException.of(new IOException("too big"));
                }
            };
            List<CompletableFuture<AppendResult>> good = new ArrayList<>();
            List<CompletableFuture<AppendResult>> poison = new ArrayList<>();
            whileTheWriterIsBusy(() -> {
                good.add(append("a"));
                poison.add(append("poison"));
                good.add(append("b"));
            });
            assertThat(poison.get(0))
                    .failsWithin(LONG)
                    .withThrowableThat()
                    .withCauseInstanceOf(InboxUnavailableException.class)
                    .withMessageContaining("too big");
            good.forEach(append -> assertThat(append).succeedsWithin(LONG));
            assertThat(commit.fault()).isNull();
        }

        @Test
        void theNumbersOfBatchesDiffer() {
            for (int i = 0; i < 3; i++) {
                assertThat(append("n" + i)).succeedsWithin(LONG);
            }
            assertThat(batches).extracting(Batch::number).doesNotHaveDuplicates();
        }
    }

    @Nested
    class Errors {

        @Test
        void anErrorOfTheStoreEndsNothing() {
            AtomicBoolean once = new AtomicBoolean(true);
            write = batch -> {
                if (once.getAndSet(false)) {
                    throw new NoClassDefFoundError("a/Library");
                }
            };
            assertThat(append("a")).failsWithin(LONG);
            awaitNoFault();
            assertThat(append("b")).succeedsWithin(LONG);
        }

        @Test
        void anErrorOfAConsumerFailsNoAppendAndItReadsAgain() {
            progressing.throwsOnWritten = true;
            addChange();
            assertThat(append("a")).succeedsWithin(LONG);
            assertThat(append("b")).succeedsWithin(LONG);
            assertThat(progressing.readAgain).hasValue(1);
            await().untilAsserted(() -> assertThat(progressing.written).containsExactly(CHANGE));
            assertThat(batches.stream()
                            .mapToInt(batch -> batch.records().size())
                            .sum())
                    .as("nothing that is durable is written again")
                    .isEqualTo(2);
        }

        @Test
        void anErrorWhileProgressIsTakenFailsNoAppend() {
            progressing.throwsOnTake = true;
            assertThat(append("a")).succeedsWithin(LONG);
        }

        @Test
        void anErrorWhileForgettingFailsNoAppend() throws Exception {
            cannotForget = true;
            forgetting = new CountDownLatch(1);
            forgetting.await();
            assertThat(append("a")).succeedsWithin(LONG);
            assertThat(append("b")).succeedsWithin(LONG);
        }

        @Test
        void anErrorOfATaskEndsNothing() {
            CompletableFuture<Void> task = commit.submit(() -> {
                throw new NoClassDefFoundError("a/Library");
            });
            assertThat(task).failsWithin(LONG);
            assertThat(append("a")).succeedsWithin(LONG);
        }
    }

    @Nested
    class Faults {

        @Test
        void appendsAreRefusedAtOnceUntilAProbePasses() {
            broken = true;
            assertThat(append("a")).failsWithin(LONG);
            await().until(() -> commit.fault() != null);
            int writes = batches.size();
            assertThat(append("b")).isCompletedExceptionally();
            assertThat(batches).hasSize(writes);
            broken = false;
            awaitNoFault();
            assertThat(append("c")).succeedsWithin(LONG);
        }

        @Test
        void aFaultIsNotOverWhereOnlySomethingSmallCanBeWritten() throws Exception {
            probeFails = true;
            write = batch -> {
                if (!batch.records().isEmpty()) {
                    throw StoreException.of(new IOException("little room"));
                }
            };
            whileTheWriterIsBusy(() -> {
                append("a");
                addChange();
            });
            await().untilAsserted(() -> assertThat(progressing.written).containsExactly(CHANGE));
            commit.submit(() -> {}).get(20, TimeUnit.SECONDS);
            assertThat(commit.fault()).isNotNull();
            probeFails = false;
            awaitNoFault();
        }

        @Test
        void aStoreThatCannotBeReachedIsAFaultAlsoWhereNothingIsWritten() {
            cannotReach = true;
            probeFails = true;
            await().until(() -> commit.fault() != null);
            assertThat(append("a")).isCompletedExceptionally();
            cannotReach = false;
            probeFails = false;
            awaitNoFault();
        }

        /** Such as a step of retention that waits for a lock. */
        @Test
        void whatOnlyTakesTooLongToForgetIsNoFault() throws Exception {
            cannotReach = true;
            forgetting = new CountDownLatch(2);
            forgetting.await();
            assertThat(commit.fault()).isNull();
            assertThat(append("a")).succeedsWithin(LONG);
        }

        @Test
        void progressThatIsNotWrittenIsKept() {
            broken = true;
            addChange();
            await().until(() -> progressing.failed.size() > 1);
            broken = false;
            await().untilAsserted(() -> assertThat(progressing.written).containsExactly(CHANGE));
            awaitNoFault();
        }

        @Test
        void progressThatCanNeverBeWrittenStopsNoAppend() {
            write = batch -> {
                if (!batch.changes().isEmpty()) {
                    throw StoreException.of(new IOException("poison"));
                }
            };
            addChange();
            await().until(() -> progressing.failed.size() > 1);
            for (int i = 0; i < 20; i++) {
                assertThat(append("n" + i)).succeedsWithin(LONG);
            }
            assertThat(commit.fault()).isNull();
        }

        @Test
        void progressOfOneConsumerThatIsNotWrittenStopsNoOther() {
            Change other = new Change("other", CHANGE.share(), CHANGE.progress(), List.of(), List.of());
            write = batch -> {
                if (batch.changes().contains(CHANGE)) {
                    throw StoreException.of(new IOException("poison"));
                }
            };
            progressing.changes.addAll(List.of(CHANGE, other));
            commit.addProgress();
            await().untilAsserted(() -> assertThat(progressing.written).containsExactly(other));
        }
    }

    @Nested
    class Tasks {

        /** Forgetting may take hundreds of them in a row. */
        @Test
        void aTaskIsDoneAtOnceWhereNothingElseIsToBeDone() throws Exception {
            commit.submit(() -> {}).get(10, TimeUnit.SECONDS);
            long start = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                commit.submit(() -> {}).get(10, TimeUnit.SECONDS);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }

        /** Whoever waits for one would otherwise wait for good. */
        @Test
        void aTaskIsRefusedOnceClosed() {
            commit.close();
            assertThat(commit.submit(() -> {}))
                    .failsWithin(LONG)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(InboxUnavailableException.class);
        }

        @Test
        void nobodyWaitsForATaskThatCameWhileItClosed() throws Exception {
            CountDownLatch submitting = new CountDownLatch(100);
            List<CompletableFuture<Void>> submitters = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                submitters.add(CompletableFuture.runAsync(() -> submitUntilRefused(submitting), threads));
            }
            submitting.await();
            commit.close();
            for (CompletableFuture<Void> submitter : submitters) {
                submitter.get(10, TimeUnit.SECONDS);
            }
        }

        private void submitUntilRefused(CountDownLatch submitting) {
            CompletableFuture<Void> task = new CompletableFuture<>();
            while (!task.isCompletedExceptionally()) {
                task = commit.submit(submitting::countDown);
                task.handle((done, refused) -> true).join();
            }
        }

        @Test
        void appendsAreWrittenWhileOneTaskFollowsTheOther() throws Exception {
            CountDownLatch done = new CountDownLatch(100);
            AtomicBoolean enough = new AtomicBoolean();
            oneAfterTheOther(done, enough);
            done.await();
            try {
                assertThat(append("a")).succeedsWithin(LONG);
            } finally {
                enough.set(true);
            }
        }

        private void oneAfterTheOther(CountDownLatch done, AtomicBoolean enough) {
            commit.submit(() -> {
                done.countDown();
                if (!enough.get()) {
                    oneAfterTheOther(done, enough);
                }
            });
        }
    }

    @Nested
    class Closing {

        @Test
        void writesWhatWaits() throws Exception {
            List<CompletableFuture<AppendResult>> appends = new ArrayList<>();
            whileTheWriterIsBusy(() -> {
                appends.add(append("a"));
                addChange();
                threads.submit(commit::end);
                await().until(() -> append("too late").isCompletedExceptionally());
            });
            assertThat(appends.get(0)).succeedsWithin(LONG);
            await().untilAsserted(() -> assertThat(progressing.written).containsExactly(CHANGE));
            assertThat(commit.end()).isTrue();
        }

        @Test
        void endsAlthoughProgressCannotBeWritten() {
            broken = true;
            addChange();
            await().until(() -> progressing.failed.size() > 1);
            assertThat(commit.end()).isTrue();
        }

        @Test
        void endsAlthoughABatchStaysUncertain() throws Exception {
            write = batch -> {
                throw StoreException.uncertain(new IOException("the answer is lost"));
            };
            CompletableFuture<AppendResult> append = append("a");
            await().until(() -> batches.size() > 1);
            assertThat(commit.end()).isTrue();
            assertThat(append).isCompletedExceptionally();
        }

        @Test
        void saysThatTheStoreIsStillInUseWhereAWriteIsStuck() throws Exception {
            whileTheWriterIsBusy(() -> {
                Thread.currentThread().interrupt(); // or it would wait for some seconds
                assertThat(commit.end()).isFalse();
                assertThat(Thread.interrupted()).isTrue();
            });
            assertThat(commit.end()).isTrue();
        }
    }

    private void whileTheWriterIsBusy(Runnable work) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Void> task = commit.submit(() -> {
            begun.countDown();
            try {
                over.await();
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();
        try {
            work.run();
        } finally {
            over.countDown();
        }
        task.get(20, TimeUnit.SECONDS);
    }

    private void awaitNoFault() {
        await().atMost(LONG).until(() -> commit.fault() == null);
    }

    private CompletableFuture<AppendResult> append(String name) {
        return commit.append(List.of(record(name)));
    }

    private HashedRecord record(String name) {
        return new HashedRecord(Records.of(name, Lane.CHANGES, "user", 10, clock.instant()), 0, 1, List.of());
    }
}
