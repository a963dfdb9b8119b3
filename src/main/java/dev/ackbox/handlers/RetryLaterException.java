package dev.ackbox.handlers;

import java.time.Duration;

/** Thrown by a handler that knows when to be called again, for instance since another service told it. Counts as an attempt. */
public class RetryLaterException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Duration delay;

    /**
     * Creates the exception.
     *
     * @param delay not called again before it is over, or before a year is over where it is longer
     */
    public RetryLaterException(Duration delay) {
        super("Retry after " + delay);
        if (delay.isNegative()) {
            throw new IllegalArgumentException("'delay' must not be negative");
        }
        this.delay = delay;
    }

    public Duration delay() {
        return delay;
    }
}
