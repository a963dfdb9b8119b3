package dev.ackbox.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a consumer is. assigned = completed + waiting + dead + discarded.
 *
 * @param assigned records that were stored since the consumer's start
 * @param completed records that are completed
 * @param dead dead letters
 * @param discarded records that were given up without an attempt: their payload was no longer kept, or was erased. Dead
 *     letters whose retention has ended count here.
 * @param oldestWaiting when the oldest waiting record was received; absent where none waits
 */
public record Backlog(
        long assigned,
        long completed,
        long dead,
        long discarded,
        @Nullable Instant oldestWaiting) {

    /** Of a consumer that has nothing, and never had. */
    public static final Backlog NOTHING = new Backlog(0, 0, 0, 0, null);

    /** Records to be worked on, including those in work and those that wait for a retry. */
    public long waiting() {
        return assigned - completed - dead - discarded;
    }

    /** With further records that have come to an end. */
    public Backlog plus(long completed, long dead, long discarded) {
        return new Backlog(
                assigned, this.completed + completed, this.dead + dead, this.discarded + discarded, oldestWaiting);
    }
}
