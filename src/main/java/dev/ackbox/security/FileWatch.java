package dev.ackbox.security;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One daemon thread that looks at files, each at its interval, until closed. Safe for use by several threads. */
public final class FileWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FileWatch.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(FileWatch::thread);

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "ackbox-file-watch");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Looks at a file from now on.
     *
     * @param interval how long after a look the next one is due; positive
     */
    public void add(WatchedFile<?> file, Duration interval) {
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                () -> look(file), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void look(WatchedFile<?> file) {
        try {
            file.look();
        } catch (RuntimeException | Error ex) {
            // Thrown further it would end the watch in silence.
            log.warn("Could not look at {}: {}", file, ex.getClass().getName());
        }
    }

    /** Ends the watch after the look that is being taken. Values stay in use. */
    @Override
    public void close() {
        // Not shutdownNow: an interrupted reading would be logged as a failure.
        thread.shutdown();
    }
}
