package dev.ackbox.simulate;

import java.time.Duration;
import java.util.Optional;

/**
 * When a notification that was not answered with 200 is sent again: at once, then after a minute, and after twice as long each time, for 7
 * days in all. Meta says at once, then less and less often, for up to 7 days (documented: "Webhooks overview"); the steps between are not
 * published.
 */
final class RetrySchedule {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration ALL = Duration.ofDays(7);

    private final double factor;

    /** @param factor how many times faster than Meta */
    RetrySchedule(double factor) {
        this.factor = factor;
    }

    /** How long to wait before the retry of a number, from 1; empty where the 7 days are over. */
    Optional<Duration> before(int retry) {
        Duration sum = Duration.ZERO;
        Duration delay = Duration.ZERO;
        for (int i = 1; i <= retry; i++) {
            sum = sum.plus(delay);
            if (sum.compareTo(ALL) > 0) {
                return Optional.empty();
            }
            if (i == retry) {
                return Optional.of(Duration.ofNanos((long) (delay.toNanos() / factor)));
            }
            delay = delay.isZero() ? FIRST : shorter(delay.multipliedBy(2), LONGEST);
        }
        throw new IllegalArgumentException("'retry' must be at least 1");
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
