package dev.ackbox.process;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/**
 * How far a consumer is, as the inbox says.
 *
 * @param paused whether it is paused
 * @param counts of its records
 * @param open ids of the records that are neither completed nor given up, by why
 * @param dead ids of dead letters
 */
record ConsumerProgress(boolean paused, Counts counts, Map<Waiting, BitSet> open, BitSet dead) {

    /** Why a record comes again. */
    enum Waiting {
        /** The consumer's position has not passed it, and it is not noted as completed beyond that. */
        NOT_PASSED,
        /** It waits for earlier ones of its conversation. */
        HELD,
        /** An attempt failed. */
        RETRY
    }

    /**
     * What has become of the records of a consumer.
     *
     * @param dead those that are still kept
     * @param discarded also dead letters that are no longer kept
     */
    record Counts(long assigned, long completed, long dead, long discarded) {}

    static ConsumerProgress of(boolean paused, Counts counts) {
        Map<Waiting, BitSet> open = new EnumMap<>(Waiting.class);
        for (Waiting why : Waiting.values()) {
            open.put(why, new BitSet());
        }
        return new ConsumerProgress(paused, counts, open, new BitSet());
    }

    boolean isWaiting(long id, Waiting why) {
        return open.get(why).get(Math.toIntExact(id));
    }

    boolean isWaiting(long id) {
        return open.values().stream().anyMatch(ids -> ids.get(Math.toIntExact(id)));
    }

    /** Ids of the records that are to be handled. */
    BitSet waiting() {
        BitSet waiting = new BitSet();
        open.values().forEach(waiting::or);
        return waiting;
    }
}
