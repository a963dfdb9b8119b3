package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Change;
import dev.ackbox.inbox.engine.Delivery;
import dev.ackbox.inbox.engine.HandlerNames;
import dev.ackbox.inbox.engine.HashedRecord;
import dev.ackbox.inbox.engine.ProgressFormat;
import dev.ackbox.inbox.engine.Written;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The writer's connection and the statements of a batch. After an exception it can only be closed, which undoes what was not
 * committed: what state a failed statement leaves behind differs from error to error.
 */
final class SqliteWriter implements AutoCloseable {

    /** With each batch so many times the keys of its new records go into the index, so that it keeps up. */
    private static final int INDEX_PACE = 2;

    /** Fewer keys would dirty as many pages. */
    private static final int MIN_KEYS_PER_SLICE = 128;

    private static final int RECORD_COLUMNS = 7;

    final Connection connection;
    private final KeyIndex index;
    private final Sources sources;
    private final RowInsert records;
    private final PreparedStatement insertPayload;
    private final PreparedStatement selectSeen;
    private final RowInsert seen;
    private final RowInsert lookups;
    private final PreparedStatement putProgress;
    private final PreparedStatement putDelivery;
    private final PreparedStatement removeDelivery;
    private final PreparedStatement insertAttempt;
    private final PreparedStatement updateStore;
    private final LeftOvers leftOvers;
    private final StoreRow row;
    private int keysDue;

    /** What is known of the one row of the table {@code store}. */
    static final class StoreRow {

        long lastId;
        long batch;
        long indexedThrough;
        long erasedThrough;
        long deletedThrough;
        long lastRun;
        long attemptsThrough;

        /** How far payloads are erased of fields that are kept for a shorter time. */
        final Map<String, Long> erasedThroughOf = new HashMap<>();

        @Nullable
        IdempotencyKey lastKey;
    }

    /**
     * A batch that is written and not committed.
     *
     * @param records the new ones
     * @param slice what has gone into the index
     */
    record Attempt(
            long number, Written written, List<HashedRecord> records, KeyIndex.@Nullable Slice slice, int sliceKeys) {}

    SqliteWriter(Connection connection, KeyIndex index) throws SQLException {
        this.connection = connection;
        this.index = index;
        try {
            this.row = readRow(connection);
            this.sources = new Sources(connection);
            this.records = new RowInsert(
                    connection,
                    "INSERT INTO record (id, lane, conversation, received_at, source, key, subjects)",
                    RECORD_COLUMNS);
            this.insertPayload = connection.prepareStatement("INSERT INTO payload (id, body) VALUES (?, ?)");
            this.selectSeen = connection.prepareStatement("SELECT 1 FROM seen WHERE key = ?");
            this.seen = new RowInsert(connection, "INSERT OR IGNORE INTO seen (key, id)", 2);
            this.lookups = new RowInsert(connection, "INSERT OR IGNORE INTO lookup (run, subject, id)", 3);
            this.putProgress = connection.prepareStatement(
                    "INSERT OR REPLACE INTO progress (consumer, floor, completed, discarded, lanes) VALUES (?, ?, ?, ?, ?)");
            this.putDelivery = connection.prepareStatement("INSERT OR REPLACE INTO delivery (consumer, id, lane,"
                    + " conversation, state, attempts, not_before, changed_at, succeeded, reason)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
            this.removeDelivery = connection.prepareStatement("DELETE FROM delivery WHERE consumer = ? AND id = ?");
            this.insertAttempt = connection.prepareStatement(
                    "INSERT INTO attempt (id, consumer, number, at, reason) SELECT ?1, ?2, coalesce(max(number), 0) + 1,"
                            + " ?3, ?4 FROM attempt WHERE id = ?1 AND consumer = ?2");
            this.updateStore =
                    connection.prepareStatement("UPDATE store SET last_id = ?, batch = ?, indexed_through = ?");
            this.leftOvers = new LeftOvers(connection);
        } catch (SQLException | RuntimeException ex) {
            try (connection) {
                throw ex;
            }
        }
    }

    private static StoreRow readRow(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT last_id, batch, indexed_through, erased_through,"
                        + " deleted_through, (SELECT coalesce(max(number), 0) FROM run), (SELECT max(key) FROM seen), attempts_through"
                        + " FROM store")) {
            rows.next();
            StoreRow row = new StoreRow();
            row.lastId = rows.getLong(1);
            row.batch = rows.getLong(2);
            row.indexedThrough = rows.getLong(3);
            row.erasedThrough = rows.getLong(4);
            row.deletedThrough = rows.getLong(5);
            row.lastRun = rows.getLong(6);
            byte[] key = rows.getBytes(7);
            row.lastKey = key == null ? null : IdempotencyKey.fromBytes(key);
            row.attemptsThrough = rows.getLong(8);
            readFields(connection, row);
            return row;
        }
    }

    private static void readFields(Connection connection, StoreRow row) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT field, erased_through FROM field_retention")) {
            while (rows.next()) {
                row.erasedThroughOf.put(rows.getString(1), rows.getLong(2));
            }
        }
    }

    StoreRow row() {
        return row;
    }

    LeftOvers leftOvers() {
        return leftOvers;
    }

    /** Begins a transaction and writes a batch; {@link SqliteStore} commits it. */
    Attempt write(Batch batch) throws SQLException {
        SqliteDatabase.begin(connection);
        BitSet isNew = new BitSet(batch.records().size());
        List<Written.Stored> stored = new ArrayList<>(batch.records().size());
        List<HashedRecord> added = new ArrayList<>(batch.records().size());
        Set<IdempotencyKey> keys = new HashSet<>();
        long after = row.lastId;
        for (int i = 0; i < batch.records().size(); i++) {
            HashedRecord next = batch.records().get(i);
            if (keys.add(next.record().key()) && !isKnown(next.record().key())) {
                isNew.set(i);
                added.add(next);
                long id = after + added.size();
                stored.add(new Written.Stored(next.share(), inboxRecord(id, next)));
            }
        }
        insert(after, added);
        long through = after + added.size();
        for (Change change : batch.changes()) {
            write(change);
        }
        int sliceKeys = keysDue + INDEX_PACE * added.size();
        KeyIndex.Slice slice = sliceKeys < MIN_KEYS_PER_SLICE ? null : index.slice(sliceKeys);
        long indexedThrough = slice == null ? row.indexedThrough : write(slice);
        updateStore(through, batch.number(), indexedThrough);
        return new Attempt(
                batch.number(), new Written(isNew, stored, after, through, Set.of()), added, slice, sliceKeys);
    }

    private void updateStore(long lastId, long batch, long indexedThrough) throws SQLException {
        updateStore.setLong(1, lastId);
        updateStore.setLong(2, batch);
        updateStore.setLong(3, indexedThrough);
        updateStore.executeUpdate();
    }

    /** What the transaction has written is durable. */
    void committed(Attempt attempt) {
        row.batch = attempt.number();
        row.lastId = attempt.written().through();
        long id = attempt.written().after();
        for (HashedRecord next : attempt.records()) {
            index.add(next.record().key(), ++id, sources.known(next.record()), next.subjects());
        }
        keysDue = attempt.sliceKeys() < MIN_KEYS_PER_SLICE ? attempt.sliceKeys() : 0;
        if (attempt.slice() != null) {
            committed(attempt.slice());
        }
        index.freezeFull();
    }

    private void committed(KeyIndex.Slice slice) {
        index.written(slice);
        for (KeyIndex.Key next : slice.keys()) {
            if (row.lastKey == null || next.key().compareTo(row.lastKey) > 0) {
                row.lastKey = next.key();
            }
        }
        if (slice.isLast()) {
            row.indexedThrough = slice.run().lastId();
            row.lastRun++;
        }
    }

    /** Writes part of a run in a transaction of its own, where no batch takes it along. Returns whether more of it is left. */
    boolean writeIndex(int keys) throws SQLException {
        KeyIndex.Slice slice = index.slice(keys);
        if (slice == null) {
            return false;
        }
        SqliteDatabase.begin(connection);
        updateStore(row.lastId, row.batch, write(slice));
        SqliteDatabase.commit(connection);
        committed(slice);
        return !slice.isLast();
    }

    private long write(KeyIndex.Slice slice) throws SQLException {
        long run = row.lastRun + 1;
        seen.insert(slice.keys().size(), (statement, before, i) -> {
            KeyIndex.Key key = slice.keys().get(i);
            statement.setBytes(before + 1, key.key().toBytes());
            statement.setLong(before + 2, key.id());
        });
        lookups.insert(slice.subjects().size(), (statement, before, i) -> {
            KeyIndex.Subject subject = slice.subjects().get(i);
            statement.setLong(before + 1, run);
            statement.setLong(before + 2, subject.hash());
            statement.setLong(before + 3, subject.id());
        });
        if (!slice.isLast()) {
            return row.indexedThrough;
        }
        try (PreparedStatement insertRun =
                connection.prepareStatement("INSERT INTO run (number, last_id) VALUES (?, ?)")) {
            insertRun.setLong(1, run);
            insertRun.setLong(2, slice.run().lastId());
            insertRun.executeUpdate();
        }
        try (PreparedStatement insertSource =
                connection.prepareStatement("INSERT INTO run_source (source, run, records) VALUES (?, ?, ?)")) {
            for (Map.Entry<Long, Integer> source : slice.run().sources().entrySet()) {
                insertSource.setLong(1, source.getKey());
                insertSource.setLong(2, run);
                insertSource.setInt(3, source.getValue());
                insertSource.addBatch();
            }
            insertSource.executeBatch();
        }
        return slice.run().lastId();
    }

    /** A key that is newer than all in the table needs no look there. */
    private boolean isKnown(IdempotencyKey key) throws SQLException {
        if (index.contains(key)) {
            return true;
        }
        if (row.lastKey == null || key.compareTo(row.lastKey) > 0) {
            return false;
        }
        selectSeen.setBytes(1, key.toBytes());
        try (ResultSet rows = selectSeen.executeQuery()) {
            return rows.next();
        }
    }

    /** Inserts records that have the ids behind {@code after}. */
    private void insert(long after, List<HashedRecord> added) throws SQLException {
        records.insert(added.size(), (statement, before, i) -> {
            HashedRecord next = added.get(i);
            NewRecord newRecord = next.record();
            statement.setLong(before + 1, after + 1 + i);
            statement.setInt(before + 2, newRecord.lane().code());
            statement.setLong(before + 3, next.conversation());
            statement.setLong(before + 4, newRecord.receivedAt().toEpochMilli());
            statement.setLong(before + 5, sources.of(newRecord, connection));
            statement.setBytes(before + 6, newRecord.key().toBytes());
            statement.setBytes(before + 7, subjects(next.subjects()));
        });
        // One by one: SQLite keeps a copy of what a statement inserted last.
        for (int i = 0; i < added.size(); i++) {
            insertPayload.setLong(1, after + 1 + i);
            insertPayload.setBytes(2, added.get(i).record().payload());
            insertPayload.addBatch();
        }
        insertPayload.executeBatch();
    }

    private static byte @Nullable [] subjects(List<Long> subjects) {
        if (subjects.isEmpty()) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * subjects.size());
        subjects.forEach(bytes::putLong);
        return bytes.array();
    }

    private static InboxRecord inboxRecord(long id, HashedRecord next) {
        NewRecord newRecord = next.record();
        return new InboxRecord(
                new InboxRecordId(id),
                newRecord.key(),
                newRecord.endpoint(),
                newRecord.field(),
                newRecord.lane(),
                next.conversation(),
                Instant.ofEpochMilli(newRecord.receivedAt().toEpochMilli()),
                newRecord.payload(),
                0,
                Set.of());
    }

    private void write(Change change) throws SQLException {
        putProgress.setString(1, change.consumer());
        putProgress.setLong(2, change.progress().floor());
        putProgress.setLong(3, change.progress().completed());
        putProgress.setLong(4, change.progress().discarded());
        putProgress.setBytes(5, ProgressFormat.toBytes(change.progress().lanes()));
        putProgress.executeUpdate();
        for (Delivery delivery : change.put()) {
            put(change.consumer(), delivery);
        }
        for (long id : change.remove()) {
            removeDelivery.setString(1, change.consumer());
            removeDelivery.setLong(2, id);
            removeDelivery.executeUpdate();
            leftOvers.delete(id, row);
        }
    }

    private void put(String consumer, Delivery delivery) throws SQLException {
        putDelivery.setString(1, consumer);
        putDelivery.setLong(2, delivery.id());
        putDelivery.setInt(3, delivery.lane().code());
        putDelivery.setLong(4, delivery.conversation());
        putDelivery.setInt(5, delivery.state().code());
        putDelivery.setInt(6, delivery.failedAttempts());
        if (delivery.notBefore() == null) {
            putDelivery.setNull(7, Types.INTEGER);
        } else {
            putDelivery.setLong(7, delivery.notBefore().toEpochMilli());
        }
        putDelivery.setLong(8, delivery.changedAt().toEpochMilli());
        putDelivery.setString(9, HandlerNames.join(delivery.succeeded()));
        putDelivery.setString(10, delivery.reason());
        putDelivery.executeUpdate();
        if (delivery.isFailure()) {
            insertAttempt.setLong(1, delivery.id());
            insertAttempt.setString(2, consumer);
            insertAttempt.setLong(3, delivery.changedAt().toEpochMilli());
            insertAttempt.setString(4, delivery.reason());
            insertAttempt.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
