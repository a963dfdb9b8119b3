package dev.ackbox.http;

import dev.ackbox.security.UnreadableFileException;
import dev.ackbox.security.WatchedFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The files that settings name, by setting, watched until closed. Safe for use by several threads. */
final class WatchedFiles implements SenderFiles, AutoCloseable {

    private final ConcurrentNavigableMap<String, WatchedFile<?>> bySetting = new ConcurrentSkipListMap<>();
    private final Clock clock;

    WatchedFiles(Clock clock) {
        this.clock = clock;
    }

    /**
     * Reads the file that a setting names, and begins to watch it.
     *
     * @throws UnreadableFileException if the first reading fails
     * @see WatchedFile#open
     */
    <T> WatchedFile<T> open(String setting, Path path, WatchedFile.Parser<? extends T> parser, Duration interval) {
        WatchedFile<T> file = WatchedFile.open(path, parser, interval, clock);
        bySetting.put(setting, file);
        return file;
    }

    @Override
    public Map<String, String> unreadable() {
        Map<String, String> unreadable = new LinkedHashMap<>();
        bySetting.forEach((setting, file) -> {
            var failure = file.state().failure();
            if (failure != null) {
                unreadable.put(setting, failure.reason());
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

    /** Called as well where the start fails after some were opened. */
    @Override
    public void close() {
        bySetting.values().forEach(WatchedFile::close);
    }
}
