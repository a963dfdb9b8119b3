package dev.ackbox.security;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A file cannot be read, or is not of the form it should have. The message names the file, the line and the reason, and
 * holds nothing of the content.
 */
public final class UnreadableFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int WHOLE = 0;

    private final int line;
    private final String reason;

    private UnreadableFileException(Path file, OptionalInt line, String reason, @Nullable Throwable cause) {
        super(file + (line.isPresent() ? ", line " + line.getAsInt() : "") + ": " + reason, cause);
        this.line = line.orElse(WHOLE);
        this.reason = reason;
    }

    UnreadableFileException(Path file, String reason, @Nullable Throwable cause) {
        this(file, OptionalInt.empty(), reason, cause);
    }

    UnreadableFileException(Path file, MalformedTextException cause) {
        this(file, cause.line(), cause.reason(), cause);
    }

    /** The number of the line that is wrong, from 1; empty where it is not about one. */
    public OptionalInt line() {
        return line == WHOLE ? OptionalInt.empty() : OptionalInt.of(line);
    }

    /** What is wrong, without file and line. */
    public String reason() {
        return reason;
    }
}
