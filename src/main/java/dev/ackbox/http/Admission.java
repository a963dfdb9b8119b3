package dev.ackbox.http;

import dev.ackbox.http.tomcat.Allowance;
import dev.ackbox.security.SenderNetwork;
import org.jspecify.annotations.Nullable;

/**
 * Decides which bodies are read while others are. Knows only what is in use at the moment, by all and by each network; nothing about who sent
 * what before. Safe for use by several threads.
 *
 * <ol>
 *   <li>Each body takes a place until it has proved genuine or is rejected. A place covers the first 16 KB, which is more than nearly
 *       all notifications have.
 *   <li>What a body has beyond that, it takes from the bytes in flight. Large bodies, however many, therefore do not keep small ones out.
 * </ol>
 */
final class Admission {

    /** What a place covers, in bytes. */
    static final int SMALL_BODY = 16 << 10;

    /** Large bodies of so many networks have room beside each other, once a quarter of the bytes is in use. */
    private static final int NETWORKS_WITH_LARGE_BODIES = 6;

    private final Budget places;
    private final Budget bytes;

    /**
     * Creates one without any bodies.
     *
     * @param maxBodies how many bodies may be read at once
     */
    Admission(int maxBodies, HttpProperties properties) {
        long max = properties.bytesInFlight();
        // A buffer grows by copying, so the largest body takes up to twice its size.
        long share = Math.max(
                max / NETWORKS_WITH_LARGE_BODIES, 2 * properties.maxBodySize().toBytes());
        this.places = new Budget(Allowance.of(maxBodies));
        this.bytes = new Budget(new Allowance(max, share));
    }

    /** Gives a body its place; none where too many bodies are being read, all together or of the sender's network. */
    @Nullable
    Body admit(String address) {
        SenderNetwork network = SenderNetwork.of(address);
        return places.take(network, 1) ? new Body(network) : null;
    }

    /** A body that may be read. Used by one thread. */
    final class Body implements AutoCloseable {

        private final SenderNetwork network;
        private boolean hasPlace = true;
        private long taken;

        private Body(SenderNetwork network) {
            this.network = network;
        }

        /** Takes bytes beyond the first 16 KB, or returns false where too many are in flight. */
        boolean take(long more) {
            if (more > 0 && !bytes.take(network, more)) {
                return false;
            }
            taken += more;
            return true;
        }

        /** Gives bytes back. */
        void giveBack(long less) {
            if (less > 0) {
                bytes.giveBack(network, less);
                taken -= less;
            }
        }

        /** It is genuine: the place is free for the next one. Its bytes stay in flight until it is closed. */
        void isGenuine() {
            if (hasPlace) {
                hasPlace = false;
                places.giveBack(network, 1);
            }
        }

        @Override
        public void close() {
            isGenuine();
            giveBack(taken);
        }
    }
}
