package dev.ackbox.inbox.engine;

import java.time.Duration;

/** Keeps something from being done too often. For one thread. */
public final class Pace {

    private final long intervalNanos;
    private long begunNanos;

    /** Whether the last call of {@link #isDue} came too early. */
    private boolean putOff;

    /** The first time is due at once. */
    public Pace(Duration interval) {
        this.intervalNanos = interval.toNanos();
        this.begunNanos = System.nanoTime() - intervalNanos;
    }

    /** It is being done from now on. */
    public void begin() {
        begunNanos = System.nanoTime();
    }

    /** Whether it may be done now. A caller that asks too early asks again: until then, {@link #nanosToNext} is not 0. */
    public boolean isDue() {
        putOff = remainingNanos() > 0;
        return !putOff;
    }

    /** How long until it is due. 0 where it is due already, and the last call of {@link #isDue} did not come too early. */
    public long nanosToNext() {
        return Math.max(putOff ? 1 : 0, remainingNanos());
    }

    private long remainingNanos() {
        return Math.max(0, begunNanos + intervalNanos - System.nanoTime());
    }
}
