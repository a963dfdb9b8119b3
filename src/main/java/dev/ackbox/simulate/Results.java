package dev.ackbox.simulate;

import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;

/**
 * What a run came to so far.
 *
 * @param answers number of answers by status
 * @param failures number of notifications without an answer, by kind
 * @param latencies of the answers, in microseconds
 * @param elapsed from the start to the last answer or failure
 */
record Results(Map<Integer, Long> answers, Map<Failure, Long> failures, AbstractHistogram latencies, Duration elapsed) {

    private static final double MICROS_IN_MILLI = 1_000;
    private static final double NANOS_IN_SECOND = 1e9;

    long finished() {
        return sum(answers) + sum(failures);
    }

    long acknowledged() {
        return answers.getOrDefault(200, 0L);
    }

    double latencyMillis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / MICROS_IN_MILLI;
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
