package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.InboxUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that reads: for consumers that have room or retries that are due, and for queries. */
final class InboxReader {

    /** A question to the store. */
    interface Query<T extends @Nullable Object> {

        T ask() throws StoreException;
    }

    private static final Logger log = LoggerFactory.getLogger(InboxReader.class);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PAUSE_AFTER_FAULT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long OLDEST_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CLOSE_TIMEOUT_MILLIS = 10_000;

    private final Store store;
    private final List<StoredConsumer> consumers;
    private final ConcurrentLinkedQueue<Runnable> queries = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "ackbox-inbox-reader");
    private long lookedForOldestNanos = System.nanoTime() - OLDEST_INTERVAL_NANOS;
    private volatile @Nullable Throwable fault;
    private volatile boolean wanted;

    /** Whether it reads what is new soon, without being woken. */
    private volatile boolean resting;

    private volatile boolean closed;

    /**
     * Creates it; {@link #start} makes it work.
     *
     * @param consumers may change meanwhile
     */
    InboxReader(Store store, List<StoredConsumer> consumers) {
        this.store = store;
        this.consumers = consumers;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** There may be something to read. */
    void wake() {
        wanted = true;
        LockSupport.unpark(thread);
    }

    /** There may be something new to read, which has some milliseconds' time. */
    void wakeForTail() {
        if (!resting) {
            wake();
        }
    }

    <T extends @Nullable Object> CompletableFuture<T> submit(Query<T> query) {
        CompletableFuture<T> result = new CompletableFuture<>();
        queries.add(() -> {
            try {
                result.complete(query.ask());
            } catch (Throwable ex) {
                result.completeExceptionally(ex);
            }
        });
        wake();
        if (closed) {
            result.completeExceptionally(new InboxUnavailableException("The inbox is closed"));
        }
        return result;
    }

    /** Why the last read failed; absent where all is well. */
    @Nullable
    Throwable fault() {
        return fault;
    }

    private void run() {
        while (!closed) {
            boolean read = false;
            wanted = false;
            try {
                answer();
                Throwable failure = null;
                for (StoredConsumer consumer : consumers) {
                    try {
                        read |= consumer.read(store);
                    } catch (Throwable ex) { // the others go on
                        failure = ex;
                    }
                }
                if (failure != null) {
                    throw failure;
                }
                lookForOldest();
                fault = null;
            } catch (Throwable ex) { // an Error too: nothing but the end of the inbox ends the reading
                failed(ex);
            }
            if (!read) {
                pause();
            }
        }
        answer();
    }

    private void pause() {
        long rest = consumers.stream()
                .mapToLong(StoredConsumer::nanosToTail)
                .filter(nanos -> nanos > 0)
                .min()
                .orElse(0);
        resting = rest > 0;
        if (!wanted && !closed) {
            LockSupport.parkNanos(rest > 0 ? rest : LONGEST_PAUSE_NANOS);
        }
        resting = false;
    }

    private void answer() {
        for (Runnable query = queries.poll(); query != null; query = queries.poll()) {
            query.run();
        }
    }

    private void lookForOldest() throws StoreException {
        long now = System.nanoTime();
        if (now - lookedForOldestNanos < OLDEST_INTERVAL_NANOS) {
            return;
        }
        lookedForOldestNanos = now;
        for (StoredConsumer consumer : consumers) {
            consumer.lookForOldest(store);
        }
    }

    private void failed(Throwable ex) {
        if (closed) {
            return;
        }
        if (fault == null) {
            log.error("The inbox cannot be read; trying again: {}", ex.toString());
        }
        fault = ex;
        LockSupport.parkNanos(PAUSE_AFTER_FAULT_NANOS);
    }

    /** Ends the thread after what it is reading. Returns false where that does not end. */
    boolean end() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_TIMEOUT_MILLIS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.warn("A read of the inbox does not come to an end");
        }
        return !thread.isAlive();
    }
}
