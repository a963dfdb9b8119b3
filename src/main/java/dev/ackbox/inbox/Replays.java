package dev.ackbox.inbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings records that are kept to the handlers once more. A replay is a consumer with an end that is fixed when it starts. No
 * conversation is worked on by a replay and by live traffic at once, and a replay rests while live records wait for a worker, or while
 * the consumer {@code handlers} is paused. Replays survive a restart.
 *
 * <p>All methods may be called from any thread, and throw {@link InboxUnavailableException} where the inbox cannot be used.
 */
public interface Replays {

    /** So many are kept at once, those that have ended included. */
    int MOST = 8;

    /** The highest rate. */
    int MAX_RATE = 10_000;

    /**
     * Starts a replay of the records that match now. Those whose payload is no longer kept when it comes to them are discarded.
     * Where {@link #MOST} are kept, the oldest one that has ended without dead letters makes room.
     *
     * @param filter which records; its consumer and state do not count
     * @param handler the only one to be called; absent for all
     * @param rate records a second, from 1 to {@link #MAX_RATE}
     * @param description what it is about, without personal data
     * @throws IllegalStateException where no further one can be kept
     */
    Replay start(RecordFilter filter, @Nullable String handler, int rate, String description);

    /** All that are kept, the oldest first. */
    List<Replay> all();

    /**
     * Stops a replay and forgets it, dead letters included. What is being worked on ends.
     *
     * @return false where there is none of this id
     */
    boolean remove(String id);
}
