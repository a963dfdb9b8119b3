package dev.ackbox.inbox.jdbc;

import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.jdbc.WriteBatch.Append;
import dev.ackbox.inbox.jdbc.WriteBatch.Settled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer. An append wakes it at once; settlements alone wait a moment for company, since nobody waits
 * for them and each transaction costs a write to the disk.
 */
final class WriteQueue {

    private static final int MAX_RECORDS_PER_BATCH = 2_000;
    private static final long MAX_BYTES_PER_BATCH = 8L << 20;
    private static final long SETTLEMENT_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Append> appends = new ArrayDeque<>();
    private final ArrayDeque<Settled> settled = new ArrayDeque<>();
    private long bytes;
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

    void add(Append append) {
        lock.lock();
        try {
            if (closed) {
                throw new InboxUnavailableException("The inbox is closed");
            }
            if (bytes > 0 && bytes + append.bytes() > maxBytes) {
                throw new InboxUnavailableException("The inbox is behind with writing: " + bytes + " bytes wait");
            }
            appends.add(append);
            bytes += append.bytes();
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    void add(Settled settlement) {
        lock.lock();
        try {
            settled.add(settlement);
            if (settled.size() == 1 || settled.size() == MAX_RECORDS_PER_BATCH) {
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts settlements back that could not be written.
     *
     * @return false where the queue is closed: then they are dropped, and their records handed out after the next start
     */
    boolean putBack(List<Settled> settlements) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            for (int i = settlements.size() - 1; i >= 0; i--) {
                settled.addFirst(settlements.get(i));
            }
            return true;
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

    /**
     * Takes what is to be written next.
     *
     * @return empty where nothing came in that time, or where it was woken
     */
    WriteBatch take(long timeoutNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long remaining = timeoutNanos;
            while (appends.isEmpty() && settled.isEmpty() && !closed && !woken && remaining > 0) {
                remaining = arrived.awaitNanos(remaining);
            }
            long delay = SETTLEMENT_DELAY_NANOS;
            while (appends.isEmpty() && !settled.isEmpty() && !closed && !full() && delay > 0) {
                delay = arrived.awaitNanos(delay);
            }
            woken = false;
            return new WriteBatch(takeAppends(), takeSettled());
        } finally {
            lock.unlock();
        }
    }

    private boolean full() {
        return settled.size() >= MAX_RECORDS_PER_BATCH;
    }

    private List<Append> takeAppends() {
        List<Append> taken = new ArrayList<>(appends.size());
        long takenBytes = 0;
        int takenRecords = 0;
        while (!appends.isEmpty() && takenBytes < MAX_BYTES_PER_BATCH && takenRecords < MAX_RECORDS_PER_BATCH) {
            Append append = appends.remove();
            takenBytes += append.bytes();
            takenRecords += append.records().size();
            taken.add(append);
        }
        bytes -= takenBytes;
        return taken;
    }

    private List<Settled> takeSettled() {
        List<Settled> taken = new ArrayList<>(Math.min(settled.size(), MAX_RECORDS_PER_BATCH));
        while (!settled.isEmpty() && taken.size() < MAX_RECORDS_PER_BATCH) {
            taken.add(settled.remove());
        }
        return taken;
    }

    /** Refuses further appends, and lets the writer see what is left. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing will come and nothing is left. */
    boolean isDrained() {
        lock.lock();
        try {
            return closed && appends.isEmpty() && settled.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
