package dev.ackbox.dispatch;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** When a record is tried again: exponential backoff up to a longest delay, with jitter. */
final class RetrySchedule {

    private final DispatchProperties.Retry properties;
    private final DoubleSupplier random;

    /**
     * Creates a schedule.
     *
     * @param random gives numbers from 0 to 1
     */
    RetrySchedule(DispatchProperties.Retry properties, DoubleSupplier random) {
        this.properties = properties;
        this.random = random;
    }

    /** Whether an attempt was the last one. */
    boolean isLast(int attempt) {
        return attempt >= properties.maxAttempts();
    }

    /** How long to wait after a failed attempt, counted from 1. */
    Duration delayAfter(int attempt) {
        double millis = properties.initialDelay().toMillis() * Math.pow(properties.multiplier(), attempt - 1.0);
        double bounded = Math.min(millis, (double) properties.maxDelay().toMillis());
        double factor = 1 + properties.jitter() * (2 * random.getAsDouble() - 1);
        return Duration.ofMillis(Math.round(bounded * factor));
    }
}
