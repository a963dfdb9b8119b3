package dev.ackbox.simulate;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Send times are planned ahead, whatever the answers do, and latency counts from the planned time: slow answers delay
 * nothing that is not measured.
 */
final class FixedRate implements Pace {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final long start = System.nanoTime();
    private long sent;

    FixedRate(double perSecond) {
        this.perSecond = perSecond;
    }

    @Override
    public Duration untilNext() {
        return Duration.ofNanos(Math.max(0, planned() - System.nanoTime()));
    }

    @Override
    public long awaitTurn(Semaphore outstanding) throws InterruptedException {
        long planned = planned();
        for (long left = planned - System.nanoTime(); left > 0; left = planned - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
        outstanding.acquire();
        sent++;
        return planned;
    }

    /** From the start, since adding up intervals would add up what rounding loses. */
    private long planned() {
        return start + (long) (sent / perSecond * NANOS);
    }
}
