package dev.ackbox.inbox.jdbc;

import dev.ackbox.inbox.DeadLetter;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.LatestValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads records, and the values beside them, on a thread and a connection of its own: native code would hold the
 * carrier of a virtual thread that called it.
 */
final class RecordReader implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RecordReader.class);
    private static final long CLOSE_TIMEOUT_SECONDS = 10;
    private static final String COLUMNS =
            "record.id, record.idempotency_key, record.endpoint, record.field, record.lane,"
                    + " record.conversation, record.received_at, record.payload";

    private final ExecutorService thread;
    private final SqliteDatabase database;
    private @Nullable Connection open;

    RecordReader(SqliteDatabase database, String threadName) {
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread reading = new Thread(task, threadName);
            reading.setDaemon(true); // or a start that fails would never end
            return reading;
        });
        this.database = database;
    }

    /**
     * A run of records that have not been tried yet.
     *
     * @param records in order of arrival
     * @param isLast whether nothing stood behind them
     */
    record Page(List<InboxRecord> records, boolean isLast) {}

    /**
     * Records whose time for another attempt has come.
     *
     * @param next when to look again; absent where nothing else waits for its time
     */
    record Retries(List<InboxRecord> records, @Nullable Instant next) {}

    /** Counts. */
    record Counts(long waiting, long dead) {}

    private interface Query<T> {

        T run(Connection connection) throws SQLException;
    }

    Page fresh(Lane lane, long afterId, int limit, long maxBytes) throws SQLException, InterruptedException {
        return read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT " + COLUMNS
                    + ", waiting.attempts, waiting.succeeded FROM waiting JOIN record ON record.id = waiting.id"
                    + " WHERE waiting.lane = ? AND waiting.id > ? AND waiting.not_before IS NULL"
                    + " ORDER BY waiting.id LIMIT ?")) {
                statement.setInt(1, lane.code());
                statement.setLong(2, afterId);
                statement.setInt(3, limit);
                return page(statement, limit, maxBytes);
            }
        });
    }

    private static Page page(PreparedStatement statement, int limit, long maxBytes) throws SQLException {
        List<InboxRecord> page = new ArrayList<>();
        long bytes = 0;
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                InboxRecord next = inboxRecord(rows);
                page.add(next);
                bytes += next.footprint();
                if (bytes >= maxBytes) {
                    return new Page(page, false);
                }
            }
        }
        return new Page(page, page.size() < limit);
    }

    Retries due(Lane lane, Instant now, Collection<Long> except, int limit, long maxBytes)
            throws SQLException, InterruptedException {
        return read(connection -> {
            Set<Long> inHand = new HashSet<>(except);
            List<InboxRecord> due = new ArrayList<>();
            long bytes = 0;
            try (PreparedStatement statement = connection.prepareStatement("SELECT " + COLUMNS
                    + ", waiting.attempts, waiting.succeeded, waiting.not_before"
                    + " FROM waiting JOIN record ON record.id = waiting.id"
                    + " WHERE waiting.lane = ? AND waiting.not_before IS NOT NULL"
                    + " ORDER BY waiting.not_before LIMIT ?")) {
                statement.setInt(1, lane.code());
                statement.setInt(2, limit + inHand.size() + 1);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        if (inHand.contains(rows.getLong("id"))) {
                            continue;
                        }
                        Instant notBefore = Instant.ofEpochMilli(rows.getLong("not_before"));
                        if (notBefore.isAfter(now) || due.size() == limit || bytes >= maxBytes) {
                            return new Retries(due, notBefore);
                        }
                        InboxRecord next = inboxRecord(rows);
                        due.add(next);
                        bytes += next.footprint();
                    }
                }
            }
            return new Retries(due, null);
        });
    }

    List<DeadLetter> deadLetters(int limit) throws SQLException, InterruptedException {
        return read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT " + COLUMNS
                            + ", dead.attempts, dead.succeeded, dead.died_at, dead.reason"
                            + " FROM dead JOIN record ON record.id = dead.id ORDER BY dead.died_at DESC, dead.id DESC LIMIT ?")) {
                statement.setInt(1, limit);
                List<DeadLetter> letters = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        letters.add(new DeadLetter(
                                inboxRecord(rows),
                                Instant.ofEpochMilli(rows.getLong("died_at")),
                                rows.getString("reason")));
                    }
                }
                return letters;
            }
        });
    }

    /** In the order of their keys. */
    List<LatestValue> latestValues() throws SQLException, InterruptedException {
        return read(connection -> {
            try (PreparedStatement statement =
                            connection.prepareStatement("SELECT key, time, value FROM latest_value ORDER BY key");
                    ResultSet rows = statement.executeQuery()) {
                List<LatestValue> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(new LatestValue(
                            rows.getString("key"), Instant.ofEpochMilli(rows.getLong("time")), rows.getBytes("value")));
                }
                return values;
            }
        });
    }

    Counts counts() throws SQLException, InterruptedException {
        return read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                            "SELECT (SELECT count(*) FROM waiting), (SELECT count(*) FROM dead)");
                    ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new Counts(rows.getLong(1), rows.getLong(2));
            }
        });
    }

    /** When the oldest waiting record was received. */
    @Nullable
    Instant oldestWaiting() throws SQLException, InterruptedException {
        return read(connection -> {
            Instant oldest = null;
            try (PreparedStatement statement = connection.prepareStatement("SELECT received_at FROM record WHERE id ="
                    + " (SELECT id FROM waiting WHERE lane = ? ORDER BY id LIMIT 1)")) {
                for (Lane lane : Lane.values()) {
                    statement.setInt(1, lane.code());
                    try (ResultSet rows = statement.executeQuery()) {
                        if (rows.next()) {
                            Instant receivedAt = Instant.ofEpochMilli(rows.getLong(1));
                            oldest = oldest == null || receivedAt.isBefore(oldest) ? receivedAt : oldest;
                        }
                    }
                }
            }
            return oldest;
        });
    }

    /**
     * Settled records, in order of arrival, that were received before a time.
     *
     * @param unerased only those that still have their payload
     */
    List<Long> settledBefore(Instant time, long afterId, boolean unerased, int limit)
            throws SQLException, InterruptedException {
        return read(connection -> {
            // Stops at the first record that is younger, since ids follow the time of arrival.
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT id, received_at, payload IS NOT NULL, EXISTS (SELECT 1 FROM waiting"
                            + " WHERE waiting.lane = record.lane AND waiting.id = record.id)"
                            + " OR EXISTS (SELECT 1 FROM dead WHERE dead.id = record.id)"
                            + " FROM record WHERE id > ? ORDER BY id")) {
                statement.setLong(1, afterId);
                List<Long> ids = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (ids.size() < limit && rows.next() && rows.getLong(2) < time.toEpochMilli()) {
                        boolean erased = !rows.getBoolean(3);
                        boolean unsettled = rows.getBoolean(4);
                        if (!unsettled && !(unerased && erased)) {
                            ids.add(rows.getLong(1));
                        }
                    }
                }
                return ids;
            }
        });
    }

    List<Long> diedBefore(Instant time, int limit) throws SQLException, InterruptedException {
        return read(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT id FROM dead WHERE died_at < ? LIMIT ?")) {
                statement.setLong(1, time.toEpochMilli());
                statement.setInt(2, limit);
                List<Long> ids = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        ids.add(rows.getLong(1));
                    }
                }
                return ids;
            }
        });
    }

    /** Copies what it can of the write-ahead log into the database, without holding up the writer. */
    void checkpoint() throws SQLException, InterruptedException {
        read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("PRAGMA wal_checkpoint(PASSIVE)")) {
                return statement.execute();
            }
        });
    }

    private static InboxRecord inboxRecord(ResultSet rows) throws SQLException {
        byte[] payload = rows.getBytes("payload");
        String conversation = rows.getString("conversation");
        return new InboxRecord(
                new InboxRecordId(rows.getLong("id")),
                IdempotencyKey.fromBytes(rows.getBytes("idempotency_key")),
                rows.getString("endpoint"),
                rows.getString("field"),
                Lane.ofCode(rows.getInt("lane")),
                conversation == null ? "" : conversation,
                Instant.ofEpochMilli(rows.getLong("received_at")),
                payload == null ? new byte[0] : payload,
                rows.getInt("attempts"),
                HandlerNames.split(rows.getString("succeeded")));
    }

    private <T extends @Nullable Object> T read(Query<T> query) throws SQLException, InterruptedException {
        try {
            return thread.submit(() -> run(query)).get();
        } catch (ExecutionException ex) {
            if (ex.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new SQLException(ex.getCause());
        } catch (RejectedExecutionException ex) {
            throw new SQLException("It is closed", ex);
        }
    }

    private <T extends @Nullable Object> T run(Query<T> query) throws SQLException {
        Connection connection = open;
        if (connection == null) {
            connection = database.open();
            open = connection;
        }
        try {
            return query.run(connection);
        } catch (SQLException ex) {
            open = null;
            connection.close();
            throw ex;
        }
    }

    /** Waits for the read that is going on, since whoever takes the directory next must not meet it there. */
    @Override
    public void close() {
        Future<?> unused = thread.submit(() -> {
            if (open != null) {
                open.close();
            }
            return null;
        });
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                log.warn("A read of the inbox did not end in time");
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
