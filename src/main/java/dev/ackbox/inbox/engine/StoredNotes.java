package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.RecordNotes;
import java.util.Optional;

/** Notes about records in the inbox's store. */
final class StoredNotes implements RecordNotes {

    private final Store store;
    private final GroupedPuts<RecordNote> puts;
    private final InboxReader reader;

    StoredNotes(Store store, GroupCommit commit, InboxReader reader) {
        this.store = store;
        this.puts = new GroupedPuts<>(commit, store::keepNotes);
        this.reader = reader;
    }

    @Override
    public void put(long recordId, String name, byte[] value) {
        puts.put(new RecordNote(recordId, name, value));
    }

    @Override
    public Optional<byte[]> get(long recordId, String name) {
        return StoredInbox.await(reader.submit(() -> store.note(recordId, name)));
    }
}
