package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.InboxRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records whose time for another attempt has come, or whose turn it is in their conversation.
 *
 * @param records in order of their times, or of their ids; those that have their payload
 * @param gone of the others, without a payload: retention had erased it before the delivery was written
 * @param next when to look again; absent where nothing else waits for its time
 */
public record Due(
        List<InboxRecord> records,
        List<InboxRecord> gone,
        @Nullable Instant next) {

    /** Nothing waits. */
    public static final Due NOTHING = new Due(List.of(), List.of(), null);
}
