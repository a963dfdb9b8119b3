package dev.ackbox.inbox.engine;

import java.time.Duration;

/** Keeps something from being done too often. For one thread. */
public final class Pace {

    private final long intervalNanos;
    private long begunNanos;

    /** The first time is due at once. */
    public Pace(Duration interval) {
        this.intervalNanos = interval.toNanos();
        this.begunNanos = System.nanoTime() - intervalNanos;
    }

    /** It is done now. */
    public void begin() {
        begunNanos = System.nanoTime();
    }

    /** How long until it is due; 0 where it is. */
    public long nanosToNext() {
        return Math.max(0, begunNanos + intervalNanos - System.nanoTime());
    }
}
