package dev.ackbox.inbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PaceTests {

    @Test
    void isDueAtOnceAndThenAfterTheInterval() {
        Pace pace = new Pace(Duration.ofHours(1));
        assertThat(pace.nanosToNext()).isZero();
        assertThat(pace.isDue()).isTrue();
        pace.begin();
        assertThat(pace.isDue()).isFalse();
        assertThat(pace.nanosToNext())
                .isBetween(Duration.ofMinutes(50).toNanos(), Duration.ofHours(1).toNanos());
    }

    /** A reader that works on something else until it is due would sleep otherwise, although there is something to read. */
    @Test
    void whatWasPutOffIsDoneBeforeAnybodyRests() {
        Pace pace = new Pace(Duration.ofMillis(500));
        long begin = System.nanoTime();
        pace.begin();
        assertThat(pace.isDue()).isFalse();
        await().until(() -> System.nanoTime() - begin > Duration.ofSeconds(1).toNanos());
        assertThat(pace.nanosToNext()).isPositive();
        assertThat(pace.isDue()).isTrue();
        assertThat(pace.nanosToNext()).isZero();
    }
}
