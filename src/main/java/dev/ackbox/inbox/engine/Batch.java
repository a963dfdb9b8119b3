package dev.ackbox.inbox.engine;

import java.util.List;

/**
 * What one transaction writes.
 *
 * @param number names the batch; a repetition has the same
 * @param records to be appended, in order of arrival
 * @param changes progress of consumers
 */
public record Batch(long number, List<HashedRecord> records, List<Change> changes) {

    public Batch {
        records = List.copyOf(records);
        changes = List.copyOf(changes);
    }
}
