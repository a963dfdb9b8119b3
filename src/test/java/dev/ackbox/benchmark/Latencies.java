package dev.ackbox.benchmark;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How long answers took. */
final class Latencies {

    private final Histogram nanos = new Histogram(TimeUnit.MINUTES.toNanos(2), 3);

    void add(long nanos) {
        this.nanos.recordValue(nanos);
    }

    long count() {
        return nanos.getTotalCount();
    }

    double millisAt(double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e6;
    }

    double shareSlowerThan(long millis) {
        long limit = TimeUnit.MILLISECONDS.toNanos(millis);
        return nanos.getMaxValue() < limit
                ? 0
                : (double) nanos.getCountBetweenValues(limit, nanos.getMaxValue()) / nanos.getTotalCount();
    }
}
