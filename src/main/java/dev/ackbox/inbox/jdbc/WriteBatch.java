package dev.ackbox.inbox.jdbc;

import dev.ackbox.inbox.Appended;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Settlement;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What one transaction writes. */
record WriteBatch(List<Append> appends, List<Settled> settled) {

    /** A notification that waits for its acknowledgement. */
    record Append(List<NewRecord> records, long bytes, CompletableFuture<Appended> acknowledgement) {

        static Append of(List<NewRecord> records) {
            long bytes = records.stream()
                    .mapToLong(newRecord -> newRecord.payload().length)
                    .sum();
            return new Append(records, bytes, new CompletableFuture<>());
        }
    }

    /** A claimed record and what became of it. */
    record Settled(InboxRecord record, Settlement settlement) {}
}
