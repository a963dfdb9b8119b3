package dev.ackbox.inbox;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the inbox under a name, with its own progress, retries and dead letters. For each consumer, assigned = completed +
 * waiting + dead + discarded at any time.
 *
 * <p>All methods may be called from any thread.
 */
public interface Consumer extends AutoCloseable {

    /** The name that its progress is kept under. */
    String name();

    /**
     * Gives the next record of a lane whose conversation nobody works on. Within a lane, records of one conversation come in
     * order of arrival; one that failed comes again when its time has come, behind what is there. The conversation is
     * busy, in all lanes, until {@link #done} is called. A record for which that never happens comes again after the next start.
     *
     * @param wait how long to wait for one
     * @return absent where there was none in that time, or where the consumer is closed
     */
    @Nullable
    InboxRecord next(Lane lane, Duration wait) throws InterruptedException;

    /**
     * Notes how an attempt at a record ended. Returns at once; the note is durable soon after. A crash in between brings the
     * record once more.
     *
     * @param received what {@link #next} gave; the second call for it has no effect
     */
    void done(InboxRecord received, Outcome outcome);

    /**
     * Whether the outcome of an attempt is still asked for. It is not once {@link #done} was called, and where other processes read as
     * well, once this one may have lost the record to another: it was frozen, or could not reach the database.
     *
     * @param received what {@link #next} gave
     */
    boolean owns(InboxRecord received);

    /** For how long a record of a lane could have been given and was not asked for; zero where there is none. */
    Duration readyFor(Lane lane);

    /** Stops reading, also after a restart. Nothing that follows is in memory or written for this consumer. */
    void pause();

    /** Goes on after {@link #pause}. */
    void resume();

    /** Whether the consumer is paused. */
    boolean isPaused();

    /** Counts; the age of the oldest waiting record is looked up once a second. */
    Backlog backlog();

    /** The latest dead letters, latest first. */
    List<DeadLetter> deadLetters(int limit);

    /** Ends all calls of {@link #next}; progress that is noted later is still written. */
    @Override
    void close();
}
