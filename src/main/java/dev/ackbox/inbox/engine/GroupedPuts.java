package dev.ackbox.inbox.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Puts values into the store. Those that come while the writer is busy are written in one transaction, in the order of the calls, so
 * that no notification fails with it.
 */
final class GroupedPuts<T> {

    /** Writes values in one transaction. Called by the writer. */
    interface Write<T> {

        void write(List<T> values) throws StoreException;
    }

    private final GroupCommit commit;
    private final Write<T> write;
    private final ConcurrentLinkedQueue<Put<T>> waiting = new ConcurrentLinkedQueue<>();

    GroupedPuts(GroupCommit commit, Write<T> write) {
        this.commit = commit;
        this.write = write;
    }

    private record Put<T>(T value, CompletableFuture<Void> result) {}

    /** Returns once the value is durable. */
    void put(T value) {
        Put<T> put = new Put<>(value, new CompletableFuture<>());
        waiting.add(put);
        try {
            StoredInbox.await(commit.submit(this::writeWaiting).thenCompose(done -> put.result()));
        } finally {
            waiting.remove(put); // or those that nobody waits for would fill the memory while the writer is stuck
        }
    }

    /** The first of several calls writes for the others, which find nothing to do. */
    private void writeWaiting() throws StoreException {
        List<Put<T>> puts = new ArrayList<>();
        for (Put<T> put = waiting.poll(); put != null; put = waiting.poll()) {
            puts.add(put);
        }
        try {
            write.write(puts.stream().map(Put::value).toList());
            puts.forEach(put -> put.result().complete(null));
        } catch (Throwable ex) { // an Error too, so that all of them are answered
            puts.forEach(put -> put.result().completeExceptionally(ex));
            throw ex;
        }
    }
}
