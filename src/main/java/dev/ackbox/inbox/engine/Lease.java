package dev.ackbox.inbox.engine;

import java.time.Duration;

/**
 * Until when the shares are surely this process's own. A process that was frozen, or cannot reach its store, finds here that others
 * may have taken them over. Any thread.
 */
final class Lease {

    private final long lengthNanos;
    private volatile boolean ends;
    private volatile long endNanos;

    private Lease(Duration length) {
        this.lengthNanos = length.toNanos();
    }

    /** One that has to be renewed. It is over until it is renewed for the first time. */
    static Lease of(Duration length) {
        Lease lease = new Lease(length);
        lease.endNanos = System.nanoTime();
        lease.ends = true;
        return lease;
    }

    /** Where nobody else takes shares over. */
    static Lease endless() {
        return new Lease(Duration.ZERO);
    }

    /**
     * The store has renewed it.
     *
     * @param askedNanos when it was asked to
     */
    void renewed(long askedNanos) {
        endNanos = askedNanos + lengthNanos;
    }

    boolean isOver() {
        return ends && System.nanoTime() - endNanos >= 0;
    }
}
