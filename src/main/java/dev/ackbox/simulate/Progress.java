package dev.ackbox.simulate;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Prints a line at intervals on how far a run has come. */
final class Progress {

    private final Tally tally;
    private final long total;
    private final PrintWriter out;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Progress::daemon);

    Progress(Tally tally, long total, PrintWriter out) {
        this.tally = tally;
        this.total = total;
        this.out = out;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
    }

    void start(Duration interval) {
        var unused =
                timer.scheduleAtFixedRate(this::print, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    void stop() {
        timer.shutdownNow();
    }

    private void print() {
        Results results = tally.results();
        out.printf(
                Locale.ROOT,
                "%d of %d finished, %d of them not with 200; %.1f per second, p99 %.1f ms%n",
                results.finished(),
                total,
                results.finished() - results.acknowledged(),
                results.perSecond(),
                results.latencyMillis(99));
        out.flush();
    }
}
