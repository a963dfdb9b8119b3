package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.ArchivePage;
import dev.ackbox.inbox.ArchivedRecord;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.StorageUse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The part of a storage that answers operators; {@link StoredArchive} stands above it. One thread uses it, beside those of the
 * {@link Store}. Nothing here writes, and nothing that it does delays a write.
 */
public interface ArchiveStore {

    /** Names of all consumers. */
    Set<String> consumers() throws StoreException;

    /**
     * Finds records, newest first, each with its state for the filter's consumer.
     *
     * @param below only lower ids
     * @param limit at most so many; fewer where finding them would take long
     */
    ArchivePage find(HashedFilter filter, long below, int limit) throws StoreException;

    /** Where all records that match now are, behind the first id and up to the second. Nothing appears there later. */
    IdSpan span(HashedFilter filter) throws StoreException;

    /**
     * How many records of a span match; its consumer and state do not count. Looks at all of them, so the span is to be small.
     */
    long count(HashedFilter filter, IdSpan span) throws StoreException;

    /** One record, with its state for each consumer; absent where it is not kept. */
    @Nullable
    ArchivedRecord show(long id) throws StoreException;

    /** The payload of a record; absent where it is not kept. */
    byte @Nullable [] payload(long id) throws StoreException;

    /** How many deliveries a consumer has, by state. */
    Map<RecordState, Long> deliveries(String consumer) throws StoreException;

    /** How many records there are of each field; those that have lost their payload may be missing. */
    Map<String, Long> fields() throws StoreException;

    /**
     * Copies a consistent state into a file, slowly enough to leave the disk to the writer. Called by a thread of its own.
     *
     * @param file not there yet
     * @param isCancelled asked often; the copy fails once it says so
     */
    void copy(Path file, BooleanSupplier isCancelled) throws StoreException;

    /** How much room the storage takes. */
    StorageUse storageUse() throws StoreException;
}
