package dev.ackbox.benchmark;

import dev.ackbox.inbox.Archive;
import dev.ackbox.inbox.ArchivePage;
import dev.ackbox.inbox.ArchivedRecord;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxRecordId;
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
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures what operators do, at an inbox that has stored very many records: looking up, requeueing, replaying. */
final class OperatorBenchmark implements AutoCloseable {

    private static final int STORED = Integer.getInteger("benchmark.stored", 1_000_000);
    private static final int DEAD = Integer.getInteger("benchmark.dead", 100_000);
    private static final int LIVE_PER_SECOND = 500;
    private static final Duration LIVE = Duration.ofSeconds(2);
    private static final int LIVE_ROUNDS = 20;

    /** What the payload of a live record begins with; when it was due comes next. */
    private static final long LIVE_MARK = 0x6c697665_6c697665L;

    private static final int USERS = 100_000;
    private static final int BATCH = 1_000;
    private static final int PAYLOAD_BYTES = 500;
    private static final int ROUNDS = 20;
    private static final List<String> PARTS =
            List.of(System.getProperty("benchmark.parts", "find,requeue,replay").split(","));

    private final Random random = new Random(7);
    private final WorkDirectory directory;
    private StoredInbox inbox;
    private Consumer handlers;
    private volatile boolean closing;
    private volatile Outcome outcome = new Outcome.Completed();
    private final List<Thread> workers = new ArrayList<>();
    private volatile Live live = new Live();
    private int stored;

    private OperatorBenchmark(WorkDirectory directory) {
        this.directory = directory;
        open();
    }

    public static void main(String[] args) throws Exception {
        try (WorkDirectory directory = WorkDirectory.keptOrNew();
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
                        note(consumer, next);
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

    private void note(Consumer consumer, InboxRecord next) {
        ByteBuffer payload = ByteBuffer.wrap(next.payload());
        if (consumer == handlers && payload.getLong() == LIVE_MARK) {
            live.handled.add(millisSince(payload.getLong()));
        }
    }

    private void run() throws Exception {
        stored = (int) handlers.backlog().assigned();
        if (stored == 0) {
            fill(STORED - DEAD);
            awaitNothingWaits();
            outcome = new Outcome.Dead(Set.of(), "orders: a defect");
            fill(DEAD);
            awaitNothingWaits();
            outcome = new Outcome.Completed();
        }
        System.out.printf(
                "%,d records are stored, %,d of them are dead letters%n",
                stored, handlers.backlog().dead());
        if (PARTS.contains("find")) {
            find("first after a start");
            find("warm");
        }
        if (PARTS.contains("requeue")) {
            requeue();
        }
        if (PARTS.contains("replay")) {
            replay();
        }
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
                null,
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
        Set<InboxRecordId> few = archive.find(RecordFilter.ALL.in(RecordState.DEAD), null, 10).records().stream()
                .map(ArchivedRecord::id)
                .collect(Collectors.toSet());
        requeue(RecordFilter.ofIds("handlers", few));
        long begin = System.nanoTime();
        requeue(RecordFilter.ALL);
        handlers.resume();
        awaitNothingWaits();
        System.out.printf("until they were handled: %.1f s%n", (System.nanoTime() - begin) / 1e9);
    }

    private void requeue(RecordFilter filter) throws Exception {
        long before = heapInUse();
        long begin = System.nanoTime();
        FutureTask<Long> requeued = new FutureTask<>(() -> inbox.archive().requeue(filter));
        new Thread(requeued).start();
        long most = 0;
        while (!requeued.isDone()) {
            most = Math.max(most, heapInUse());
            TimeUnit.MILLISECONDS.sleep(200); // collecting garbage holds up what is measured
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "requeueing %,d dead letters: %.1f s, at most %,d KB of the heap more than before%n",
                requeued.get(), seconds, Math.max(0, most - before) / 1_024);
    }

    /** Without what nobody needs any more. */
    private static long heapInUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void replay() throws Exception {
        inbox.replays().all().forEach(left -> inbox.replays().remove(left.id()));
        live(); // a warm-up
        long begin = System.nanoTime();
        Replay replay = inbox.replays().start(RecordFilter.ALL, null, Replays.MAX_RATE, "{}");
        System.out.printf(
                "starting a replay of %,d: %.1f s%n",
                replay.consumer().backlog().assigned(), (System.nanoTime() - begin) / 1e9);
        for (int i = 0; i < 4; i++) {
            work(replay.consumer());
        }
        List<Live> alone = new ArrayList<>();
        List<Live> beside = new ArrayList<>();
        long replayed = 0;
        for (int i = 0; i < LIVE_ROUNDS; i++) {
            replay.consumer().pause();
            alone.add(live());
            replay.consumer().resume();
            long before = replay.consumer().backlog().completed();
            beside.add(live());
            replayed += replay.consumer().backlog().completed() - before;
        }
        System.out.printf(
                "%d pairs of rounds of %d s, %d live records/s; %,.0f records/s were replayed%s%n",
                LIVE_ROUNDS,
                LIVE.toSeconds(),
                LIVE_PER_SECOND,
                replayed / (double) (LIVE.toSeconds() * LIVE_ROUNDS),
                replay.isRunning() ? "" : ", until the end");
        compare("durable, p50", alone, beside, round -> round.durableAt(50));
        compare("durable, p99", alone, beside, round -> round.durableAt(99));
        compare("handled, p50", alone, beside, round -> round.handledAt(50));
        compare("handled, p99", alone, beside, round -> round.handledAt(99));
        long before = replay.consumer().backlog().completed();
        begin = System.nanoTime();
        while (replay.isRunning() && System.nanoTime() - begin < LIVE.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        System.out.printf(
                "without live records, %,.0f records/s were replayed%n",
                (replay.consumer().backlog().completed() - before) / ((System.nanoTime() - begin) / 1e9));
        inbox.replays().remove(replay.id());
    }

    /** Medians over the rounds: what else the machine does spoils single rounds. */
    private static void compare(String what, List<Live> alone, List<Live> beside, ToDoubleFunction<Live> of) {
        double[] ratios = IntStream.range(0, alone.size())
                .mapToDouble(i -> of.applyAsDouble(beside.get(i)) / of.applyAsDouble(alone.get(i)))
                .sorted()
                .toArray();
        System.out.printf(
                "  %s: alone %.2f ms, beside the replay %.2f ms, ratio %.2f (half of them %.2f to %.2f)%n",
                what,
                Medians.of(alone, of),
                Medians.of(beside, of),
                ratios[ratios.length / 2],
                ratios[ratios.length / 4],
                ratios[ratios.length * 3 / 4]);
    }

    /** How long the live records of a round took to become durable, and to be handled, from when they were due. */
    private static final class Live {

        private final Queue<Double> durable = new ConcurrentLinkedQueue<>();
        private final Queue<Double> handled = new ConcurrentLinkedQueue<>();

        double durableAt(int percentile) {
            return at(percentile, durable);
        }

        double handledAt(int percentile) {
            return at(percentile, handled);
        }

        private static double at(int percentile, Queue<Double> millis) {
            return millis.stream()
                    .sorted()
                    .skip(millis.size() * percentile / 100)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** One record after the other at a fixed rate, until all are handled. */
    private Live live() throws Exception {
        Live round = new Live();
        live = round;
        int count = (int) (LIVE.toSeconds() * LIVE_PER_SECOND);
        long begin = System.nanoTime();
        List<CompletableFuture<?>> acknowledgements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long due = begin + TimeUnit.SECONDS.toNanos(i) / LIVE_PER_SECOND;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            NewRecord next = record(stored++);
            ByteBuffer.wrap(next.payload()).putLong(LIVE_MARK).putLong(due);
            acknowledgements.add(inbox.append(List.of(next)).thenAccept(done -> round.durable.add(millisSince(due))));
        }
        for (CompletableFuture<?> acknowledgement : acknowledgements) {
            acknowledgement.get(1, TimeUnit.MINUTES);
        }
        awaitNothingWaits();
        return round;
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    @Override
    public void close() {
        closing = true;
        inbox.close();
    }
}
