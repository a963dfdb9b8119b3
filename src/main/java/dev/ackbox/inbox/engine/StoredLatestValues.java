package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.LatestValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Latest values in the inbox's store. Those that come while the writer is busy are written in one transaction, in the order of the
 * calls, so that no notification fails with it.
 */
final class StoredLatestValues implements LatestValues {

    private final Store store;
    private final GroupCommit commit;
    private final InboxReader reader;
    private final ConcurrentLinkedQueue<Put> waiting = new ConcurrentLinkedQueue<>();

    StoredLatestValues(Store store, GroupCommit commit, InboxReader reader) {
        this.store = store;
        this.commit = commit;
        this.reader = reader;
    }

    private record Put(LatestValue value, CompletableFuture<Void> result) {}

    @Override
    public void put(String key, Instant time, byte[] value) {
        Put put = new Put(new LatestValue(key, time, value), new CompletableFuture<>());
        waiting.add(put);
        try {
            StoredInbox.await(commit.submit(this::writeWaiting).thenCompose(done -> put.result()));
        } finally {
            waiting.remove(put); // or those that nobody waits for would fill the memory while the writer is stuck
        }
    }

    /** The first of several calls writes for the others, which find nothing to do. */
    private void writeWaiting() throws StoreException {
        List<Put> puts = new ArrayList<>();
        for (Put put = waiting.poll(); put != null; put = waiting.poll()) {
            puts.add(put);
        }
        try {
            store.keepLatest(puts.stream().map(Put::value).toList());
            puts.forEach(put -> put.result().complete(null));
        } catch (Throwable ex) { // an Error too, so that all of them are answered
            puts.forEach(put -> put.result().completeExceptionally(ex));
            throw ex;
        }
    }

    @Override
    public List<LatestValue> all() {
        return StoredInbox.await(reader.submit(store::latestValues));
    }
}
