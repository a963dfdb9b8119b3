package dev.ackbox.inbox.engine;

import java.util.concurrent.TimeUnit;

/**
 * When a replay may hand out its next record: at its rate, and not while records of its target wait for a worker. Guarded by the
 * target's lock.
 */
final class Turn {

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** What was not handed out for a moment may be handed out at once. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

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
        return conversations.isTargetFirst() ? LOOK_AGAIN_NANOS : nextNanos - System.nanoTime();
    }

    /** A record is handed out. */
    void taken() {
        nextNanos = Math.max(nextNanos, System.nanoTime() - BURST_NANOS) + intervalNanos;
    }
}
