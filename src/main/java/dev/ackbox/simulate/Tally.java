package dev.ackbox.simulate;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts what becomes of the notifications of a run. Safe for use by several threads. */
final class Tally {

    private static final int SIGNIFICANT_DIGITS = 3;

    private final long start = System.nanoTime();
    private final Map<Integer, Long> answers = new TreeMap<>();
    private final Map<Failure, Long> failures = new EnumMap<>(Failure.class);
    private final Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
    private long last = start;

    /**
     * Counts one notification, of which the answer is known now.
     *
     * @param since the {@link System#nanoTime} from which its latency counts
     */
    synchronized void count(Answer answer, long since) {
        last = System.nanoTime();
        if (answer instanceof Answer.Status status) {
            answers.merge(status.code(), 1L, Long::sum);
            latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(Math.max(0, last - since)));
        } else if (answer instanceof Answer.None none) {
            failures.merge(none.failure(), 1L, Long::sum);
        }
    }

    synchronized Results results() {
        return new Results(
                new TreeMap<>(answers), new TreeMap<>(failures), latencies.copy(), Duration.ofNanos(last - start));
    }
}
