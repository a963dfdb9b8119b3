package dev.ackbox.inbox.memory;

import dev.ackbox.inbox.engine.Store;
import java.time.Clock;

/**
 * Records, progress and deliveries in memory: for tests, and for warming up before the service is ready. It keeps what any other
 * engine keeps, but not beyond the end of the process, so no property selects it.
 *
 * <p>It stands for a database. Each {@link #connect} is a process that uses it; closing that leaves what is stored.
 */
public final class MemoryStore {

    private final MemoryDatabase database;

    private MemoryStore(MemoryDatabase database) {
        this.database = database;
    }

    /** A store of one process, with one share. */
    public static MemoryStore ofOneProcess(Clock clock) {
        return new MemoryStore(new MemoryDatabase(1, false, clock));
    }

    /**
     * A store that several processes may use at the same time, each of which holds some of the shares.
     *
     * @param clock says when a lease of a share ends
     */
    public static MemoryStore shared(int shares, Clock clock) {
        return new MemoryStore(new MemoryDatabase(shares, true, clock));
    }

    /**
     * Opens the store for a process.
     *
     * @param owner names the process among those that use the store
     */
    public Store connect(String owner) {
        return new MemoryProcess(database, owner);
    }
}
