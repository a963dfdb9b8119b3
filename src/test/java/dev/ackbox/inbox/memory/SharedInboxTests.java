package dev.ackbox.inbox.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.HandOverBounds;
import dev.ackbox.inbox.engine.HashedRecord;
import dev.ackbox.inbox.engine.Retention;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreFixture;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.engine.Written;
import dev.ackbox.test.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes whose inboxes share a store. */
@Tag("slow")
@Timeout(60)
class SharedInboxTests {

    private static final Duration WAIT = Duration.ofMillis(100);

    private final MovableClock clock = new MovableClock();
    private final MemoryStore memory = MemoryStore.shared(4, clock);
    private final ConcurrentLinkedQueue<String> handled = new ConcurrentLinkedQueue<>();
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();
    private final Set<Long> busyTwice = ConcurrentHashMap.newKeySet();
    private Inbox first;
    private Inbox second;
    private Consumer firstHandlers;
    private Consumer secondHandlers;

    @BeforeEach
    void openBoth() throws Exception {
        Store one = memory.connect("first");
        Store other = memory.connect("second");
        StoreFixture.shareOut(one, other);
        first = open(one);
        second = open(other);
        firstHandlers = first.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
        secondHandlers = second.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
    }

    private Inbox open(Store store) {
        Duration days = Duration.ofDays(9);
        return StoredInbox.open(
                store,
                new StoredInbox.Settings(
                        new HandOverBounds(100, 1 << 20), 1 << 24, new Retention(days, days, days, days)),
                InboxObserver.NONE,
                clock);
    }

    @AfterEach
    void closeBoth() {
        first.close();
        second.close();
    }

    @Test
    void handleEachRecordOnceInOrder() throws Exception {
        int count = 2_000;
        List<Thread> workers = new ArrayList<>();
        for (Consumer consumer : List.of(firstHandlers, firstHandlers, secondHandlers, secondHandlers)) {
            workers.add(new Thread(() -> work(consumer)));
        }
        workers.forEach(Thread::start);
        List<CompletableFuture<?>> appends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            appends.add(first.append(List.of(record("first", i))));
            appends.add(second.append(List.of(record("second", i))));
        }
        appends.forEach(CompletableFuture::join);
        await().atMost(Duration.ofSeconds(30)).until(() -> handled.size() >= 2 * count);
        first.close();
        second.close();
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(handled).hasSize(2 * count).doesNotHaveDuplicates();
        assertThat(busyTwice).isEmpty();
        for (int conversation = 0; conversation < 20; conversation++) {
            String prefix = "first " + conversation + " ";
            assertThat(handled.stream()
                            .filter(name -> name.startsWith(prefix))
                            .map(name -> Integer.valueOf(name.substring(prefix.length()))))
                    .isSorted()
                    .hasSize(count / 20);
        }
    }

    @Test
    void goOnWithWhatTheOtherOneHasNotDone() throws Exception {
        for (int i = 0; i < 20; i++) {
            first.append(List.of(record("first", i))).join();
        }
        List<String> firsts = new ArrayList<>();
        for (InboxRecord next = firstHandlers.next(Lane.CHANGES, WAIT);
                next != null;
                next = firstHandlers.next(Lane.CHANGES, WAIT)) {
            firsts.add(name(next));
        }
        assertThat(firsts).isNotEmpty();
        first.close();
        Thread worker = new Thread(() -> work(secondHandlers));
        worker.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= 20);
        second.close();
        worker.join();
        assertThat(handled).hasSize(20).doesNotHaveDuplicates().containsAll(firsts);
    }

    @Test
    void keepProgressWhereSharesChangeTheirOwner() throws Exception {
        Thread worker = new Thread(() -> work(firstHandlers));
        worker.start();
        Thread other = new Thread(() -> work(secondHandlers));
        other.start();
        for (int i = 0; i < 200; i++) {
            second.append(List.of(record("second", i))).join();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= 200);
        first.close();
        for (int i = 200; i < 400; i++) {
            second.append(List.of(record("second", i))).join();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= 400);
        second.close();
        worker.join();
        other.join();
        assertThat(handled).hasSize(400).doesNotHaveDuplicates();
        try (Store store = memory.connect("third")) {
            assertThat(store.count("handlers").completed()).isEqualTo(400);
            assertThat(store.count("handlers").waiting()).isZero();
        }
    }

    @Test
    void countWhatTheOtherOneHasStoredAndCompleted() throws Exception {
        int count = 400;
        for (int i = 0; i < count; i++) {
            second.append(List.of(record("second", i))).join();
        }
        Thread worker = new Thread(() -> work(firstHandlers));
        worker.start();
        long least = 0;
        while (handled.size() < count / 4) {
            least = Math.min(least, firstHandlers.backlog().waiting());
        }
        assertThat(least).isZero();
        Thread other = new Thread(() -> work(secondHandlers));
        other.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= count);
        for (Consumer consumer : List.of(firstHandlers, secondHandlers)) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(consumer.backlog()).isEqualTo(new Backlog(count, count, 0, 0, null)));
        }
        first.close();
        second.close();
        worker.join();
        other.join();
    }

    /** Whatever it writes, it does not hold up what others have written since. */
    @Test
    void goOnWhileAnotherProcessIsWriting() throws Exception {
        MemoryProcess third = (MemoryProcess) memory.connect("third");
        NewRecord record = record("third", 0);
        Callable<Written> late =
                third.begin(new Batch(1, List.of(new HashedRecord(record, 0, 4, List.of())), List.of()));
        List<Thread> workers = new ArrayList<>();
        for (Consumer consumer : List.of(firstHandlers, secondHandlers)) {
            workers.add(new Thread(() -> work(consumer)));
        }
        workers.forEach(Thread::start);
        int count = 1_000;
        for (int i = 0; i < count; i++) {
            first.append(List.of(record("first", i))).join();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= count);
        assertThat(handled).hasSize(count);
        late.call();
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= count + 1);
        first.close();
        second.close();
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(handled).hasSize(count + 1).doesNotHaveDuplicates().contains("third 0 0");
        assertThat(third.count("handlers").waiting()).isZero();
    }

    /** Ends when the consumer is closed and nothing comes any more. */
    private void work(Consumer consumer) {
        try {
            int silence = 0;
            while (silence < 50 && !Thread.currentThread().isInterrupted()) {
                InboxRecord next = consumer.next(Lane.CHANGES, WAIT);
                if (next == null) {
                    silence++;
                    continue;
                }
                silence = 0;
                if (!busy.add(next.conversation())) {
                    busyTwice.add(next.conversation());
                }
                handled.add(name(next));
                busy.remove(next.conversation());
                consumer.done(next, new Outcome.Completed());
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private NewRecord record(String appender, int number) {
        String conversation = String.valueOf(number % 20);
        String name = appender + " " + conversation + " " + number;
        return new NewRecord(
                IdempotencyKey.of(0, String.format("%-20s", name).getBytes(StandardCharsets.US_ASCII)),
                "default",
                "messages",
                Lane.CHANGES,
                conversation,
                null,
                null,
                List.of(),
                clock.instant(),
                name.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(InboxRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8);
    }
}
