package dev.ackbox.inbox.engine;

import java.util.concurrent.TimeUnit;

/**
 * When a replay may hand out its next record: at its rate, and not while records of its target wait for a worker. Where the
 * processors have more to do than they can, it rests. Guarded by the target's lock.
 */
final class Turn {

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A few records at a time cost fewer switches of threads. */
    private static final long SHORTEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** What was not handed out for a moment may be handed out at once. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** A thread that is woken so much too late had to wait for a processor. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A rest is so many times as long as that. */
    private static final long REST_FACTOR = 4;

    private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Conversations conversations;
    private final int rate;
    private long intervalNanos;
    private long nextNanos = System.nanoTime();

    Turn(Conversations conversations, int rate) {
        this.conversations = conversations;
        this.rate = rate;
        share(1, 1);
    }

    /** Each process has a part of the rate, by how many of the shares it holds. */
    void share(int held, int all) {
        intervalNanos = TimeUnit.SECONDS.toNanos(1) * all / ((long) rate * Math.max(1, held));
    }

    /** How long to wait before the next record; not positive where it is its turn. */
    long nanosToNext() {
        if (conversations.isTargetFirst()) {
            return LOOK_AGAIN_NANOS;
        }
        long rest = nextNanos - System.nanoTime();
        return rest > 0 ? Math.max(rest, SHORTEST_REST_NANOS) : rest;
    }

    /** A record is handed out. */
    void taken() {
        nextNanos = Math.max(nextNanos, System.nanoTime() - BURST_NANOS) + intervalNanos;
    }

    /** A worker has waited for its turn, and was woken so much too late. */
    void woken(long lateNanos) {
        if (lateNanos > LATE_NANOS) {
            nextNanos = System.nanoTime() + Math.min(REST_FACTOR * lateNanos, LONGEST_REST_NANOS);
        }
    }
}
