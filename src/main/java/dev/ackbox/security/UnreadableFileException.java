package dev.ackbox.security;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file cannot be read, or is not of the form it should have. The message names the file and the reason, with nothing of the content. */
public final class UnreadableFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    UnreadableFileException(Path file, String reason, @Nullable Throwable cause) {
        super(file + ": " + reason, cause);
        this.reason = reason;
    }

    /** What is wrong, and in which line if it is one, without the file. */
    public String reason() {
        return reason;
    }
}
