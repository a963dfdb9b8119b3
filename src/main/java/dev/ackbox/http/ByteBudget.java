package dev.ackbox.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of bodies that are in memory at once: requests are a poor measure, 300 bodies of 3 MB are a gigabyte. */
final class ByteBudget {

    private final long max;
    private final AtomicLong used = new AtomicLong();

    ByteBudget(long max) {
        this.max = max;
    }

    /** A share that grows as a body comes in, and ends with its request. */
    final class Share implements AutoCloseable {

        private long bytes;

        /** Takes some more, or nothing where that would be too much. */
        boolean grow(long more) {
            if (used.addAndGet(more) > max) {
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

    Share share() {
        return new Share();
    }
}
