package dev.ackbox.dispatch;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How handlers are called.
 *
 * @param concurrency how many conversations are worked on at once, statuses and bulk aside
 * @param statusConcurrency how many conversations' statuses are worked on at once; a budget of their own, so that a flood of
 *     them does not delay a message
 * @param bulkConcurrency how many conversations' history and other large changes are worked on at once; a budget of their own, so
 *     that they do not delay a message
 * @param handlerTimeout how long a handler may take before its thread is interrupted and the change is tried again
 * @param abandonAfter how long a handler that ignores its interruption holds up its conversation; then the conversation goes on,
 *     and the handler may still be running beside it
 * @param stopTimeout how long handlers may go on when the service stops
 * @param requireHandlers whether startup stops if there is no handler bean, so that nothing is completed while the handlers are missing
 *     by mistake
 * @param retry when a change is tried again after a failure
 */
@ConfigurationProperties("ackbox.dispatch")
@Validated
record DispatchProperties(
        @DefaultValue("128") @Positive int concurrency,
        @DefaultValue("64") @Positive int statusConcurrency,
        @DefaultValue("4") @Positive int bulkConcurrency,
        @DefaultValue("30s") @DurationMin(millis = 1) Duration handlerTimeout,
        @DefaultValue("30s") @DurationMin Duration abandonAfter,
        @DefaultValue("20s") @DurationMin Duration stopTimeout,
        @DefaultValue("false") boolean requireHandlers,
        @DefaultValue @Valid Retry retry) {

    private static final int MOST_OF_REPLAY = 4;

    /** What is used where nothing is set. */
    static final DispatchProperties DEFAULTS = new DispatchProperties(
            128,
            64,
            4,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            false,
            new Retry(20, Duration.ofSeconds(5), 2, Duration.ofHours(1), 0.2));

    /** For a replay: less of everything, since nobody waits for it. */
    DispatchProperties ofReplay() {
        return new DispatchProperties(
                Math.min(concurrency, MOST_OF_REPLAY),
                Math.min(statusConcurrency, MOST_OF_REPLAY),
                Math.min(bulkConcurrency, MOST_OF_REPLAY),
                handlerTimeout,
                abandonAfter,
                stopTimeout,
                requireHandlers,
                retry);
    }

    /**
     * When a change is tried again. The defaults span about half a day.
     *
     * @param maxAttempts after so many failures the change becomes a dead letter
     * @param initialDelay before the second attempt
     * @param multiplier each further delay is so many times the one before
     * @param maxDelay no delay is longer
     * @param jitter each delay is varied by up to this share, so that what failed together does not come back together
     */
    record Retry(
            @DefaultValue("20") @Positive int maxAttempts,
            @DefaultValue("5s") @DurationMin Duration initialDelay,
            @DefaultValue("2") @DecimalMin("1") double multiplier,
            @DefaultValue("1h") @DurationMin Duration maxDelay,

            @DefaultValue("0.2") @DecimalMin("0") @DecimalMax("1")
            double jitter) {}
}
