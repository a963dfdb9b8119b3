package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.AppendResult;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer. An append wakes it at once. Progress is collected for 20 ms, since nobody waits for it and each
 * write of it costs a page. Notifications with something that people wait for go first.
 */
final class WriteQueue {

    private static final int MAX_RECORDS_PER_BATCH = 2_000;
    private static final long MAX_BYTES_PER_BATCH = 8L << 20;
    private static final long PROGRESS_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Append> urgent = new ArrayDeque<>();
    private final ArrayDeque<Append> others = new ArrayDeque<>();
    private long bytes;
    private volatile boolean progress;
    private long progressSinceNanos;
    private boolean closed;
    private boolean woken;

    /**
     * Creates an empty queue.
     *
     * @param maxBytes payload bytes of waiting appends, beyond which further ones are refused
     */
    WriteQueue(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** A notification that waits for its acknowledgement. */
    record Append(List<HashedRecord> records, CompletableFuture<AppendResult> acknowledgement) {

        long bytes() {
            long bytes = 0;
            for (HashedRecord hashed : records) {
                bytes += hashed.record().payload().length;
            }
            return bytes;
        }

        boolean isUrgent() {
            return records.stream().anyMatch(hashed -> hashed.record().lane() == Lane.CHANGES);
        }
    }

    void add(Append append) {
        long size = append.bytes();
        ArrayDeque<Append> queue = append.isUrgent() ? urgent : others;
        lock.lock();
        try {
            if (closed) {
                throw new InboxUnavailableException("The inbox is closed");
            }
            if (bytes > 0 && bytes + size > maxBytes) {
                throw new InboxUnavailableException("The inbox is behind with writing: " + bytes + " bytes wait");
            }
            queue.add(append);
            bytes += size;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What is to be written next.
     *
     * @param appends notifications, in their order
     * @param progressIsDue whether the progress of consumers is to be written as well
     */
    record Work(List<Append> appends, boolean progressIsDue) {}

    /** There is progress to be written. */
    void addProgress() {
        if (progress) {
            return;
        }
        lock.lock();
        try {
            if (!progress) {
                progressSinceNanos = System.nanoTime();
                progress = true;
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes a {@link #take} that waits return, now or the next one. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to write; there is nothing where the time passes or {@link #wake} is called first. */
    Work take(long timeoutNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long end = System.nanoTime() + timeoutNanos;
            long remaining = Math.min(timeoutNanos, nanosToProgress());
            while (isEmpty() && !closed && !woken && remaining > 0) {
                arrived.awaitNanos(remaining);
                remaining = Math.min(end - System.nanoTime(), nanosToProgress());
            }
            woken = false;
            Work work = new Work(takeAppends(), progress && (closed || nanosToProgress() <= 0));
            if (work.progressIsDue()) {
                progress = false;
            }
            return work;
        } finally {
            lock.unlock();
        }
    }

    private long nanosToProgress() {
        return progress ? progressSinceNanos + PROGRESS_DELAY_NANOS - System.nanoTime() : Long.MAX_VALUE;
    }

    private boolean isEmpty() {
        return urgent.isEmpty() && others.isEmpty();
    }

    private List<Append> takeAppends() {
        List<Append> taken = new ArrayList<>(Math.min(urgent.size() + others.size(), MAX_RECORDS_PER_BATCH));
        long takenBytes = 0;
        int takenRecords = 0;
        if (!others.isEmpty() && !urgent.isEmpty()) {
            // One of the others goes with each batch, or a flood of urgent ones would keep them out.
            taken.add(others.remove());
            takenBytes = taken.get(0).bytes();
            takenRecords = taken.get(0).records().size();
        }
        while (!isEmpty() && takenBytes < MAX_BYTES_PER_BATCH && takenRecords < MAX_RECORDS_PER_BATCH) {
            Append append = urgent.isEmpty() ? others.remove() : urgent.remove();
            takenBytes += append.bytes();
            takenRecords += append.records().size();
            taken.add(append);
        }
        bytes -= takenBytes;
        return taken;
    }

    /** Refuses further appends, and lets the writer see what waits. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing will come and nothing waits. */
    boolean isDrained() {
        lock.lock();
        try {
            return closed && isEmpty() && !progress;
        } finally {
            lock.unlock();
        }
    }
}
