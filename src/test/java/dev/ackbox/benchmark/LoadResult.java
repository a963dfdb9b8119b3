package dev.ackbox.benchmark;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What came of a load.
 *
 * @param latencies of all answers, in nanoseconds
 * @param refused answers other than 200
 * @param nanos from the first request to the last answer
 */
record LoadResult(Histogram latencies, long refused, long nanos) {

    long acknowledged() {
        return latencies.getTotalCount() - refused;
    }

    double millisAt(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }

    double shareSlowerThan(long millis) {
        long slower = latencies.getCountBetweenValues(TimeUnit.MILLISECONDS.toNanos(millis), latencies.getMaxValue());
        return latencies.getMaxValue() < TimeUnit.MILLISECONDS.toNanos(millis)
                ? 0
                : (double) slower / latencies.getTotalCount();
    }
}
