package dev.ackbox.http;

import dev.ackbox.http.Senders.Standing;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds how much of something is in use at once, the sooner the less a sender has shown of itself. */
final class Budget {

    /** One part of so many is kept for senders of what was genuine. */
    private static final int RESERVED_FOR_PROVEN = 4;

    /** Suspects are served while no more than one part of so many is in use. */
    private static final int LEFT_TO_SUSPECTS = 8;

    private final long max;
    private final AtomicLong used = new AtomicLong();

    Budget(long max) {
        this.max = max;
    }

    /** What a request has of it; grows with the request and ends with it. */
    final class Share implements AutoCloseable {

        private final long ceiling;
        private long taken;

        private Share(long ceiling) {
            this.ceiling = ceiling;
        }

        /** Takes some more, or nothing where that would be too much. */
        boolean grow(long more) {
            if (used.addAndGet(more) > ceiling) {
                used.addAndGet(-more);
                return false;
            }
            taken += more;
            return true;
        }

        /** Gives some back. */
        void shrink(long less) {
            used.addAndGet(-less);
            taken -= less;
        }

        @Override
        public void close() {
            shrink(taken);
        }
    }

    /** A share for a sender. */
    Share share(Standing standing) {
        return new Share(
                switch (standing) {
                    case PROVEN -> max;
                    case UNKNOWN -> max - max / RESERVED_FOR_PROVEN;
                    case SUSPECT -> Math.max(1, max / LEFT_TO_SUSPECTS);
                });
    }
}
