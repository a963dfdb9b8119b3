package dev.ackbox.http;

import dev.ackbox.security.FileWatch;
import dev.ackbox.security.UnreadableFileException;
import dev.ackbox.security.WatchedFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The files that settings name, by setting, watched by one thread until closed. Safe for use by several threads. */
final class WatchedFiles implements SenderFiles, AutoCloseable {

    private final ConcurrentNavigableMap<String, WatchedFile<?>> bySetting = new ConcurrentSkipListMap<>();
    private final FileWatch watch = new FileWatch();

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
        watch.add(file, interval);
        return file;
    }

    @Override
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

    @Override
    public Map<String, String> watched() {
        Map<String, String> watched = new LinkedHashMap<>();
        bySetting.forEach((setting, file) -> watched.put(setting, file.file().toString()));
        return watched;
    }

    /** Called as well where startup fails after some were opened. */
    @Override
    public void close() {
        watch.close();
    }
}
