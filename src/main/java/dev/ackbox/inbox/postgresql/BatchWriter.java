package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.HashedRecord;
import dev.ackbox.inbox.engine.Written;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a batch, in the transaction of a connection. All but the last are one round trip:
 *
 * <ol>
 *   <li>lock out other transactions of the same writer: one whose connection was lost has ended by then;
 *   <li>take the lock of those who take ids, and the transaction's number, as {@link Horizon} asks for;
 *   <li>take ids, in the order of arrival;
 *   <li>insert keys, in the order of keys, or two replicas with the same redelivery would wait for each other; then the records whose
 *       keys are new; and note the batch's number;
 *   <li>write what consumers have done.
 * </ol>
 */
final class BatchWriter {

    private static final String LOCK_WRITER = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))";

    private static final String BEGIN =
            LOCK_WRITER + "; SELECT pg_advisory_xact_lock_shared(" + Horizon.LOCK + "); SELECT pg_current_xact_id(); ";

    /** How many statements {@link #BEGIN} has. */
    private static final int STATEMENTS_OF_BEGIN = 3;

    private static final String INSERT = BEGIN
            + "WITH item AS (SELECT nextval('record_id') AS id, place, key, conversation, received_at, source, share, lane,"
            + " subjects::bigint[] AS subjects, body FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY"
            + " AS item(key, conversation, received_at, source, share, lane, subjects, body, place)),"
            + " fresh AS (INSERT INTO seen (key, id) SELECT key, id FROM item ORDER BY key"
            + " ON CONFLICT (key) DO NOTHING RETURNING id),"
            + " kept AS (SELECT * FROM item WHERE id IN (SELECT id FROM fresh)),"
            + " bodies AS (INSERT INTO payload (id, body) SELECT id, body FROM kept),"
            + " lookups AS (INSERT INTO lookup (run, subject, id) SELECT DISTINCT id >> 16, unnest(subjects), id FROM kept),"
            + " records AS (INSERT INTO record (id, conversation, received_at, source, share, lane, key, subjects)"
            + " SELECT id, conversation, received_at, source, share, lane, key, subjects FROM kept),"
            + " note AS (INSERT INTO batch (writer, number, records) SELECT ?, ?, count(*) FROM fresh)"
            + " SELECT place, id FROM kept";

    private static final String NOTE = BEGIN + "INSERT INTO batch (writer, number, records) VALUES (?, ?, 0)";

    private final Connection connection;
    private final String writer;
    private final Sql sql;

    BatchWriter(Connection connection, String writer) {
        this.connection = connection;
        this.writer = writer;
        this.sql = new Sql(connection);
    }

    /**
     * Whether a batch is durable; waits for the end of a transaction that is under way. That may be visible before a synchronous
     * standby has it, so the row is written once more: the commit of that waits for the standby.
     */
    boolean isDurable(long batch) throws SQLException {
        sql.rows(row -> batch, LOCK_WRITER, writer);
        return sql.update("UPDATE batch SET records = records WHERE writer = ? AND number = ?", writer, batch) > 0;
    }

    /**
     * Writes everything.
     *
     * @param sources ids of the records' sources, which are there already
     */
    Written write(Batch batch, Sources.Ids sources) throws SQLException {
        List<Item> items = distinct(batch.records());
        Map<Integer, Long> ids = items.isEmpty() ? note(batch) : insert(batch, items, sources);
        BitSet isNew = new BitSet(batch.records().size());
        List<Written.Stored> stored = new ArrayList<>(ids.size());
        for (int i = 0; i < items.size(); i++) {
            Long id = ids.get(i);
            if (id != null) {
                Item item = items.get(i);
                isNew.set(item.position());
                stored.add(new Written.Stored(item.hashed().share(), item.stored(id)));
            }
        }
        return new Written(isNew, stored, 0, 0, new ChangeWriter(sql, writer).write(batch.changes()));
    }

    /** A record with its place in the batch. */
    private record Item(int position, HashedRecord hashed) {

        NewRecord record() {
            return hashed.record();
        }

        IdempotencyKey key() {
            return record().key();
        }

        InboxRecord stored(long id) {
            return new InboxRecord(
                    new InboxRecordId(id),
                    key(),
                    record().endpoint(),
                    record().field(),
                    record().lane(),
                    hashed.conversation(),
                    Instant.ofEpochMilli(record().receivedAt().toEpochMilli()),
                    record().payload(),
                    0,
                    Set.of());
        }

        /** As an array of numbers is written. */
        String subjects() {
            return hashed.subjects().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        }
    }

    /** The first of each key. */
    private static List<Item> distinct(List<HashedRecord> records) {
        Set<IdempotencyKey> keys = new HashSet<>();
        List<Item> items = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            if (keys.add(records.get(i).record().key())) {
                items.add(new Item(i, records.get(i)));
            }
        }
        return items;
    }

    private Map<Integer, Long> note(Batch batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
            sql.set(statement, writer, writer, batch.number());
            statement.execute();
            return Map.of();
        }
    }

    /** Returns the ids of those whose keys are new, by their places in the list. */
    private Map<Integer, Long> insert(Batch batch, List<Item> items, Sources.Ids sources) throws SQLException {
        int count = items.size();
        byte[][] keys = new byte[count][];
        Long[] conversations = new Long[count];
        Long[] times = new Long[count];
        Integer[] from = new Integer[count];
        Integer[] shares = new Integer[count];
        Integer[] lanes = new Integer[count];
        @Nullable String[] subjects = new @Nullable String[count];
        byte[][] bodies = new byte[count][];
        for (int i = 0; i < count; i++) {
            Item item = items.get(i);
            keys[i] = item.key().toBytes();
            conversations[i] = item.hashed().conversation();
            times[i] = item.record().receivedAt().toEpochMilli();
            from[i] = sources.of(item.record());
            shares[i] = item.hashed().share();
            lanes[i] = item.record().lane().code();
            subjects[i] = item.hashed().subjects().isEmpty() ? null : item.subjects();
            bodies[i] = item.record().payload();
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            sql.set(
                    statement,
                    writer,
                    keys,
                    conversations,
                    times,
                    from,
                    shares,
                    lanes,
                    subjects,
                    bodies,
                    writer,
                    batch.number());
            statement.execute();
            for (int i = 0; i < STATEMENTS_OF_BEGIN; i++) {
                statement.getMoreResults();
            }
            Map<Integer, Long> ids = new HashMap<>(count * 2);
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    ids.put((int) rows.getLong("place") - 1, rows.getLong("id"));
                }
            }
            return ids;
        }
    }
}
