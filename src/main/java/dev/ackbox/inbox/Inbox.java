package dev.ackbox.inbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps notifications from their acknowledgement on. {@linkplain Consumer Consumers} read it, each at its own pace.
 *
 * <p>All methods may be called from any thread. None of them runs native code or waits for a disk on the calling thread,
 * so virtual threads may call them.
 */
public interface Inbox extends AutoCloseable {

    /**
     * Stores the records of one notification. Drops those whose key is known.
     *
     * @return completes when every record is durable; fails with {@link InboxUnavailableException} when the inbox cannot
     *     store. Then some records may be durable all the same; storing them again is safe.
     */
    CompletableFuture<AppendResult> append(List<NewRecord> notification);

    /**
     * Opens the consumer of a name, and creates it where there is none. A consumer that is known goes on where it stopped,
     * whatever {@code start} says.
     *
     * @throws InboxUnavailableException where it cannot be created or read
     * @throws IllegalStateException where it is open
     */
    Consumer open(ConsumerDefinition definition, Start start);

    /** Those that are open. */
    List<Consumer> consumers();

    /**
     * Passes where the inbox can store.
     *
     * @throws InboxUnavailableException where it cannot; its message says why, in the engine's own words
     */
    void check();

    /** What an operator needs to know about the storage, such as a log that cannot be emptied; empty where all is well. */
    Map<String, String> warnings();

    /** How much room the storage takes, as of some seconds ago. */
    Size size();

    /**
     * Whether this process reports what it has in common with others, such as counts. Of several on one storage one does, so that sums over
     * all are right.
     */
    boolean isReporter();

    /**
     * How much room a storage takes.
     *
     * @param bytes of the database
     * @param reusableBytes of these, what is free for new records
     * @param logBytes in use of its write-ahead log
     */
    record Size(long bytes, long reusableBytes, long logBytes) {

        /** Of a storage that takes none worth mentioning. */
        public static final Size NOTHING = new Size(0, 0, 0);
    }

    /** Writes what was appended and done before, then closes. Whatever is appended later fails. */
    @Override
    void close();
}
