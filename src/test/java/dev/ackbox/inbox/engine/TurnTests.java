package dev.ackbox.inbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.Replays;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A replay leaves the processors to live traffic. */
class TurnTests {

    private final Turn turn = new Turn(new Conversations(Lease.endless()), Replays.MAX_RATE);

    @Test
    void restsWhereThreadsWaitForAProcessor() {
        turn.woken(Duration.ofMillis(500).toNanos());
        assertThat(rest()).isBetween(Duration.ofMillis(50), Duration.ofMillis(200));
    }

    @Test
    void goesOnWhereTheyDoNot() {
        turn.woken(200_000);
        assertThat(rest()).isLessThanOrEqualTo(Duration.ZERO);
    }

    /** Otherwise each record costs a switch of threads. */
    @Test
    void someRecordsComeAtOnce() {
        for (int i = 0; i < 1_000; i++) {
            turn.taken();
        }
        assertThat(rest()).isGreaterThanOrEqualTo(Duration.ofMillis(2));
    }

    @Test
    void waitsWhileTheTargetIsPaused() {
        Conversations paused = new Conversations(Lease.endless());
        paused.pauseTarget(true);
        assertThat(new Turn(paused, Replays.MAX_RATE).nanosToNext()).isPositive();
    }

    private Duration rest() {
        return Duration.ofNanos(turn.nanosToNext());
    }
}
