package dev.ackbox.simulate;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The notifications of one run, in the order of sending. A share of them comes twice, byte for byte, as Meta repeats what it has no answer
 * for; the second right after the first, so that both may be under way at once. Another share is overtaken by the one behind it. For one
 * thread.
 */
final class Traffic {

    private static final int PERCENT = 100;

    private final BodySource bodies;
    private final long count;
    private final int duplicatePercent;
    private final int overtakenPercent;
    private final Deque<byte[]> next = new ArrayDeque<>();
    private long composed;

    Traffic(BodySource bodies, long count, int duplicatePercent, int overtakenPercent) {
        this.bodies = bodies;
        this.count = count;
        this.duplicatePercent = duplicatePercent;
        this.overtakenPercent = overtakenPercent;
    }

    /** Number of notifications, with those that come a second time. */
    long total() {
        return count + share(count, duplicatePercent);
    }

    boolean hasNext() {
        return !next.isEmpty() || composed < count;
    }

    byte[] next(Instant time) {
        if (next.isEmpty()) {
            compose(time, true);
        }
        return next.remove();
    }

    private void compose(Instant time, boolean mayBeOvertaken) {
        byte[] body = bodies.next(time);
        boolean twice = isAmong(duplicatePercent);
        boolean overtaken = mayBeOvertaken && isAmong(overtakenPercent);
        composed++;
        if (overtaken && composed < count) {
            compose(time, false);
        }
        next.add(body);
        if (twice) {
            next.add(body);
        }
    }

    /** Spread evenly, and exact: no chance is involved. */
    private boolean isAmong(int percent) {
        return share(composed + 1, percent) > share(composed, percent);
    }

    private static long share(long first, int percent) {
        return first * percent / PERCENT;
    }
}
