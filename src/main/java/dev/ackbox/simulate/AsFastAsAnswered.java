package dev.ackbox.simulate;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/** The next notification goes out as soon as there is room for it among those outstanding. */
final class AsFastAsAnswered implements Pace {

    @Override
    public Duration untilNext() {
        return Duration.ZERO;
    }

    @Override
    public long awaitTurn(Semaphore outstanding) throws InterruptedException {
        outstanding.acquire();
        return System.nanoTime();
    }
}
