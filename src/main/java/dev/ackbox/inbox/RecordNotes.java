package dev.ackbox.inbox;

import java.util.Optional;

/**
 * Notes about records, kept beside them and as durable as they are: such as what was already sent for a record. Forgotten and erased with
 * the record.
 *
 * <p>Both methods may be called from any thread. Neither runs native code on the calling thread, so virtual threads may call them. Opened
 * and closed with the inbox; what is called later fails.
 */
public interface RecordNotes {

    /**
     * Name of the note that {@link Archive#requeue} keeps itself, with its time in milliseconds as digits. It changes if an operator puts the record back,
     * and by nothing else: neither a retry nor a restart changes it.
     */
    String REQUEUED = "requeued";

    /**
     * Keeps a note, in place of an earlier one of the same name; none of a record that is erased. Waits until it is durable, for some seconds at most.
     *
     * @param name not empty, and without personal data
     * @param value not empty; must not be changed meanwhile
     * @throws InboxUnavailableException where nothing was kept, or where that cannot be told (keeping it again is safe)
     */
    void put(long recordId, String name, byte[] value);

    /**
     * The note of a name; empty where there is none.
     *
     * @throws InboxUnavailableException where it cannot be read
     */
    Optional<byte[]> get(long recordId, String name);
}
