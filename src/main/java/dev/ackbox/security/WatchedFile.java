package dev.ackbox.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is read at startup, and again when it has changed. One thread looks at it; any thread may ask for the value.
 *
 * <ol>
 *   <li>Each look compares time of change, size and identity of what the path leads to, symbolic links followed: a
 *       mounted ConfigMap or Secret changes by the swap of a link two steps away, of which the file system tells nobody.
 *   <li>A change is read by the look that finds it at rest, which is the second one. A file that is still being
 *       written, as by a download, would otherwise be read in part, and a part of a list is a list.
 *   <li>A file that cannot be read leaves the last good value in use. It is logged once per change, and shown by {@link #failure}
 *       until a look succeeds.
 * </ol>
 *
 * @param <T> what the content means
 */
public final class WatchedFile<T> {

    /** The largest file that is read: 8 MiB. */
    public static final int MAX_SIZE = 8 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(WatchedFile.class);

    private final Path file;
    private final Parser<? extends T> parser;
    private @Nullable Fingerprint seen;
    private @Nullable Fingerprint tried;
    private boolean again;
    private volatile State<T> state;

    /** The value in use, and why the file as it is now is not; they change together. */
    private record State<T>(T value, @Nullable String failure) {}

    /** What tells one state of a file from another without reading it. */
    private record Fingerprint(
            FileTime modified,
            long size,
            boolean regular,
            @Nullable Object key) {

        /** Absent where there is no file, or none that one may look at. */
        static @Nullable Fingerprint of(Path file) {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                return new Fingerprint(found.lastModifiedTime(), found.size(), found.isRegularFile(), found.fileKey());
            } catch (IOException ex) {
                return null;
            }
        }
    }

    /**
     * Makes a value of a file's content.
     *
     * @param <T> what the content means
     */
    @FunctionalInterface
    public interface Parser<T> {

        /**
         * Called by the thread that opens the file, later by the one that looks at it.
         *
         * @throws MalformedTextException if the content is not what it should be; the value then stays as it was
         */
        T parse(byte[] content) throws MalformedTextException;
    }

    /**
     * Reads the file.
     *
     * @param file the file, or a symbolic link to it; anything but a regular file, or one of more than 8 MiB, is rejected
     * @param parser makes the value of the content
     * @throws UnreadableFileException if it cannot be read
     */
    public WatchedFile(Path file, Parser<? extends T> parser) {
        this.file = file;
        this.parser = parser;
        this.seen = Fingerprint.of(file);
        this.tried = seen;
        this.state = new State<>(parsed(content()), null);
    }

    /** The file, as it was named. */
    public Path file() {
        return file;
    }

    /** The value in use: of the last reading that succeeded. */
    public T value() {
        return state.value();
    }

    /** Why the file as it is now is not in use, with nothing of its content; absent where it is in use. */
    public @Nullable String failure() {
        return state.failure();
    }

    /** Looks whether the file has changed. A change is in use after two looks. */
    public synchronized void look() {
        Fingerprint found = Fingerprint.of(file);
        boolean atRest = Objects.equals(found, seen);
        seen = found;
        if (atRest && (again || !Objects.equals(found, tried))) {
            read(found);
        }
    }

    private void read(@Nullable Fingerprint found) {
        boolean changed = !Objects.equals(found, tried);
        tried = found;
        again = false;
        try {
            byte[] content = content();
            if (!Objects.equals(found, Fingerprint.of(file))) {
                again = true;
                return;
            }
            state = new State<>(parsed(content), null);
            log.info("Read {} again", file);
        } catch (UnreadableFileException ex) {
            if (changed || !ex.reason().equals(failure())) {
                log.warn("{}; what was read before stays in use", ex.getMessage());
            }
            state = new State<>(value(), ex.reason());
        }
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
            throw new UnreadableFileException(file, String.valueOf(ex.getMessage()), ex);
        } catch (RuntimeException ex) {
            // Its message may hold content, and so it is no cause either.
            throw new UnreadableFileException(
                    file, "the parser fails with " + ex.getClass().getSimpleName(), null);
        }
    }

    /** The path. */
    @Override
    public String toString() {
        return file.toString();
    }
}
