package dev.ackbox.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is read at the start, and again when it has changed. Safe for use by several threads; one daemon thread per
 * file looks at it.
 *
 * <ol>
 *   <li>Each look compares time of change, size and identity of what the path leads to, symbolic links followed: a
 *       mounted ConfigMap or Secret changes by the swap of a link two steps away, of which the file system tells nobody.
 *   <li>A change is taken over by the look that finds it at rest, which is the second one. A file that is still being
 *       written, as by a download, would otherwise be read in part, and a part of a list is a list.
 *   <li>What cannot be read leaves the last good value in use. It is logged once per change, and shown by {@link #state}
 *       until a look succeeds.
 * </ol>
 *
 * @param <T> what the content means
 */
public final class WatchedFile<T> implements AutoCloseable {

    /** The largest file that is read: 8 MiB. */
    public static final int MAX_SIZE = 8 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(WatchedFile.class);

    private final Path file;
    private final Parser<? extends T> parser;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(WatchedFile::thread);

    private @Nullable Fingerprint seen;
    private @Nullable Fingerprint tried;
    private boolean again;
    private volatile Reading<T> reading;

    /** The value in use, and how the file stands, which change together. */
    private record Reading<T>(T value, FileState state) {}

    /**
     * Makes a value of a file's content.
     *
     * @param <T> what the content means
     */
    @FunctionalInterface
    public interface Parser<T> {

        /**
         * Called by the thread that opens the file, later by the one that watches it.
         *
         * @throws MalformedTextException if the content is not what it should be; the file is then not taken over
         */
        T parse(byte[] content) throws MalformedTextException;
    }

    private WatchedFile(Path file, Parser<? extends T> parser, Clock clock) {
        this.file = file;
        this.parser = parser;
        this.clock = clock;
        this.seen = Fingerprint.of(file);
        this.tried = seen;
        Instant now = clock.instant();
        this.reading = new Reading<>(parsed(content()), new FileState(now, now, null));
    }

    /**
     * Reads the file and begins to watch it.
     *
     * @param file the file, or a symbolic link to it; anything but a regular file, or one of more than 8 MiB, is refused
     * @param parser makes the value of the content
     * @param interval how long after a look the next one is due; a change is in use after two looks
     * @param clock tells when something was read
     * @throws UnreadableFileException if the first reading fails
     */
    public static <T> WatchedFile<T> open(Path file, Parser<? extends T> parser, Duration interval, Clock clock) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("'interval' must be positive");
        }
        WatchedFile<T> watched = new WatchedFile<>(file, parser, clock);
        watched.start(interval);
        return watched;
    }

    private void start(Duration interval) {
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                this::lookAndGoOn, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "ackbox-file-watch");
        thread.setDaemon(true);
        return thread;
    }

    /** The value in use: of the last reading that succeeded. */
    public T value() {
        return reading.value();
    }

    /** How the file stands. */
    public FileState state() {
        return reading.state();
    }

    /** The path that is watched. */
    public Path file() {
        return file;
    }

    /** Ends the watch, after the look that is being taken. The value stays in use. */
    @Override
    public void close() {
        // Not shutdownNow: an interrupted reading would be logged as a failure.
        thread.shutdown();
    }

    private void lookAndGoOn() {
        try {
            look();
        } catch (RuntimeException | Error ex) {
            // Thrown further it would end the watch in silence.
            log.warn("Could not look at {}: {}", file, ex.getClass().getName());
        }
    }

    /** One look at the file, as the watching thread takes it. */
    synchronized void look() {
        Fingerprint found = Fingerprint.of(file);
        boolean atRest = Objects.equals(found, seen);
        seen = found;
        if (atRest && (again || !Objects.equals(found, tried))) {
            take(found);
        }
        reading = new Reading<>(value(), state().lookedAt(clock.instant()));
    }

    private void take(@Nullable Fingerprint found) {
        boolean changed = !Objects.equals(found, tried);
        tried = found;
        again = false;
        try {
            byte[] content = content();
            if (!Objects.equals(found, Fingerprint.of(file))) {
                again = true;
                return;
            }
            T value = parsed(content);
            Instant now = clock.instant();
            reading = new Reading<>(value, new FileState(now, now, null));
            log.info("Read {} again", file);
        } catch (UnreadableFileException ex) {
            fail(ex, changed);
        }
    }

    private void fail(UnreadableFileException ex, boolean changed) {
        FileState state = state();
        FileFailure last = state.failure();
        FileFailure failure = new FileFailure(last == null ? clock.instant() : last.since(), ex.line(), ex.reason());
        if (changed || !failure.equals(last)) {
            log.warn("{}; what was read at {} stays in use", ex.getMessage(), state.readAt());
        }
        reading = new Reading<>(value(), new FileState(state.readAt(), state.lookedAt(), failure));
    }

    private byte[] content() {
        try {
            Fingerprint found = Fingerprint.of(file);
            if (found != null && !found.regular()) {
                // To open a pipe would wait for its other end.
                throw new UnreadableFileException(file, "expected a regular file", null);
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] content = in.readNBytes(MAX_SIZE + 1);
                if (content.length > MAX_SIZE) {
                    throw new UnreadableFileException(file, "expected at most " + MAX_SIZE + " bytes", null);
                }
                return content;
            }
        } catch (IOException ex) {
            // Rights can change without a trace in time and size.
            again = true;
            throw new UnreadableFileException(file, reason(ex), ex);
        }
    }

    private static String reason(IOException ex) {
        if (ex instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return ex instanceof AccessDeniedException
                ? "the rights to read it are missing"
                : "it cannot be read (" + ex.getClass().getSimpleName() + ")";
    }

    private T parsed(byte[] content) {
        try {
            return parser.parse(content);
        } catch (MalformedTextException ex) {
            throw new UnreadableFileException(file, ex);
        } catch (RuntimeException ex) {
            // Its message may hold content, and so it is no cause either.
            throw new UnreadableFileException(
                    file, "the parser fails with " + ex.getClass().getSimpleName(), null);
        }
    }
}
