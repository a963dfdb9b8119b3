package dev.ackbox.inbox;

import java.util.BitSet;

/**
 * The answer to an append: every record of the notification is durable now, and some were there before.
 *
 * @param stored bit <i>i</i> is set where the <i>i</i>-th record is new, and clear where it is a duplicate
 */
public record AppendResult(BitSet stored) {

    public boolean isNew(int index) {
        return stored.get(index);
    }
}
