package dev.ackbox.simulate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of one run, in the order of sending. A share of them comes twice, byte for byte, as Meta
 * repeats what it has no answer for; the second right after the first, so that both may be under way at once. For
 * one thread.
 */
final class Traffic {

    private static final int PERCENT = 100;

    private final BodySource bodies;
    private final long count;
    private final int duplicatePercent;
    private long composed;
    private byte @Nullable [] repeated;

    Traffic(BodySource bodies, long count, int duplicatePercent) {
        this.bodies = bodies;
        this.count = count;
        this.duplicatePercent = duplicatePercent;
    }

    /** Number of notifications, with those that come a second time. */
    long total() {
        return count + duplicatesAmong(count);
    }

    boolean hasNext() {
        return repeated != null || composed < count;
    }

    byte[] next(Instant time) {
        byte[] second = repeated;
        if (second != null) {
            repeated = null;
            return second;
        }
        byte[] first = bodies.next(time);
        boolean twice = duplicatesAmong(composed + 1) > duplicatesAmong(composed);
        repeated = twice ? first : null;
        composed++;
        return first;
    }

    /** Spread evenly, and exact: no chance is involved. */
    private long duplicatesAmong(long first) {
        return first * duplicatePercent / PERCENT;
    }
}
