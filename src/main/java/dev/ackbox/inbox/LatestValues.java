package dev.ackbox.inbox;

import java.time.Instant;
import java.util.List;

/**
 * The newest value of each key, kept beside the inbox and as durable as it is; for state of which only the latest counts.
 * An older value never replaces a newer one, in whatever order they come.
 *
 * <p>Both methods may be called from any thread. Neither runs native code on the calling thread, so virtual threads may
 * call them. Opened and closed with the inbox; what is called later fails.
 */
public interface LatestValues {

    /**
     * Keeps a value unless a newer one is there. Of two with the same time, the one of the later call is kept. Waits
     * until it is durable, for some seconds at most.
     *
     * @param key see {@link LatestValue#key()}
     * @param time what decides which value is newer; counts to the millisecond
     * @param value may be empty; must not be changed meanwhile
     * @throws InboxUnavailableException where nothing was kept, or where that cannot be told (keeping it again is safe)
     */
    void put(String key, Instant time, byte[] value);

    /**
     * All values, in the order of their keys.
     *
     * @throws InboxUnavailableException where they cannot be read
     */
    List<LatestValue> all();
}
