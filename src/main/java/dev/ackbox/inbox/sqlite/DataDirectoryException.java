package dev.ackbox.inbox.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The data directory cannot be used; the service does not start. */
public final class DataDirectoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    private DataDirectoryException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    static DataDirectoryException inUse(Path path) {
        return new DataDirectoryException(
                "The data directory '" + path.toAbsolutePath().normalize() + "' is in use by another Ackbox.",
                "Stop the other one, or give this one a directory of its own with ACKBOX_DATA_DIR"
                        + " (ackbox.inbox.sqlite.directory).",
                null);
    }

    static DataDirectoryException notWritable(Path path, IOException cause) {
        return new DataDirectoryException(
                "The data directory '" + path.toAbsolutePath().normalize() + "' cannot be created or written: "
                        + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ".",
                "Give the service's user write access to it, or name another one with ACKBOX_DATA_DIR"
                        + " (ackbox.inbox.sqlite.directory).",
                cause);
    }

    /** What the operator can do about it. */
    public String action() {
        return action;
    }
}
