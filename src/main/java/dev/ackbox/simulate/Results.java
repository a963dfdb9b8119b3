package dev.ackbox.simulate;

import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;

/**
 * What a run came to so far.
 *
 * @param answers number of answers by status
 * @param failures number of requests without an answer, by kind
 * @param latencies of the answers, from the planned time, in microseconds
 * @param delays from the planned time until the request went out, in microseconds
 * @param elapsed from the start to the last answer or failure
 * @param notifications what became of the notifications, each of which may take several requests
 */
record Results(
        Map<Integer, Long> answers,
        Map<Failure, Long> failures,
        AbstractHistogram latencies,
        AbstractHistogram delays,
        Duration elapsed,
        Notifications notifications) {

    private static final double MICROS_IN_MILLI = 1_000;
    private static final double NANOS_IN_SECOND = 1e9;

    /** Beyond it Meta's wish is missed: fewer than 1 % above (documented: "Throughput"). */
    private static final long LATE_MICROS = 1_000_000;

    /**
     * What became of notifications.
     *
     * @param accepted answered with 200 by each app
     * @param acceptedLater of these, after at least one retry
     * @param retries how often one was sent again
     * @param givenUp not accepted, and not sent again
     */
    record Notifications(long accepted, long acceptedLater, long retries, long givenUp) {}

    long finished() {
        return sum(answers) + sum(failures);
    }

    long acknowledged() {
        return answers.getOrDefault(200, 0L);
    }

    /** Answers that came, but after more than a second. */
    long late() {
        return latencies.getTotalCount() - latencies.getCountBetweenValues(0, LATE_MICROS);
    }

    double latencyMillis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / MICROS_IN_MILLI;
    }

    double delayMillis(double percentile) {
        return delays.getValueAtPercentile(percentile) / MICROS_IN_MILLI;
    }

    double seconds() {
        return elapsed.toNanos() / NANOS_IN_SECOND;
    }

    double perSecond() {
        return elapsed.isZero() ? 0 : finished() / seconds();
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
