package dev.ackbox.inbox.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What makes a consumer a replay.
 *
 * @param consumer its name
 * @param createdAt when it was started
 * @param filter which records it brings; after a restart without the subjects' own ids
 * @param after only records behind this id
 * @param end no record behind this id
 * @param records how many matched when it was started
 * @param handler see {@link dev.ackbox.inbox.Replay#handler()}
 * @param rate records a second, at most
 * @param description see {@link dev.ackbox.inbox.Replay#description()}
 */
public record ReplayDefinition(
        String consumer,
        Instant createdAt,
        HashedFilter filter,
        long after,
        long end,
        long records,
        @Nullable String handler,
        int rate,
        String description) {}
