package dev.ackbox.inbox.engine;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the writer does between transactions, each duty by a schedule of its own: forgetting what has been kept long enough, in
 * small steps that leave most of the time to transactions; taking what was erased out of the files; counting anew.
 */
final class Maintenance implements GroupCommit.Task {

    private static final long FORGET_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A step is followed by a pause of so many times its length. */
    private static final long PAUSE_FACTOR = 10;

    private static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long COUNT_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    /**
     * Counting is not begun sooner after the last one. Where other processes store as well, it is begun then: only counting tells what
     * they have stored and completed.
     */
    private static final long SHORTEST_COUNT_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Counting is followed by a pause of so many times its length. */
    private static final long COUNT_PAUSE_FACTOR = 100;

    private final Store store;
    private final Retention retention;
    private final List<StoredConsumer> consumers;
    private final Clock clock;
    private volatile boolean erasing;
    private long nextForgetNanos = System.nanoTime();
    private long nextSweepNanos = System.nanoTime();
    private long nextCountNanos;
    private long earliestCountNanos = System.nanoTime();

    Maintenance(Store store, Retention retention, List<StoredConsumer> consumers, Clock clock) {
        this.store = store;
        this.retention = retention;
        this.consumers = consumers;
        this.clock = clock;
        this.nextCountNanos =
                System.nanoTime() + (store.isShared() ? SHORTEST_COUNT_PAUSE_NANOS : COUNT_INTERVAL_NANOS);
    }

    @Override
    public void run() throws StoreException {
        long start = System.nanoTime();
        if (start >= nextForgetNanos) {
            nextForgetNanos = start + FORGET_INTERVAL_NANOS;
            boolean more = store.forget(retention, clock.instant());
            long end = System.nanoTime();
            if (more) {
                nextForgetNanos = end + Math.max(SHORTEST_PAUSE_NANOS, PAUSE_FACTOR * (end - start));
            }
        }
        if (start >= nextSweepNanos && !erasing) {
            long begin = System.nanoTime();
            nextSweepNanos = begin + IDLE_NANOS;
            if (store.sweep()) {
                long end = System.nanoTime();
                nextSweepNanos = end + Math.max(SHORTEST_PAUSE_NANOS, PAUSE_FACTOR * (end - begin));
            }
        }
        if (start >= nextCountNanos) {
            long begin = System.nanoTime();
            nextCountNanos = begin + COUNT_INTERVAL_NANOS;
            for (StoredConsumer consumer : consumers) {
                consumer.counted(store.count(consumer.name()));
            }
            long end = System.nanoTime();
            earliestCountNanos = end + Math.max(SHORTEST_COUNT_PAUSE_NANOS, COUNT_PAUSE_FACTOR * (end - begin));
            if (store.isShared()) {
                nextCountNanos = earliestCountNanos;
            }
        }
    }

    /** While something is being erased nothing is swept: what is still to be erased would be copied. */
    void erasing(boolean value) {
        erasing = value;
    }

    /** Something was erased. */
    void sweepSoon() {
        nextSweepNanos = System.nanoTime();
    }

    /** What consumers have in memory may differ from what is stored. May be called as often as each change is written. */
    void countSoon() {
        nextCountNanos = Math.min(nextCountNanos, Math.max(System.nanoTime(), earliestCountNanos));
    }

    /** How long the writer may wait until the next duty. */
    long nanosToNext() {
        long sweep = erasing ? Long.MAX_VALUE : nextSweepNanos - System.nanoTime();
        return Math.max(0, Math.min(sweep, Math.min(nextForgetNanos, nextCountNanos) - System.nanoTime()));
    }
}
