package dev.ackbox.inbox.jdbc;

import dev.ackbox.inbox.Appended;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Settlement;
import dev.ackbox.inbox.Settlement.Dead;
import dev.ackbox.inbox.Settlement.Retry;
import dev.ackbox.inbox.jdbc.WriteBatch.Append;
import dev.ackbox.inbox.jdbc.WriteBatch.Settled;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The writer's connection and its statements; used by the writer's thread alone. After an exception it can only be
 * closed, which undoes what was not committed: what state a failed statement leaves behind differs from error to error.
 */
final class WriteStatements implements AutoCloseable {

    private static final int PROBE_BYTES = 64 << 10;

    private final Clock clock;
    private final Connection connection;
    private final PreparedStatement insertRecord;
    private final PreparedStatement insertWaiting;
    private final PreparedStatement deleteWaiting;
    private final PreparedStatement updateWaiting;
    private final PreparedStatement insertDead;
    private long lastId;

    /**
     * Prepares the statements.
     *
     * @param lastId an id that was given before; none is given twice, even where the records that had them are deleted
     */
    WriteStatements(Connection connection, Clock clock, long lastId) throws SQLException {
        this.clock = clock;
        this.connection = connection;
        try {
            this.insertRecord = connection.prepareStatement(
                    "INSERT INTO record (id, idempotency_key, endpoint, field, lane, conversation, received_at, payload)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (idempotency_key) DO NOTHING");
            this.insertWaiting =
                    connection.prepareStatement("INSERT INTO waiting (lane, id, attempts) VALUES (?, ?, 0)");
            this.deleteWaiting = connection.prepareStatement("DELETE FROM waiting WHERE lane = ? AND id = ?");
            this.updateWaiting = connection.prepareStatement(
                    "UPDATE waiting SET attempts = ?, not_before = ?, succeeded = ?, reason = ? WHERE lane = ? AND id = ?");
            this.insertDead = connection.prepareStatement("INSERT INTO dead (id, died_at, attempts, succeeded, reason)"
                    + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING");
            this.lastId = Math.max(lastId, selectLastId());
            connection.commit();
        } catch (SQLException | RuntimeException ex) {
            try (connection) {
                throw ex;
            }
        }
    }

    /** The latest id that was given. */
    long lastId() {
        return lastId;
    }

    private long selectLastId() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT coalesce(max(id), 0) FROM record")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Writes a batch in one transaction. */
    WriteResult write(WriteBatch batch) throws SQLException {
        long idBefore = lastId;
        int[] inserted = insertRecords(batch.appends());
        List<InboxRecord> stored = new ArrayList<>(inserted.length);
        List<Appended> appended = collect(batch.appends(), inserted, idBefore, stored);
        insertWaiting(stored);
        int died = 0;
        int left = 0;
        for (Settled settled : batch.settled()) {
            died += settled.settlement() instanceof Dead ? 1 : 0;
            left += settled.settlement() instanceof Retry ? 0 : 1;
            settle(settled.record(), settled.settlement());
        }
        executeSettlements();
        connection.commit();
        return new WriteResult(appended, stored, died, left);
    }

    private int[] insertRecords(List<Append> appends) throws SQLException {
        if (appends.isEmpty()) {
            return new int[0];
        }
        for (Append append : appends) {
            for (NewRecord newRecord : append.records()) {
                insertRecord.setLong(1, ++lastId);
                insertRecord.setBytes(2, newRecord.key().toBytes());
                insertRecord.setString(3, newRecord.endpoint());
                insertRecord.setString(4, newRecord.field());
                insertRecord.setInt(5, newRecord.lane().code());
                insertRecord.setString(6, newRecord.conversation());
                insertRecord.setLong(7, newRecord.receivedAt().toEpochMilli());
                insertRecord.setBytes(8, newRecord.payload());
                insertRecord.addBatch();
            }
        }
        return insertRecord.executeBatch();
    }

    /** A count of 0 is what the unique index says of a duplicate; only new records are handed on. */
    private static List<Appended> collect(
            List<Append> appends, int[] inserted, long idBefore, List<InboxRecord> stored) {
        List<Appended> appended = new ArrayList<>(appends.size());
        int row = 0;
        for (Append append : appends) {
            BitSet isNew = new BitSet(append.records().size());
            for (int i = 0; i < append.records().size(); i++, row++) {
                if (inserted[row] != 0) {
                    isNew.set(i);
                    stored.add(InboxRecord.stored(
                            new InboxRecordId(idBefore + row + 1),
                            append.records().get(i)));
                }
            }
            appended.add(new Appended(isNew));
        }
        return appended;
    }

    private void insertWaiting(List<InboxRecord> stored) throws SQLException {
        if (stored.isEmpty()) {
            return;
        }
        for (InboxRecord inboxRecord : stored) {
            insertWaiting.setInt(1, inboxRecord.lane().code());
            insertWaiting.setLong(2, inboxRecord.id().value());
            insertWaiting.addBatch();
        }
        insertWaiting.executeBatch();
    }

    private void settle(InboxRecord settled, Settlement settlement) throws SQLException {
        if (settlement instanceof Retry retry) {
            updateWaiting.setInt(1, settled.failedAttempts() + 1);
            updateWaiting.setLong(2, retry.notBefore().toEpochMilli());
            updateWaiting.setString(3, HandlerNames.join(retry.succeeded()));
            updateWaiting.setString(4, retry.reason());
            updateWaiting.setInt(5, settled.lane().code());
            updateWaiting.setLong(6, settled.id().value());
            updateWaiting.addBatch();
            return;
        }
        deleteWaiting.setInt(1, settled.lane().code());
        deleteWaiting.setLong(2, settled.id().value());
        deleteWaiting.addBatch();
        if (settlement instanceof Dead dead) {
            insertDead.setLong(1, settled.id().value());
            insertDead.setLong(2, clock.millis());
            insertDead.setInt(3, settled.failedAttempts() + 1);
            insertDead.setString(4, HandlerNames.join(dead.succeeded()));
            insertDead.setString(5, dead.reason());
            insertDead.addBatch();
        }
    }

    private void executeSettlements() throws SQLException {
        deleteWaiting.executeBatch();
        updateWaiting.executeBatch();
        insertDead.executeBatch();
    }

    /**
     * Keeps values, one after the other and all in one transaction, each unless a newer one is there.
     *
     * @return bit <i>i</i> is set where the <i>i</i>-th value was kept
     */
    BitSet keepLatest(List<LatestValue> values) throws SQLException {
        BitSet kept = new BitSet(values.size());
        if (values.isEmpty()) {
            return kept;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO latest_value (key, time, value) VALUES (?, ?, ?)"
                        + " ON CONFLICT (key) DO UPDATE SET time = excluded.time, value = excluded.value"
                        + " WHERE excluded.time >= latest_value.time")) {
            for (LatestValue value : values) {
                statement.setString(1, value.key());
                statement.setLong(2, value.time().toEpochMilli());
                statement.setBytes(3, value.value());
                statement.addBatch();
            }
            int[] changed = statement.executeBatch();
            connection.commit();
            for (int i = 0; i < changed.length; i++) {
                kept.set(i, changed[i] != 0);
            }
            return kept;
        }
    }

    /** Finds out whether the database takes a write that needs some room. */
    void probe() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "INSERT OR REPLACE INTO probe (id, filler) VALUES (1, zeroblob(" + PROBE_BYTES + "))");
            connection.commit();
            statement.executeUpdate("DELETE FROM probe");
            connection.commit();
        }
    }

    /** Writes the rest of the write-ahead log into the database, so that the log starts over. */
    void restartLog() throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(RESTART)");
        } finally {
            connection.setAutoCommit(false);
        }
    }

    /** Erases what is personal in settled records. */
    void erase(List<Long> ids) throws SQLException {
        update("UPDATE record SET payload = NULL, conversation = NULL WHERE id = ?", ids);
    }

    /** Forgets settled records, keys and all. */
    void delete(List<Long> ids) throws SQLException {
        update("DELETE FROM record WHERE id = ?", ids);
    }

    /** Forgets that records died; what is left of them is deleted with the others of their age. */
    void buryDead(List<Long> ids) throws SQLException {
        update("DELETE FROM dead WHERE id = ?", ids);
    }

    private void update(String sql, List<Long> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (long id : ids) {
                statement.setLong(1, id);
                statement.addBatch();
            }
            statement.executeBatch();
            connection.commit();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
