package dev.ackbox.handler;

import java.time.Duration;

/**
 * A handler knows when it can succeed, for example from another service's {@code Retry-After}. Counts as a failed attempt. Found
 * anywhere in the chain of causes. Unchecked, so that a transaction around the handler rolls back.
 */
public class RetryLaterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration delay;

    /**
     * Creates the exception.
     *
     * @param delay the next attempt is not made earlier; more than 365 days count as 365
     */
    public RetryLaterException(Duration delay) {
        super("Retry after " + checked(delay));
        this.delay = delay;
    }

    /**
     * Creates the exception.
     *
     * @param delay the next attempt is not made earlier; more than 365 days count as 365
     * @param cause neither kept nor logged, except for an {@link ImpersonalMessage}
     */
    public RetryLaterException(Duration delay, Throwable cause) {
        super("Retry after " + checked(delay), cause);
        this.delay = delay;
    }

    private static Duration checked(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("'delay' must not be negative");
        }
        return delay;
    }

    public Duration delay() {
        return delay;
    }
}
