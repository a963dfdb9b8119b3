package dev.ackbox.inbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records that match, newest first.
 *
 * @param records at most as many as asked for. There may be fewer, even none, although more match: a search that takes long gives
 *     what it has found.
 * @param next where to go on: behind this id; absent where nothing else matches
 */
public record ArchivePage(
        List<ArchivedRecord> records, @Nullable InboxRecordId next) {

    public ArchivePage {
        records = List.copyOf(records);
    }
}
