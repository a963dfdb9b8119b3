package dev.ackbox.inbox;

import java.util.BitSet;

/**
 * What became of a notification's records: all of them are durable now, and some were there before.
 *
 * @param stored bit <i>i</i> is set where the <i>i</i>-th record is new, and clear where it is a duplicate
 */
public record Appended(BitSet stored) {

    public boolean isNew(int index) {
        return stored.get(index);
    }
}
