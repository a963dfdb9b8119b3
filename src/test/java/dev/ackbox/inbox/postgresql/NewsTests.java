package dev.ackbox.inbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreFixture;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.sqlite.Inboxes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one replica receives reaches the one that works on it without a poll. */
@Tag("slow")
@Timeout(60)
class NewsTests {

    private static final int RECORDS = 1_000;

    private final PostgresFixture postgres = new PostgresFixture();
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();

    @Test
    void reachTheOthersSoon() throws Exception {
        Store one = postgres.open();
        Store other = postgres.open();
        StoreFixture.shareOut(one, other);
        try (StoredInbox first = open(one);
                StoredInbox second = open(other)) {
            Consumer handlers = second.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
            Thread worker = new Thread(() -> work(handlers));
            worker.start();
            for (int i = 0; i < RECORDS; i++) {
                String name = "n" + i;
                first.append(List.of(record(name))).get(10, TimeUnit.SECONDS);
                acknowledged.put(name, System.nanoTime());
            }
            TimeUnit.MILLISECONDS.timedJoin(worker, 2_000);
            worker.interrupt();
            worker.join();
        }
        List<Long> sorted = latencies.stream().sorted().toList();
        assertThat(sorted.size()).as("records of the other replica's shares").isGreaterThan(RECORDS / 4);
        Duration median = Duration.ofNanos(sorted.get(sorted.size() / 2));
        Duration p99 = Duration.ofNanos(sorted.get(sorted.size() * 99 / 100));
        assertThat(median)
                .as("median, where a poll comes once a second; p99 is %s", p99)
                .isLessThan(Duration.ofMillis(200));
    }

    private static StoredInbox open(Store store) {
        return StoredInbox.open(store, Inboxes.SETTINGS, InboxObserver.NONE, Clock.systemUTC());
    }

    private void work(Consumer consumer) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                InboxRecord next = consumer.next(Lane.CHANGES, Duration.ofMillis(100));
                if (next != null) {
                    long now = System.nanoTime();
                    String name = new String(next.payload(), StandardCharsets.UTF_8);
                    latencies.add(Math.max(0, now - acknowledged.getOrDefault(name, now)));
                    consumer.done(next, new Outcome.Completed());
                }
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static NewRecord record(String name) {
        return new NewRecord(
                IdempotencyKey.of(0, String.format("%-20s", name).getBytes(StandardCharsets.US_ASCII)),
                "default",
                "messages",
                null,
                Lane.CHANGES,
                name,
                null,
                null,
                List.of(),
                Instant.ofEpochMilli(1_794_817_947_000L),
                name.getBytes(StandardCharsets.UTF_8));
    }
}
