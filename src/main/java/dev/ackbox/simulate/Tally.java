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
    private final Histogram delays = new Histogram(SIGNIFICANT_DIGITS);
    private long last = start;
    private long accepted;
    private long acceptedLater;
    private long retries;
    private long givenUp;

    /**
     * One notification goes out now.
     *
     * @param planned the {@link System#nanoTime} at which it should
     */
    synchronized void began(long planned) {
        delays.recordValue(micros(System.nanoTime() - planned));
    }

    /**
     * Counts one request, of which the answer is known now.
     *
     * @param since the {@link System#nanoTime} from which its latency counts
     */
    synchronized void count(Answer answer, long since) {
        last = System.nanoTime();
        if (answer instanceof Answer.Status status) {
            answers.merge(status.code(), 1L, Long::sum);
            latencies.recordValue(micros(last - since));
        } else if (answer instanceof Answer.None none) {
            failures.merge(none.failure(), 1L, Long::sum);
        }
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos));
    }

    /** A notification was answered with 200 by each app, after so many retries. */
    synchronized void accepted(int retriesBefore) {
        accepted++;
        acceptedLater += retriesBefore > 0 ? 1 : 0;
    }

    /** A notification is sent again. */
    synchronized void retried() {
        retries++;
    }

    /** A notification is not sent again. */
    synchronized void gaveUp() {
        givenUp++;
    }

    synchronized Results results() {
        return new Results(
                new TreeMap<>(answers),
                new TreeMap<>(failures),
                latencies.copy(),
                delays.copy(),
                Duration.ofNanos(last - start),
                new Results.Notifications(accepted, acceptedLater, retries, givenUp));
    }
}
