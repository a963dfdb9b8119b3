package dev.ackbox.inbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.Records;
import dev.ackbox.inbox.Replay;
import dev.ackbox.inbox.Replays;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.memory.MemoryStore;
import dev.ackbox.inbox.sqlite.Inboxes;
import dev.ackbox.test.MovableClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What concerns the engine alone; what users of an inbox see is in {@link dev.ackbox.inbox.InboxContract}. */
@Timeout(60)
@Isolated("measures processor time")
@Tag("slow")
class StoredInboxTests {

    private static final Share SHARE = new Share(0, 1);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Outcome COMPLETED = new Outcome.Completed();

    private final MovableClock clock = new MovableClock();
    private StoreProxy.Interceptor interceptor = (method, arguments, call) -> call.proceed();

    @TempDir
    private Path directory;

    private StoredInbox inbox;
    private Consumer handlers;

    @BeforeEach
    void open() {
        open(Inboxes.store(directory));
    }

    private void open(Store store) {
        Store intercepted =
                StoreProxy.of(store, (method, arguments, call) -> interceptor.intercept(method, arguments, call));
        inbox = StoredInbox.open(intercepted, Inboxes.SETTINGS, InboxObserver.NONE, clock);
        handlers = inbox.open(ConsumerDefinition.HANDLERS, Start.NOW);
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    /** Where several processes use a store, a share may go to another one and come back. */
    @Test
    void whatIsNotDoneComesInOrderWhereItsShareIsHeldAgain() throws Exception {
        append(100);
        assertThat(workOn(10)).containsExactlyElementsOf(names(0, 10));
        InboxRecord inWork = handlers.next(Lane.CHANGES, LONG);
        await().atMost(LONG).until(() -> handlers.backlog().completed() == 10);
        inbox.lost(SHARE);
        assertThat(handlers.readyFor(Lane.CHANGES)).isZero();
        inbox.gained(SHARE);
        assertThat(handlers.next(Lane.CHANGES, Duration.ofMillis(200)))
                .as("its conversation is busy")
                .isNull();
        handlers.done(inWork, COMPLETED);
        assertThat(workOn(90)).as("what was not noted comes again").containsExactlyElementsOf(names(10, 100));
        await().atMost(LONG).until(() -> handlers.backlog().waiting() == 0);
    }

    @Test
    void aReplayThatIsStoppedLeavesNoConversation() throws Exception {
        append(100);
        workOn(100);
        Conversations conversations = inbox.conversations(ConsumerDefinition.HANDLERS);
        await().atMost(LONG).until(() -> conversations.size() == 0);
        Replay replay = inbox.replays().start(RecordFilter.ALL, null, Replays.MAX_RATE, "{}");
        InboxRecord inWork = replay.consumer().next(Lane.CHANGES, LONG);
        assertThat(inWork).isNotNull();
        assertThat(conversations.size()).isEqualTo(1);
        assertThat(inbox.replays().remove(replay.id())).isTrue();
        replay.consumer().done(inWork, COMPLETED);
        assertThat(conversations.size()).isZero();
    }

    /** So that receiving goes on meanwhile. */
    @Test
    void aReplayIsForgottenInSteps() throws Exception {
        append(500);
        workOn(500);
        Replay replay = inbox.replays().start(RecordFilter.ALL, null, Replays.MAX_RATE, "{}");
        for (int i = 0; i < 450; i++) {
            replay.consumer().done(replay.consumer().next(Lane.CHANGES, LONG), new Outcome.Dead(Set.of(), "no"));
        }
        await().atMost(LONG).until(() -> replay.consumer().backlog().dead() == 450);
        AtomicInteger steps = new AtomicInteger();
        interceptor = (method, arguments, call) -> {
            if (method.equals("remove")) {
                steps.incrementAndGet();
            }
            return call.proceed();
        };
        inbox.replays().remove(replay.id());
        assertThat(steps).hasValueGreaterThanOrEqualTo(4);
    }

    @Test
    void theProgressOfALostShareIsNotNoted() throws Exception {
        append(1);
        InboxRecord inWork = handlers.next(Lane.CHANGES, LONG);
        inbox.lost(SHARE);
        handlers.done(inWork, COMPLETED);
        inbox.close();
        open();
        assertThat(workOn(1)).containsExactly("n0");
    }

    @Test
    void aShareThatCannotBeLoadedIsLoadedWithALaterRenewal() throws Exception {
        inbox.close();
        AtomicBoolean free = new AtomicBoolean();
        AtomicBoolean fails = new AtomicBoolean(true);
        interceptor = (method, arguments, call) -> switch (method) {
            case "hold" -> free.get() ? call.proceed() : new Holding(Set.of(), 1);
            case "awaitNews" -> {
                new CountDownLatch(1).await(((Duration) arguments[0]).toMillis(), TimeUnit.MILLISECONDS);
                yield News.NONE;
            }
            case "load" -> {
                if (fails.getAndSet(false)) {
                    throw StoreException.of(new IOException("not now"));
                }
                yield call.proceed();
            }
            default -> call.proceed();
        };
        open(MemoryStore.shared(1, clock).connect("one"));
        append(1);
        assertThat(handlers.next(Lane.CHANGES, Duration.ofMillis(100))).isNull();
        free.set(true);
        assertThat(workOn(1)).containsExactly("n0");
        assertThat(fails).isFalse();
    }

    /** As where the load of a share was late, and the share had been lost and gained again by then. */
    @Test
    void whatIsHandedOutAfterAShareWasGainedAgainCounts() throws Exception {
        append(5);
        inbox.gained(new Share(0, 2));
        InboxRecord next = handlers.next(Lane.CHANGES, LONG);
        assertThat(Records.name(next)).isEqualTo("n0");
        assertThat(handlers.owns(next)).isTrue();
    }

    /** The lease is good again with the answer that says so, which a worker must not see first. */
    @Test
    void whatWasLostWhileTheLeaseWasOverIsNotHandedOut() throws Exception {
        inbox.close();
        AtomicReference<Holding> holding = new AtomicReference<>(new Holding(Set.of(SHARE), 1));
        interceptor = (method, arguments, call) -> switch (method) {
            case "hold" -> {
                call.proceed();
                Holding held = holding.get();
                if (held == null) {
                    throw StoreException.of(new IOException("not now"));
                }
                yield held;
            }
            case "awaitNews" -> {
                new CountDownLatch(1).await(((Duration) arguments[0]).toMillis(), TimeUnit.MILLISECONDS);
                yield News.NONE;
            }
            default -> call.proceed();
        };
        open(MemoryStore.shared(1, clock).connect("one"));
        for (int i = 0; i < 200; i++) {
            inbox.append(List.of(Records.of("n" + i, Lane.CHANGES, "conversation " + i, 0, clock.instant())))
                    .join();
        }
        InboxRecord inWork = handlers.next(Lane.CHANGES, LONG);
        holding.set(null);
        await().atMost(LONG).until(() -> !handlers.owns(inWork));
        AtomicReference<InboxRecord> given = new AtomicReference<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread worker = new Thread(() -> {
            try {
                while (!over.get() && given.get() == null) {
                    given.set(handlers.next(Lane.CHANGES, Duration.ZERO));
                }
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        });
        worker.start();
        holding.set(new Holding(Set.of(), 1));
        await().pollDelay(Duration.ofSeconds(3)).atMost(LONG).until(() -> true);
        over.set(true);
        worker.join();
        assertThat(given).hasNullValue();
    }

    @Test
    void anIdleInboxUsesNoProcessorTime() throws Exception {
        Consumer paused = inbox.open(new ConsumerDefinition("paused", "paused", false), Start.NOW);
        paused.pause();
        append(100);
        handlers.done(
                handlers.next(Lane.CHANGES, LONG),
                new Outcome.Retry(clock.instant().plusSeconds(60), Set.of(), "no"));
        workOn(50);
        InboxRecord inWork = handlers.next(Lane.CHANGES, LONG);
        await().atMost(LONG).until(() -> handlers.backlog().completed() == 50);
        long before = processorTime();
        long start = System.nanoTime();
        await().atMost(LONG)
                .until(() -> System.nanoTime() - start > Duration.ofSeconds(2).toNanos());
        assertThat(Duration.ofNanos(processorTime() - before)).isLessThan(Duration.ofMillis(200));
        handlers.done(inWork, COMPLETED);
    }

    private static long processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return LongStream.of(threads.getAllThreadIds())
                .filter(id -> {
                    var info = threads.getThreadInfo(id);
                    return info != null && info.getThreadName().startsWith("ackbox-inbox");
                })
                .map(threads::getThreadCpuTime)
                .sum();
    }

    @Test
    void theStoreStaysOpenWhereAWriteIsStuck() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        interceptor = (method, arguments, call) -> {
            if (method.equals("write")) {
                begun.countDown();
                over.await();
            } else if (method.equals("close")) {
                closed.countDown();
            }
            return call.proceed();
        };
        inbox.append(List.of(record("a")));
        begun.await();
        Thread.currentThread().interrupt(); // or it would wait for some seconds
        inbox.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(closed.getCount()).as("calls of close that are missing").isOne();
        over.countDown();
    }

    @Test
    void aConsumerThatCannotBeCreatedIsNotOpen() {
        interceptor = (method, arguments, call) -> {
            if (method.equals("define")) {
                throw StoreException.of(new IOException("no room"));
            }
            return call.proceed();
        };
        ConsumerDefinition other = new ConsumerDefinition("other", "other", false);
        assertThatExceptionOfType(InboxUnavailableException.class)
                .isThrownBy(() -> inbox.open(other, Start.NOW))
                .withMessageContaining("no room");
        interceptor = (method, arguments, call) -> call.proceed();
        assertThat(inbox.open(other, Start.NOW).name()).isEqualTo("other");
    }

    private void append(int count) {
        List<CompletableFuture<?>> appends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            appends.add(inbox.append(List.of(record("n" + i))));
        }
        appends.forEach(CompletableFuture::join);
    }

    private NewRecord record(String name) {
        return Records.of(name, Lane.CHANGES, "conversation", 0, clock.instant());
    }

    private List<String> workOn(int count) throws InterruptedException {
        List<String> names = new ArrayList<>();
        while (names.size() < count) {
            InboxRecord next = handlers.next(Lane.CHANGES, LONG);
            assertThat(next).as("next record after %s", names.size()).isNotNull();
            names.add(Records.name(next));
            handlers.done(next, COMPLETED);
        }
        return names;
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "n" + i).toList();
    }
}
