package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.LatestValues;
import java.time.Instant;
import java.util.List;

/** Latest values in the inbox's store. */
final class StoredLatestValues implements LatestValues {

    private final Store store;
    private final GroupedPuts<LatestValue> puts;
    private final InboxReader reader;

    StoredLatestValues(Store store, GroupCommit commit, InboxReader reader) {
        this.store = store;
        this.puts = new GroupedPuts<>(commit, store::keepLatest);
        this.reader = reader;
    }

    @Override
    public void put(String key, Instant time, byte[] value) {
        puts.put(new LatestValue(key, time, value));
    }

    @Override
    public List<LatestValue> all() {
        return StoredInbox.await(reader.submit(store::latestValues));
    }
}
