package dev.ackbox.benchmark;

import dev.ackbox.inbox.Archive;
import dev.ackbox.inbox.ArchivePage;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.RecordFilter.Source;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.Replay;
import dev.ackbox.inbox.Replays;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.Subject;
import dev.ackbox.inbox.Subject.Kind;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.sqlite.Inboxes;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Measures what operators do, at an inbox that has stored very many records: looking up, requeueing, replaying. */
final class OperatorBenchmark implements AutoCloseable {

    private static final int STORED = Integer.getInteger("benchmark.stored", 1_000_000);
    private static final int DEAD = Integer.getInteger("benchmark.dead", 100_000);
    private static final int REPLAYED = Integer.getInteger("benchmark.replayed", 1_000_000);
    private static final int LIVE_PER_SECOND = 500;
    private static final Duration LIVE = Duration.ofSeconds(20);
    private static final int USERS = 100_000;
    private static final int BATCH = 1_000;
    private static final int PAYLOAD_BYTES = 500;
    private static final int ROUNDS = 20;

    private final Random random = new Random(7);
    private final WorkDirectory directory;
    private StoredInbox inbox;
    private Consumer handlers;
    private volatile boolean closing;
    private volatile Outcome outcome = new Outcome.Completed();
    private final List<Thread> workers = new ArrayList<>();
    private int stored;

    private OperatorBenchmark(WorkDirectory directory) {
        this.directory = directory;
        open();
    }

    public static void main(String[] args) throws Exception {
        try (WorkDirectory directory = WorkDirectory.create();
                OperatorBenchmark benchmark = new OperatorBenchmark(directory)) {
            benchmark.run();
        }
    }

    private void open() {
        inbox = StoredInbox.open(
                Inboxes.store(directory.path()), Inboxes.SETTINGS, InboxObserver.NONE, Clock.systemUTC());
        handlers = inbox.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
        for (int i = 0; i < 4; i++) {
            work(handlers);
        }
    }

    /** A handler that takes no time. */
    private void work(Consumer consumer) {
        Thread worker = new Thread(() -> {
            try {
                while (!closing) {
                    InboxRecord next = consumer.next(Lane.CHANGES, Duration.ofMillis(200));
                    if (next != null) {
                        consumer.done(next, consumer == handlers ? outcome : new Outcome.Completed());
                    }
                }
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        });
        worker.setDaemon(true);
        workers.add(worker);
        worker.start();
    }

    private void run() throws Exception {
        fill(STORED - DEAD);
        awaitNothingWaits();
        outcome = new Outcome.Dead(Set.of(), "orders: a defect");
        fill(DEAD);
        awaitNothingWaits();
        outcome = new Outcome.Completed();
        System.out.printf("%,d records are stored, %,d of them are dead letters%n", stored, DEAD);
        find("first after a start");
        find("warm");
        requeue();
        replay();
    }

    private void fill(int count) throws Exception {
        for (int end = stored + count; stored < end; ) {
            List<NewRecord> batch = new ArrayList<>(BATCH);
            for (int i = 0; i < BATCH && stored < end; i++) {
                batch.add(record(stored++));
            }
            inbox.append(batch).get(1, TimeUnit.MINUTES);
            while (handlers.backlog().waiting() > 200_000) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private void awaitNothingWaits() throws InterruptedException {
        while (handlers.backlog().waiting() > 0) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private NewRecord record(int number) {
        byte[] payload = new byte[PAYLOAD_BYTES];
        random.nextBytes(payload);
        byte[] digest = new byte[20];
        random.nextBytes(digest);
        ByteBuffer.wrap(digest).putInt(number);
        String user = "4917" + number % USERS;
        return new NewRecord(
                IdempotencyKey.of(1_794_817_947L + number / 1_000, digest),
                "default",
                number % 10 == 0 ? "calls" : "messages",
                Lane.CHANGES,
                user,
                number % 100_000 == 7 ? "rare account" : "account",
                "106540352242922",
                List.of(new Subject(Kind.MESSAGE, "wamid." + number), new Subject(Kind.USER, user)),
                Instant.now(),
                payload);
    }

    private void find(String when) throws Exception {
        inbox.close();
        closing = true;
        for (Thread worker : workers) {
            worker.join();
        }
        workers.clear();
        closing = false;
        open();
        Map<String, RecordFilter> filters = new LinkedHashMap<>();
        RecordFilter all = RecordFilter.ALL;
        filters.put("wamid, of the first records", about(new Subject(Kind.MESSAGE, "wamid.77")));
        filters.put("wamid, of the last ones", about(new Subject(Kind.MESSAGE, "wamid." + (stored - 77))));
        filters.put("user", about(new Subject(Kind.USER, "491777")));
        filters.put("account of all", all.from(new Source(null, null, "account", null)));
        filters.put("account of one in 100,000", all.from(new Source(null, null, "rare account", null)));
        filters.put("state dead", all.in(RecordState.DEAD));
        filters.put("state completed", all.in(RecordState.COMPLETED));
        filters.put("state waiting", all.in(RecordState.WAITING));
        System.out.printf("first page, %s: ms (median of %d where warm)%n", when, ROUNDS);
        for (Map.Entry<String, RecordFilter> filter : filters.entrySet()) {
            int rounds = when.equals("warm") ? ROUNDS : 1;
            double[] millis = new double[rounds];
            ArchivePage page = null;
            for (int i = 0; i < rounds; i++) {
                long begin = System.nanoTime();
                page = inbox.archive().find(filter.getValue(), null, 50);
                millis[i] = (System.nanoTime() - begin) / 1e6;
            }
            Arrays.sort(millis);
            System.out.printf(
                    "  %-28s %8.1f, longest %.1f; %d records%n",
                    filter.getKey(),
                    millis[rounds / 2],
                    millis[rounds - 1],
                    page.records().size());
        }
    }

    private static RecordFilter about(Subject subject) {
        return new RecordFilter("handlers", Set.of(), null, null, List.of(subject), Source.ANY, null, null);
    }

    private void requeue() throws Exception {
        Archive archive = inbox.archive();
        handlers.pause(); // so that what is measured is requeueing
        long begin = System.nanoTime();
        long count = archive.requeue(RecordFilter.ALL);
        System.out.printf("requeueing %,d dead letters: %.1f s%n", count, (System.nanoTime() - begin) / 1e9);
        handlers.resume();
        awaitNothingWaits();
        System.out.printf("until they were handled: %.1f s%n", (System.nanoTime() - begin) / 1e9);
    }

    private void replay() throws Exception {
        live("live alone, first");
        live("live alone");
        RecordFilter filter = RecordFilter.ALL;
        long begin = System.nanoTime();
        Replay replay = inbox.replays().start(filter, null, Replays.MAX_RATE, "{}");
        System.out.printf(
                "starting a replay of %,d: %.1f s%n",
                replay.consumer().backlog().assigned(), (System.nanoTime() - begin) / 1e9);
        for (int i = 0; i < 4; i++) {
            work(replay.consumer());
        }
        begin = System.nanoTime();
        live("live beside the replay");
        long replayed = replay.consumer().backlog().completed();
        System.out.printf("  %,.0f records/s were replayed%n", replayed / ((System.nanoTime() - begin) / 1e9));
        while (replay.isRunning() && replay.consumer().backlog().completed() < REPLAYED) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        System.out.printf(
                "%,d replayed after %.0f s%n",
                replay.consumer().backlog().completed(), (System.nanoTime() - begin) / 1e9);
    }

    /** One record after the other at a fixed rate; how long each takes to become durable, from when it was due. */
    private void live(String name) throws Exception {
        int count = (int) (LIVE.toSeconds() * LIVE_PER_SECOND);
        double[] millis = new double[count];
        long begin = System.nanoTime();
        List<java.util.concurrent.CompletableFuture<?>> acknowledgements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long due = begin + TimeUnit.SECONDS.toNanos(i) / LIVE_PER_SECOND;
            while (System.nanoTime() < due) {
                java.util.concurrent.locks.LockSupport.parkNanos(due - System.nanoTime());
            }
            int index = i;
            acknowledgements.add(inbox.append(List.of(record(stored++)))
                    .thenAccept(done -> millis[index] = (System.nanoTime() - due) / 1e6));
        }
        for (var acknowledgement : acknowledgements) {
            acknowledgement.get(1, TimeUnit.MINUTES);
        }
        Arrays.sort(millis);
        System.out.printf(
                "%s, %d/s: p50 %.2f ms, p99 %.2f ms, max %.1f ms%n",
                name, LIVE_PER_SECOND, millis[count / 2], millis[count * 99 / 100], millis[count - 1]);
    }

    @Override
    public void close() {
        closing = true;
        inbox.close();
    }
}
