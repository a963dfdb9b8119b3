package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.InboxRecord;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * What a transaction has written.
 *
 * @param isNew bit <i>i</i> is set where the <i>i</i>-th record of the batch is new
 * @param stored the new records, in order of their ids
 * @param after see {@code through}
 * @param through the new records are all that will ever be stored with ids behind {@code after} up to this one; both are 0
 *     where other processes store as well
 * @param lost shares of the batch's changes that this process no longer owns; nothing was written for them
 */
public record Written(BitSet isNew, List<Stored> stored, long after, long through, Set<Share> lost) {

    /**
     * A new record.
     *
     * @param share number of its share
     */
    public record Stored(int share, InboxRecord record) {}
}
