package dev.ackbox.http;

import dev.ackbox.http.Senders.Standing;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of bodies that are in memory at once: requests are a poor measure, 300 bodies of 3 MB are a gigabyte. */
final class ByteBudget {

    /** One part of so many is kept for senders of what was genuine. */
    private static final int RESERVED_FOR_PROVEN = 4;

    /** Suspects are served while no more than one part of so many is in use. */
    private static final int LEFT_TO_SUSPECTS = 8;

    private final long max;
    private final AtomicLong used = new AtomicLong();

    ByteBudget(long max) {
        this.max = max;
    }

    /** A share that grows as a body comes in, and ends with its request. */
    final class Share implements AutoCloseable {

        private final long ceiling;
        private long bytes;

        private Share(long ceiling) {
            this.ceiling = ceiling;
        }

        /** Takes some more, or nothing where that would be too much. */
        boolean grow(long more) {
            if (used.addAndGet(more) > ceiling) {
                used.addAndGet(-more);
                return false;
            }
            bytes += more;
            return true;
        }

        /** Gives some back. */
        void shrink(long less) {
            used.addAndGet(-less);
            bytes -= less;
        }

        @Override
        public void close() {
            shrink(bytes);
        }
    }

    /** A share for a sender: the less it has shown of itself, the sooner others are served in its place. */
    Share share(Standing standing) {
        return new Share(
                switch (standing) {
                    case PROVEN -> max;
                    case UNKNOWN -> max - max / RESERVED_FOR_PROVEN;
                    case SUSPECT -> max / LEFT_TO_SUSPECTS;
                });
    }
}
