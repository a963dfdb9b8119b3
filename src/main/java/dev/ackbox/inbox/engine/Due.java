package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.InboxRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records whose time for another attempt has come.
 *
 * @param records in order of their times
 * @param next when to look again; absent where nothing else waits for its time
 */
public record Due(List<InboxRecord> records, @Nullable Instant next) {}
