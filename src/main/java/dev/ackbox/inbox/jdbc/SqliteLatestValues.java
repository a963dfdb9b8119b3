package dev.ackbox.inbox.jdbc;

import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.LatestValues;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Latest values in a table of the inbox's database. Those that come while the writer is busy are written in one
 * transaction, in the order of the calls: none of it is reported before its commit, and all of it fails where it fails.
 * It is a transaction of its own, so that no notification fails with it.
 */
final class SqliteLatestValues implements LatestValues {

    private final Writer writer;
    private final RecordReader reader;
    private final Duration patience;
    private final ConcurrentLinkedQueue<Put> waiting = new ConcurrentLinkedQueue<>();

    /**
     * Creates it beside an inbox.
     *
     * @param patience how long a call waits for the writer, which may be stuck in a write that never ends
     */
    SqliteLatestValues(Writer writer, RecordReader reader, Duration patience) {
        this.writer = writer;
        this.reader = reader;
        this.patience = patience;
    }

    private record Put(LatestValue value, CompletableFuture<Boolean> kept) {}

    @Override
    public boolean put(String key, Instant time, byte[] value) {
        Put put = new Put(new LatestValue(key, time, value), new CompletableFuture<>());
        waiting.add(put);
        try {
            return submit(put).get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException ex) {
            Throwable cause = ex.getCause() == null ? ex : ex.getCause();
            throw new InboxUnavailableException("The inbox cannot store: " + cause.getMessage(), cause);
        } catch (TimeoutException ex) {
            throw new InboxUnavailableException(
                    "The inbox has not stored within " + patience.toSeconds() + " seconds", ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new InboxUnavailableException("Interrupted while storing", ex);
        } finally {
            waiting.remove(put); // or those that nobody waits for would fill the memory while the writer is stuck
        }
    }

    private CompletableFuture<Boolean> submit(Put put) {
        return writer.submit(this::writeWaiting).thenCompose(done -> put.kept());
    }

    /** Whoever comes first writes for the others; they find nothing left to do. */
    private void writeWaiting(WriteStatements statements) throws SQLException {
        List<Put> puts = takeWaiting();
        try {
            BitSet kept = statements.keepLatest(puts.stream().map(Put::value).toList());
            for (int i = 0; i < puts.size(); i++) {
                puts.get(i).kept().complete(kept.get(i));
            }
        } catch (Throwable ex) { // an Error too, so that all of them are answered
            puts.forEach(put -> put.kept().completeExceptionally(ex));
            throw ex;
        }
    }

    private List<Put> takeWaiting() {
        List<Put> taken = new ArrayList<>();
        for (Put put = waiting.poll(); put != null; put = waiting.poll()) {
            taken.add(put);
        }
        return taken;
    }

    @Override
    public List<LatestValue> all() {
        try {
            return reader.latestValues();
        } catch (SQLException ex) {
            throw new InboxUnavailableException("The inbox cannot be read: " + ex.getMessage(), ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new InboxUnavailableException("Interrupted while reading latest values", ex);
        }
    }
}
