package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.AppendResult;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.engine.WriteQueue.Append;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * The one thread that writes. What has come while the last transaction was on its way to the disk makes up the next one:
 *
 * <ol>
 *   <li>take all that waits, up to a bound, and now and then the progress of all consumers;
 *   <li>write it in one transaction;
 *   <li>acknowledge the appends and hand the new records to the consumers;
 *   <li>where it cannot be told whether the transaction is durable, write the same batch again until that can be told;
 *   <li>where a batch certainly failed, write each notification and each consumer's progress by itself, so that one cannot fail
 *       the others, unless the store cannot be reached at all; a notification that fails alone is refused, progress is kept and tried
 *       again;
 *   <li>after a fault, refuse appends at once until a write with some room passes.
 * </ol>
 */
final class GroupCommit implements AutoCloseable {

    /** What consumers have to write, and what they learn of it. Called by the writer's thread; must be quick and must not throw. */
    interface Progressing {

        /** What has changed since the last call. The writer asks only after a call of {@link GroupCommit#addProgress}. */
        List<Change> takeChanges();

        /** So many new records are durable, and will be acknowledged next. */
        void assigned(int records);

        /** A batch is durable. */
        void written(Batch batch, Written written);

        /** Changes were not written. */
        void failed(List<Change> changes);

        /** Records may be durable that nobody was told of. */
        void readAgain();
    }

    /** Something for the writer to do between two transactions. */
    interface Task {

        void run() throws StoreException;
    }

    private record Submission(Task task, CompletableFuture<Void> result) {}

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long PROBE_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_AFTER_FAULT_MILLIS = 100;
    private static final long STUCK_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long CLOSE_TIMEOUT_MILLIS = 10_000;

    /** Requests run on platform threads before; see {@code http.tomcat.PublicPort}. */
    private static final int FIRST_JDK_FOR_VIRTUAL_THREADS = 24;

    private final Store store;
    private final WriteQueue queue;
    private final Progressing progressing;
    private final Maintenance maintenance;
    private final ConcurrentLinkedQueue<Submission> submissions = new ConcurrentLinkedQueue<>();
    private final Executor acknowledging = acknowledging();
    private final Thread thread = new Thread(this::run, "ackbox-inbox-writer");

    /** Consumers whose progress cannot be written, although the store can be. */
    private final Set<String> failing = new HashSet<>();

    /** Other than those of earlier processes. */
    private long nextNumber = ThreadLocalRandom.current().nextLong(1L << 60);

    private long lastProbeNanos;
    private volatile @Nullable Throwable fault;
    private volatile long busySinceNanos;
    private volatile boolean busy;
    private volatile boolean ended;
    private volatile boolean closing;

    GroupCommit(Store store, WriteQueue queue, Progressing progressing, Maintenance maintenance) {
        this.store = store;
        this.queue = queue;
        this.progressing = progressing;
        this.maintenance = maintenance;
        // So that a stuck disk cannot keep a process that is to stop.
        thread.setDaemon(true);
    }

    /**
     * Where requests run on virtual threads, one of these acknowledges a batch: it wakes the others for a fraction of what that costs a
     * platform thread, and the writer goes on meanwhile. Where it fails for lack of memory, the requests are answered 503 when their
     * time is over, and what Meta sends again is known.
     */
    private static Executor acknowledging() {
        return Runtime.version().feature() >= FIRST_JDK_FOR_VIRTUAL_THREADS
                ? new VirtualThreadTaskExecutor("ackbox-acknowledging-")
                : Runnable::run;
    }

    void start() {
        thread.start();
    }

    CompletableFuture<AppendResult> append(List<HashedRecord> records) {
        Append append = new Append(records, new CompletableFuture<>());
        Throwable reason = fault;
        try {
            if (reason != null) {
                throw unavailable(reason);
            }
            queue.add(append);
        } catch (InboxUnavailableException ex) {
            append.acknowledgement().completeExceptionally(ex);
        }
        return append.acknowledgement();
    }

    /** There is progress to be written, soon. */
    void addProgress() {
        queue.addProgress();
    }

    /**
     * Does something between two transactions.
     *
     * @return completes when it is done; fails with what it threw, or with {@link InboxUnavailableException} where the writer
     *     has ended
     */
    CompletableFuture<Void> submit(Task task) {
        Submission submission = new Submission(task, new CompletableFuture<>());
        submissions.add(submission);
        queue.wake();
        if (ended) {
            refuseSubmissions(); // the writer may have done so before this one was there
        }
        return submission.result();
    }

    /** Why the last write failed, or that one takes too long; absent where all is well. */
    @Nullable
    Throwable fault() {
        boolean stuck = busy && System.nanoTime() - busySinceNanos > STUCK_AFTER_NANOS;
        return stuck ? new IllegalStateException("A write to the disk does not come to an end") : fault;
    }

    private void run() {
        while (!queue.isDrained()) {
            try {
                WriteQueue.Work work =
                        queue.take(fault == null ? Math.min(IDLE_NANOS, maintenance.nanosToNext()) : IDLE_NANOS);
                timed(() -> writeAll(work));
                timed(this::runSubmissions);
                timed(this::probeAfterFault);
                timed(this::maintain);
            } catch (InterruptedException ex) {
                log.warn("The inbox writer was interrupted and goes on; it ends when the inbox is closed");
            } catch (Throwable ex) { // a lack of memory, most likely; without this thread nothing is stored any more
                fault = ex;
                log.error("The inbox writer failed and goes on", ex);
            }
        }
        ended = true;
        refuseSubmissions();
    }

    private void timed(Runnable work) {
        busySinceNanos = System.nanoTime();
        busy = true;
        try {
            work.run();
        } finally {
            busy = false;
        }
    }

    private void writeAll(WriteQueue.Work work) {
        List<Change> changes = work.progressIsDue() ? takeChanges() : List.of();
        if (!work.appends().isEmpty() || !changes.isEmpty()) {
            write(work.appends(), changes);
        }
    }

    private List<Change> takeChanges() {
        try {
            return progressing.takeChanges();
        } catch (Throwable ex) { // an Error too, so that the appends are written
            log.error("The progress of consumers cannot be taken; trying again", ex);
            if (!closing) {
                queue.addProgress();
            }
            return List.of();
        }
    }

    /** Returns whether the batch is durable. */
    private boolean write(List<Append> appends, List<Change> changes) {
        List<HashedRecord> records = new ArrayList<>();
        appends.forEach(append -> records.addAll(append.records()));
        Batch batch = new Batch(nextNumber++, records, changes);
        Written written;
        try {
            written = writeUntilCertain(batch);
        } catch (Throwable ex) { // an Error too, so that what was taken from the queue is answered and kept
            if (!(ex instanceof StoreException)) {
                progressing.readAgain();
            }
            boolean isUnreachable = ex instanceof StoreException failure && failure.isUnreachable();
            if (appends.size() + changes.size() > 1 && !isUnreachable) {
                return writeOneByOne(appends, changes);
            }
            failed(appends, changes, ex);
            return false;
        }
        changes.forEach(change -> failing.remove(change.consumer()));
        tell(batch, appends, written);
        return true;
    }

    /** A batch is durable, so nothing of it is written again, whatever happens here. */
    private void tell(Batch batch, List<Append> appends, Written written) {
        try {
            progressing.assigned(written.stored().size());
            acknowledging.execute(() -> acknowledge(appends, written));
            progressing.written(batch, written);
        } catch (Throwable ex) { // an Error, most likely
            log.error("What was written could not be handed to the consumers; they read it", ex);
            acknowledge(appends, written);
            progressing.failed(batch.changes());
            progressing.readAgain();
            maintenance.countSoon();
            queue.addProgress();
        }
    }

    private Written writeUntilCertain(Batch batch) throws StoreException {
        while (true) {
            try {
                return store.write(batch);
            } catch (StoreException ex) {
                if (!ex.isUncertain() || closing) {
                    throw ex;
                }
                note(ex);
                pause();
            }
        }
    }

    private boolean writeOneByOne(List<Append> appends, List<Change> changes) {
        boolean written = false;
        for (Append append : appends) {
            written |= write(List.of(append), List.of());
        }
        for (Change change : changes) {
            written |= write(List.of(), List.of(change));
        }
        if (written && fault != null && passesProbe()) {
            recovered();
        }
        return written;
    }

    private static void acknowledge(List<Append> appends, Written written) {
        int from = 0;
        for (Append append : appends) {
            int to = from + append.records().size();
            BitSet isNew = written.isNew().get(from, to);
            append.acknowledgement().complete(new AppendResult(isNew));
            from = to;
        }
    }

    private void failed(List<Append> appends, List<Change> changes, Throwable ex) {
        if (!appends.isEmpty() || changes.size() > 1 || fault != null || !passesProbe()) {
            note(ex);
        } else {
            String consumer = changes.get(0).consumer();
            if (failing.add(consumer)) {
                log.error("Consumer {}: its progress cannot be written; trying again: {}", consumer, ex.toString());
            }
        }
        appends.forEach(append -> append.acknowledgement().completeExceptionally(unavailable(ex)));
        if (!changes.isEmpty()) {
            progressing.failed(changes);
            if (!closing) {
                queue.addProgress();
                pause();
            }
        }
    }

    private static InboxUnavailableException unavailable(Throwable cause) {
        return new InboxUnavailableException("The inbox cannot store: " + cause.getMessage(), cause);
    }

    private void note(Throwable ex) {
        if (fault == null) {
            log.error("The inbox cannot store; notifications are answered with 503 until it can: {}", ex.toString());
            lastProbeNanos = System.nanoTime();
        }
        fault = ex;
    }

    /** Whether a write with some room passes: then it is not the store's fault that something cannot be written. */
    private boolean passesProbe() {
        try {
            store.probe();
            return true;
        } catch (Throwable ex) {
            return false;
        }
    }

    /** Keeps what cannot be written from being tried without end. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAULT_MILLIS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** A fault is over when a write with some room passes: what is small may fit where nothing else does. */
    private void probeAfterFault() {
        long now = System.nanoTime();
        if (fault == null || now - lastProbeNanos < PROBE_INTERVAL_NANOS) {
            return;
        }
        lastProbeNanos = now;
        try {
            store.probe();
            recovered();
        } catch (Throwable ex) {
            fault = ex;
        }
    }

    private void recovered() {
        fault = null;
        log.info("The inbox can store again");
    }

    private void maintain() {
        if (fault != null || closing) {
            return;
        }
        try {
            maintenance.run();
        } catch (Throwable ex) { // an Error too: it concerns no append
            if (ex instanceof StoreException failure && failure.isUnreachable() && !passesProbe()) {
                note(ex); // perhaps nothing is to be written that would find it out
                return;
            }
            log.warn("Forgetting what has been kept long enough failed and is tried again: {}", ex.toString());
        }
    }

    /** Those that are there: what comes meanwhile takes its turn after the next transaction. */
    private void runSubmissions() {
        for (int remaining = submissions.size(); remaining > 0; remaining--) {
            Submission next = submissions.remove();
            try {
                next.task().run();
                next.result().complete(null);
            } catch (Throwable ex) {
                next.result().completeExceptionally(ex);
            }
        }
    }

    private void refuseSubmissions() {
        for (Submission refused = submissions.poll(); refused != null; refused = submissions.poll()) {
            refused.result().completeExceptionally(new InboxUnavailableException("The inbox is closed"));
        }
    }

    /**
     * Writes what waits, then ends the thread.
     *
     * @return false where it is stuck in a write: then the store is still in use
     */
    boolean end() {
        closing = true;
        queue.close();
        try {
            thread.join(CLOSE_TIMEOUT_MILLIS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.warn("The inbox writer is stuck in a write; what was acknowledged is safe");
        }
        return !thread.isAlive();
    }

    @Override
    public void close() {
        end();
    }
}
