package dev.ackbox.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much is stored and not completed.
 *
 * @param waiting records to be handled, those in hand and those waiting for a retry included
 * @param dead dead letters
 * @param oldestWaiting when the oldest waiting record was received; absent where none waits
 */
public record Backlog(long waiting, long dead, @Nullable Instant oldestWaiting) {}
