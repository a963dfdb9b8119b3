package dev.ackbox.inbox;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks of an inbox: which records there are, and what has become of them.
 *
 * <p>All methods may be called from any thread, virtual ones too. They share one thread of their own, so that no question delays
 * receiving, handling or another process; a question waits for those before it. Each throws {@link InboxUnavailableException}
 * where too many questions wait, or where the inbox cannot be read.
 */
public interface Archive {

    /** More records are not given at once. */
    int MAX_PAGE = 500;

    /** Names of all consumers that have progress here, also of those that are not open. */
    Set<String> consumers();

    /**
     * Finds records, newest first, each with its state for the filter's consumer.
     *
     * @param before only records with lower ids; absent for the newest
     * @param limit from 1 to {@link #MAX_PAGE}
     * @throws IllegalArgumentException where the consumer is not known
     */
    ArchivePage find(RecordFilter filter, @Nullable InboxRecordId before, int limit);

    /** One record, with its state for each consumer; absent where it is not kept. */
    @Nullable
    ArchivedRecord show(InboxRecordId id);

    /** The payload of a record, byte for byte; absent where it is not kept. */
    byte @Nullable [] payload(InboxRecordId id);

    /**
     * Counts the records that match, some hundred at a time.
     *
     * @throws IllegalArgumentException where the consumer is not known
     */
    long count(RecordFilter filter);

    /**
     * Has dead letters retried, some hundred at a time while receiving goes on. Each keeps its id and the handlers that have
     * succeeded, starts its attempts anew, and comes after what is there. One that dies again meanwhile is left alone. One whose payload is no longer kept stays dead.
     *
     * @param filter which of its consumer's dead letters; its state does not count
     * @param changed told after each step how many it was, so that the caller knows of those before a failure
     * @return how many
     * @throws IllegalArgumentException where the consumer is not known
     */
    long requeue(RecordFilter filter, IntConsumer changed);

    /** The same where only the end matters. */
    default long requeue(RecordFilter filter) {
        return requeue(filter, step -> {});
    }

    /**
     * Gives dead letters up, some hundred at a time while receiving goes on. Each is kept as discarded until the retention of dead
     * letters ends it.
     *
     * @param filter which of its consumer's dead letters; its state does not count
     * @param reason why, without personal data
     * @param changed told after each step how many it was, so that the caller knows of those before a failure
     * @return how many
     * @throws IllegalArgumentException where the consumer is not known
     */
    long discard(RecordFilter filter, String reason, IntConsumer changed);

    /** The same where only the end matters. */
    default long discard(RecordFilter filter, String reason) {
        return discard(filter, reason, step -> {});
    }

    /**
     * Erases all records about a subject, some at a time while receiving goes on: payloads, reasons of failures, and whom they are
     * about. Keys stay, so that a redelivery is still a duplicate. What waits is discarded when its consumer comes to it, and what is
     * being worked on ends.
     *
     * <p>The bytes are gone from the files once {@link StorageUse#sweeping()} is false. Where it is absent, the database decides when.
     *
     * <p>A user is also taken out of payloads that many users share, such as chunks of history. Erasures are listed by digests, apart from
     * the database, and are applied again where an older copy of it is opened.
     *
     * @param soFar told after each step what it has come to, so that the caller knows of that before a failure
     */
    Erased erase(Subject subject, java.util.function.Consumer<Erased> soFar);

    /** The same where only the end matters. */
    default Erased erase(Subject subject) {
        return erase(subject, soFar -> {});
    }

    /** Stands for a subject where it must not be named, such as in an audit: 16 hexadecimal digits, made with a key of the inbox. */
    String digest(Subject subject);

    /** How many records of a consumer are in each of the states that the store keeps a row for: retrying, held, dead, discarded. */
    Map<RecordState, Long> deliveries(String consumer);

    /** How many records there are of each field; those that have lost their payload may be missing. */
    Map<String, Long> fields();

    /**
     * Begins a backup: a consistent copy of the inbox in a file of its own, while receiving goes on.
     *
     * @param directory where the file is to be; created where it is missing
     * @throws IllegalStateException where one is running
     */
    BackupState backup(Path directory);

    /** The backup that runs, or ran last; absent where there was none since the start. */
    @Nullable
    BackupState lastBackup();

    /** How much room the inbox takes. */
    StorageUse storageUse();
}
