package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.HashedRecord;
import dev.ackbox.inbox.engine.Share;
import dev.ackbox.inbox.engine.Written;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The statements of a batch, in the transaction of a connection:
 *
 * <ol>
 *   <li>lock the writer's own row: a transaction of the same writer whose connection was lost has ended then. This one has its number
 *       by now, and holds the lock of those that take ids, as {@link Horizon} asks for;
 *   <li>take ids, in the order of arrival;
 *   <li>insert keys, in the order of keys, or two replicas with the same redelivery would wait for each other; then the records whose
 *       keys are new;
 *   <li>write what consumers have done;
 *   <li>note the batch's number in the writer's row.
 * </ol>
 */
final class BatchWriter {

    private static final String CREATE =
            "INSERT INTO writer (name, batch, records) VALUES (?, 0, 0) ON CONFLICT (name) DO NOTHING";

    /** In this order; in one round trip. */
    private static final String LOCK_AND_TAKE_IDS = "SELECT batch FROM writer WHERE name = ? FOR UPDATE;"
            + " SELECT pg_advisory_xact_lock_shared(" + Horizon.LOCK + ");"
            + " SELECT nextval('record_id') FROM generate_series(1, ?)";

    private static final String INSERT =
            "WITH item AS (SELECT key, id, conversation, received_at, source, share, lane, subjects::bigint[] AS subjects, body"
                    + " FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " AS item(key, id, conversation, received_at, source, share, lane, subjects, body)),"
                    + " fresh AS (INSERT INTO seen (key, id) SELECT key, id FROM item ON CONFLICT (key) DO NOTHING RETURNING id),"
                    + " kept AS (SELECT * FROM item WHERE id IN (SELECT id FROM fresh)),"
                    + " bodies AS (INSERT INTO payload (id, body) SELECT id, body FROM kept),"
                    + " lookups AS (INSERT INTO lookup (run, subject, id) SELECT DISTINCT id >> 16, unnest(subjects), id FROM kept)"
                    + " INSERT INTO record (id, conversation, received_at, source, share, lane, key, subjects)"
                    + " SELECT id, conversation, received_at, source, share, lane, key, subjects FROM kept RETURNING id";

    private static final String NOTE = "UPDATE writer SET batch = ?, records = records + ? WHERE name = ?";

    private final Connection connection;
    private final String writer;
    private final Sql sql;

    BatchWriter(Connection connection, String writer) {
        this.connection = connection;
        this.writer = writer;
        this.sql = new Sql(connection);
    }

    /** Where the writer has no row, its first batch would lock nothing. */
    static void create(Connection connection, String writer) throws SQLException {
        new Sql(connection).update(CREATE, writer);
    }

    /** The number of the last batch that is durable; waits for the end of one that is under way. */
    long lastBatch() throws SQLException {
        return sql.number("SELECT batch FROM writer WHERE name = ? FOR UPDATE", writer);
    }

    /**
     * Writes everything.
     *
     * @param sources ids of the records' sources, which are there already
     */
    Written write(Batch batch, Sources.Ids sources) throws SQLException {
        List<Item> items = distinct(batch.records());
        List<Long> ids = lockAndTakeIds(items.size());
        for (int i = 0; i < items.size(); i++) {
            items.set(i, items.get(i).with(ids.get(i)));
        }
        Set<Long> fresh = items.isEmpty() ? Set.of() : insert(items, sources);
        BitSet isNew = new BitSet(batch.records().size());
        List<Written.Stored> stored = new ArrayList<>(fresh.size());
        for (Item item : items) {
            if (fresh.contains(item.id())) {
                isNew.set(item.position());
                stored.add(new Written.Stored(item.hashed().share(), item.stored()));
            }
        }
        Set<Share> lost = new ChangeWriter(sql, writer).write(batch.changes());
        sql.update(NOTE, batch.number(), (long) fresh.size(), writer);
        return new Written(isNew, stored, 0, 0, lost);
    }

    /** A record with its place in the batch. */
    private record Item(int position, long id, HashedRecord hashed) {

        Item with(long given) {
            return new Item(position, given, hashed);
        }

        NewRecord record() {
            return hashed.record();
        }

        IdempotencyKey key() {
            return record().key();
        }

        InboxRecord stored() {
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
                items.add(new Item(i, 0, records.get(i)));
            }
        }
        return items;
    }

    private List<Long> lockAndTakeIds(int count) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_AND_TAKE_IDS)) {
            statement.setString(1, writer);
            statement.setInt(2, count);
            statement.execute();
            try (ResultSet locked = statement.getResultSet()) {
                if (!locked.next()) {
                    throw new SQLException("The writer's row is gone");
                }
            }
            statement.getMoreResults();
            statement.getMoreResults();
            List<Long> ids = new ArrayList<>(count);
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
            return ids;
        }
    }

    /** Returns the ids of those whose keys are new. */
    private Set<Long> insert(List<Item> items, Sources.Ids sources) throws SQLException {
        List<Item> sorted =
                items.stream().sorted(Comparator.comparing(Item::key)).toList();
        int count = sorted.size();
        byte[][] keys = new byte[count][];
        Long[] ids = new Long[count];
        Long[] conversations = new Long[count];
        Long[] times = new Long[count];
        Integer[] from = new Integer[count];
        Integer[] shares = new Integer[count];
        Integer[] lanes = new Integer[count];
        String[] subjects = new String[count];
        byte[][] bodies = new byte[count][];
        for (int i = 0; i < count; i++) {
            Item item = sorted.get(i);
            keys[i] = item.key().toBytes();
            ids[i] = item.id();
            conversations[i] = item.hashed().conversation();
            times[i] = item.record().receivedAt().toEpochMilli();
            from[i] = sources.of(item.record());
            shares[i] = item.hashed().share();
            lanes[i] = item.record().lane().code();
            subjects[i] = item.hashed().subjects().isEmpty() ? null : item.subjects();
            bodies[i] = item.record().payload();
        }
        return new HashSet<>(
                sql.numbers(INSERT, keys, ids, conversations, times, from, shares, lanes, subjects, bodies));
    }
}
