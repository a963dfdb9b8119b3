package dev.ackbox.inbox;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a backup is.
 *
 * @param file the copy; there once it is complete
 * @param startedAt when it began
 * @param endedAt when it ended; absent while it runs
 * @param bytes what is copied so far
 * @param failure why it failed; absent where it has not
 */
public record BackupState(
        Path file,
        Instant startedAt,
        @Nullable Instant endedAt,
        long bytes,
        @Nullable String failure) {}
