package dev.ackbox.benchmark;

import java.util.List;

/**
 * What came of a load.
 *
 * @param latencies of all answers
 * @param seconds the same, by the second in which the request was sent or was to be sent
 * @param refused answers other than 200
 * @param nanos from the first request to the last answer
 */
record LoadResult(Latencies latencies, List<Latencies> seconds, long refused, long nanos) {

    long acknowledged() {
        return latencies.count() - refused;
    }

    double millisAt(double percentile) {
        return latencies.millisAt(percentile);
    }
}
