package dev.ackbox.inbox.engine;

import java.time.Duration;

/** Keeps something from being done too often. For one thread. */
public final class Pace {

    private final long intervalNanos;
    private long begunNanos;

    /** Whether somebody wanted to do it before it was due. */
    private boolean wanted;

    /** The first time is due at once. */
    public Pace(Duration interval) {
        this.intervalNanos = interval.toNanos();
        this.begunNanos = System.nanoTime() - intervalNanos;
    }

    /** It is being done from now on. */
    public void begin() {
        begunNanos = System.nanoTime();
    }

    /** Whether it may be done now. Where it may not, {@link #nanosToNext} is not 0 before this was asked again. */
    public boolean isDue() {
        wanted = remainingNanos() > 0;
        return !wanted;
    }

    /** How long until it is due; 0 where it is, unless somebody wanted to do it before. */
    public long nanosToNext() {
        return Math.max(wanted ? 1 : 0, remainingNanos());
    }

    private long remainingNanos() {
        return Math.max(0, begunNanos + intervalNanos - System.nanoTime());
    }
}
