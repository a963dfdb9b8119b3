package dev.ackbox.http;

import dev.ackbox.security.UnreadableFileException;
import dev.ackbox.security.WatchedFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that say who may send: addresses and secrets, by the setting that names each. One daemon thread reads them again when they
 * change, until it is closed. Safe for use by several threads.
 */
public final class WatchedFiles implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WatchedFiles.class);

    private final ConcurrentNavigableMap<String, WatchedFile<?>> bySetting = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread daemon = new Thread(work, "ackbox-file-watch");
        daemon.setDaemon(true);
        return daemon;
    });

    WatchedFiles() {}

    /**
     * Reads the file that a setting names, and begins to watch it.
     *
     * @param interval how long after a look the next one is due
     * @throws UnreadableFileException if the first reading fails
     * @throws InvalidSettingException if the interval is not positive
     */
    <T> WatchedFile<T> open(String setting, Path path, WatchedFile.Parser<? extends T> parser, Duration interval) {
        InvalidSettingException.require(
                !interval.isZero() && !interval.isNegative(),
                "The interval at which to look at the file of '" + setting + "' is " + interval + ".",
                "Set it to more than nothing, such as 30s.");
        WatchedFile<T> file = new WatchedFile<>(path, parser);
        bySetting.put(setting, file);
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                () -> look(file), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        return file;
    }

    private static void look(WatchedFile<?> file) {
        try {
            file.look();
        } catch (RuntimeException | Error ex) {
            // Thrown further it would end the watch in silence.
            log.warn("Could not look at {}: {}", file, ex.getClass().getName());
        }
    }

    /** Those that the last look could not read, by setting, with the reason. */
    public Map<String, String> unreadable() {
        Map<String, String> unreadable = new LinkedHashMap<>();
        bySetting.forEach((setting, file) -> {
            String failure = file.failure();
            if (failure != null) {
                unreadable.put(setting, failure);
            }
        });
        return unreadable;
    }

    /** The path of each, by the setting that names it, or whose value it holds. */
    public Map<String, String> watched() {
        Map<String, String> watched = new LinkedHashMap<>();
        bySetting.forEach((setting, file) -> watched.put(setting, file.file().toString()));
        return watched;
    }

    /** Called as well where startup fails after some were opened. Values stay in use. */
    @Override
    public void close() {
        // Not shutdownNow: an interrupted reading would be logged as a failure.
        thread.shutdown();
    }
}
