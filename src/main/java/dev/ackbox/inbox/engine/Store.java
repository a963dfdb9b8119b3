package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.DeadLetter;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A storage of records, consumers' progress and deliveries. The algorithm stands above it, in {@link StoredInbox}.
 *
 * <p>Methods block. Three threads use a store: one writes, one reads, one keeps the shares; each method says whose it is. A
 * fourth one uses its {@link #archive}. After
 * an exception a store is usable: it opens new connections where it has to.
 */
public interface Store extends AutoCloseable {

    /** How long shares are a process's own after it has renewed them. */
    Duration LEASE_LENGTH = Duration.ofSeconds(6);

    /** A secret that was made with the store, for keyed hashes. Any thread. */
    byte[] hashKey();

    /** How many shares there are; never changes. Any thread. */
    int shares();

    /** How often the positions of a share need be written where nothing else of it has changed. Any thread. */
    default Duration progressInterval() {
        return Duration.ZERO;
    }

    /** Whether other processes store and read here as well. Any thread. */
    default boolean isShared() {
        return false;
    }

    /**
     * Renews the shares of this process for {@link #LEASE_LENGTH}, and takes over shares of nobody up to its part. Called by the thread
     * of the shares, every 2 s.
     */
    Holding hold() throws StoreException;

    /** Gives back a share; what this process does not own stays as it is. Called by the thread of the shares. */
    default void release(Share share) throws StoreException {
        throw new UnsupportedOperationException("Nobody else takes it over");
    }

    /**
     * Grows with whatever an operator changes in any process: pauses, requeues, discards, erasures, replays. Called by the thread of the
     * shares, every second.
     */
    default long revision() throws StoreException {
        return 0;
    }

    /**
     * Waits until another process has done something, as far as this one learns of it: it may miss some. Called by the thread of the
     * shares.
     *
     * @return {@link News#NONE} where the time is over
     */
    default News awaitNews(Duration atMost) throws InterruptedException {
        throw new UnsupportedOperationException("Nobody else stores here");
    }

    /**
     * Writes a batch in one transaction. Drops records whose key is known, also from the same batch. Writes nothing of a change
     * whose share has another owner by now. Where other processes store as well, a delivery of a record that is erased by now is
     * written as {@link Delivery#erased}. Called by the writer.
     *
     * @throws StoreException where nothing was written, or where that cannot be told. A repetition of an uncertain batch
     *     answers what the first attempt would have answered, and changes nothing that is already there.
     */
    Written write(Batch batch) throws StoreException;

    /** Writes something that needs some room, to find out whether the store can be written again. Called by the writer. */
    void probe() throws StoreException;

    /** Creates a consumer where it is unknown; changes its target and importance where it is known. Called by the writer. */
    void define(ConsumerDefinition definition, Start start) throws StoreException;

    /** Creates a replay's consumer. Called by the writer. */
    void define(ReplayDefinition replay) throws StoreException;

    /** All replays. Called by the writer. */
    List<ReplayDefinition> replays() throws StoreException;

    /**
     * Has dead letters of a consumer retried at once, with no failed attempt, and keeps the time of that as the note
     * {@link dev.ackbox.inbox.RecordNotes#REQUEUED} of each, in the same transaction. What is no dead letter, or has no payload, stays as it
     * is. Called by the writer.
     *
     * @return how many
     */
    int requeue(String consumer, List<Long> ids, Instant now) throws StoreException;

    /**
     * Gives up dead letters of a consumer. What is no dead letter stays as it is. Called by the writer.
     *
     * @return how many
     */
    int discard(String consumer, List<Long> ids, String reason, Instant now) throws StoreException;

    /** Remembers whether a consumer is paused. Called by the writer. */
    void pause(String consumer, boolean paused) throws StoreException;

    /**
     * Takes one step of forgetting a consumer: some of its deliveries with their failed attempts or, where none is left, the consumer
     * itself. Failed attempts of what it has completed go with retention. Called by the writer.
     *
     * @param most so many deliveries at most
     * @return whether the consumer is still there
     */
    boolean remove(String consumer, int most) throws StoreException;

    /**
     * Takes one small step of forgetting: payloads, keys and deliveries that have been kept long enough. Called by the writer.
     *
     * @return false where nothing is left for now
     */
    boolean forget(Retention retention, Instant now) throws StoreException;

    /**
     * Erases records: payloads, subjects, notes and reasons. What still waits of them is {@link Delivery.State#DISCARDED}. Called by the
     * writer.
     */
    void erase(List<Long> ids) throws StoreException;

    /**
     * Replaces payloads, where they are still the same. Called by the writer.
     *
     * @return the ids of those that another process has changed or erased meanwhile
     */
    Set<Long> rewrite(List<Rewriting> payloads) throws StoreException;

    /**
     * Lists an erasure apart from the store itself, so that it is found where the store is replaced by an older copy. Called by the
     * writer.
     *
     * @param subject keyed hash
     * @return with which time it is listed: later than earlier ones of the subject, also where the clock went back
     */
    default Instant listErasure(long subject, Instant at) throws StoreException {
        return at;
    }

    /** Notes in the store that an erasure is done. Called by the writer. */
    default void erasureDone(long subject, Instant at) throws StoreException {}

    /** The erasures that are listed and that this copy of the store has not seen, with their times. Called by the writer. */
    default Map<Long, Instant> missedErasures() throws StoreException {
        return Map.of();
    }

    /**
     * Takes one small step of taking what was erased out of the files. Called by the writer, until there is nothing to do; also after
     * a start.
     *
     * @return false where nothing that was erased is left there
     */
    default boolean sweep() throws StoreException {
        return false;
    }

    /** Keeps values, each unless a newer one is there, all in one transaction. Called by the writer. */
    void keepLatest(List<LatestValue> values) throws StoreException;

    /** The values that {@link #keepLatest} has kept, in the order of their keys. Called by the reader. */
    List<LatestValue> latestValues() throws StoreException;

    /**
     * Keeps notes about records, each in place of an earlier one of the same name, all in one transaction. Keeps none of a record that is
     * erased or no longer kept. Called by the writer.
     */
    void keepNotes(List<RecordNote> notes) throws StoreException;

    /** The note of a name; empty where there is none, or it is erased. Called by the reader. */
    Optional<byte[]> note(long recordId, String name) throws StoreException;

    /** Whether a consumer is paused. Called by the writer. */
    boolean isPaused(String consumer) throws StoreException;

    /** A consumer's progress in a share. Called by the writer. */
    Loaded load(String consumer, Share share) throws StoreException;

    /**
     * A consumer's counts over all shares; without the oldest waiting record. Once a replay has come to its end, what is missing of
     * its records is discarded. Nothing where another process has removed the consumer. Called by the writer.
     */
    Backlog count(String consumer) throws StoreException;

    /**
     * Reads what all lanes of some shares have behind an id. Called by the reader, where other processes store as well.
     *
     * @param shares their numbers
     * @param known ids of records whose payload is not asked for
     */
    default Tail tail(Set<Integer> shares, long after, Set<Long> known) throws StoreException {
        throw new UnsupportedOperationException("Nobody else stores here");
    }

    /**
     * Reads on in a lane. Called by the reader.
     *
     * @param filter only records that match, and only some thousand are looked at; absent for all
     * @param after behind this id
     * @param through not beyond this id
     * @param records at most so many
     * @param bytes no further record where the footprint of those read has reached this
     */
    Page read(Share share, Lane lane, @Nullable HashedFilter filter, long after, long through, int records, long bytes)
            throws StoreException;

    /**
     * Retries whose time has come. Called by the reader.
     *
     * @param except ids that are left out
     */
    Due due(String consumer, Share share, Lane lane, Instant now, Set<Long> except, int records, long bytes)
            throws StoreException;

    /**
     * The held records of a conversation, in order of ids. Called by the reader.
     *
     * @param except ids that are left out
     */
    Due held(String consumer, Share share, Lane lane, long conversation, Set<Long> except, int records, long bytes)
            throws StoreException;

    /**
     * When the oldest record was received that a consumer has not come to, that is held, or that waits for a retry; absent where there is
     * none. Called by the reader.
     *
     * @param after how far the consumer has come
     */
    @Nullable
    Instant oldestWaiting(String consumer, Map<Part, Long> after) throws StoreException;

    /** Latest first. Called by the reader. */
    List<DeadLetter> deadLetters(String consumer, int limit) throws StoreException;

    /** What answers operators. Any thread. */
    ArchiveStore archive();

    /** What an operator needs to know, by name; empty where all is well. Any thread. */
    default Map<String, String> warnings() {
        return Map.of();
    }

    /** How much room it takes, as of some seconds ago. Any thread. */
    default Inbox.Size size() {
        return Inbox.Size.NOTHING;
    }

    /** Closes connections. Called when the other threads have ended. */
    @Override
    void close();
}
