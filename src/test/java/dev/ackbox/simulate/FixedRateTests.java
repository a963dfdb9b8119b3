package dev.ackbox.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FixedRateTests {

    private final Semaphore outstanding = new Semaphore(1_000);

    @Test
    void plansAtEvenIntervals() throws InterruptedException {
        FixedRate rate = new FixedRate(500);
        long first = rate.awaitTurn(outstanding);

        for (int i = 1; i < 20; i++) {
            assertThat(rate.awaitTurn(outstanding) - first).isEqualTo(TimeUnit.MILLISECONDS.toNanos(2 * i));
        }
    }

    @Test
    void letsNothingOutBeforeItsTime() throws InterruptedException {
        FixedRate rate = new FixedRate(500);

        for (int i = 0; i < 20; i++) {
            assertThat(rate.awaitTurn(outstanding) - System.nanoTime()).isLessThanOrEqualTo(0);
        }
        assertThat(outstanding.availablePermits()).isEqualTo(980);
    }

    @Test
    void tellsHowLongUntilTheNext() throws InterruptedException {
        FixedRate rate = new FixedRate(0.01);
        assertThat(rate.untilNext()).isZero();

        rate.awaitTurn(outstanding);

        assertThat(rate.untilNext()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(100));
    }
}
