package dev.ackbox.inbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Where notifications are kept from their acknowledgement until the handlers are done with them.
 *
 * <p>A record is in one of three states: waiting, completed or dead; stored = waiting + completed + dead at any time.
 * All methods may be called from any thread, {@link #claim} by one thread per lane. None of them runs native code or
 * waits for a disk on the calling thread, so virtual threads may call them.
 */
public interface Inbox extends AutoCloseable {

    /**
     * Stores the records of one notification, all of them or none. Those whose key is known are dropped.
     *
     * @return completes when everything is durable; fails with {@link InboxUnavailableException} when nothing of it was
     *     stored, or when that cannot be told (storing it again is safe)
     */
    CompletableFuture<Appended> append(List<NewRecord> notification);

    /**
     * Hands out records in order of arrival, each once until it is settled with a retry or the process ends. What was
     * handed out before the process ended and not settled is handed out again after the next start.
     *
     * @param limit at most so many
     * @param wait how long to wait for the first one
     * @return empty where there was none in that time, or where as much is in hand as may be
     */
    List<InboxRecord> claim(Lane lane, int limit, Duration wait) throws InterruptedException;

    /**
     * Notes what became of a claimed record. Returns at once; the note is durable soon after, and again and again tried
     * where it cannot be written. A crash in between hands the record out once more.
     */
    void settle(InboxRecord record, Settlement settlement);

    /** Counts; the age of the oldest waiting record is looked up once a second. */
    Backlog backlog();

    /** The latest dead letters, latest first; those whose payload has been erased come with an empty one. */
    List<DeadLetter> deadLetters(int limit);

    /**
     * Passes where the inbox can store.
     *
     * @throws InboxUnavailableException where it cannot; its message says why, in the engine's own words
     */
    void check();

    /** Writes what was appended and settled before, then closes. Whatever is appended later fails. */
    @Override
    void close();
}
