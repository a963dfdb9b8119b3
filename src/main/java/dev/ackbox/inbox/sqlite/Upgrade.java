package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.engine.KeyedHash;
import dev.ackbox.inbox.engine.LaneProgress;
import dev.ackbox.inbox.engine.ProgressFormat;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what the first version has stored into the tables of consumers, some thousand records a transaction, so that an interrupted
 * upgrade goes on at the next start. What waited is held or retried, and what was dead is a dead letter, all of the consumer
 * {@code handlers}.
 */
final class Upgrade {

    private static final Logger log = LoggerFactory.getLogger(Upgrade.class);
    private static final int RECORDS_PER_STEP = 5_000;
    private static final long BYTES_PER_STEP = 8L << 20;
    private static final long TICK_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final String HANDLERS = ConsumerDefinition.HANDLERS.name();

    private final Connection connection;
    private final KeyedHash hash;
    private final Sources sources;
    private long lastTick;
    private long lastReceived;

    private Upgrade(Connection connection, byte[] hashKey) throws SQLException {
        this.connection = connection;
        this.hash = new KeyedHash(hashKey);
        this.sources = new Sources(connection);
    }

    static byte[] hashKey(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT hash_key FROM store")) {
            rows.next();
            return rows.getBytes(1);
        }
    }

    /** Does nothing where there is nothing of the first version. */
    static void run(Connection connection, byte[] hashKey) throws SQLException {
        if (number(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'old_record'") == 0) {
            return;
        }
        // Nobody waits for these commits, and all of the database would be in the log otherwise.
        SqliteDatabase.execute(connection, "PRAGMA wal_autocheckpoint = 1000");
        Upgrade upgrade = new Upgrade(connection, hashKey);
        long moved = 0;
        for (int step = upgrade.step(); step > 0; step = upgrade.step()) {
            moved += step;
            log.info("Upgrading the inbox database: {} records moved", moved);
        }
        upgrade.finish(moved);
    }

    private int step() throws SQLException {
        SqliteDatabase.begin(connection);
        int records = 0;
        long bytes = 0;
        long lastId = 0;
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT old_record.*, w.id AS waiting, d.id AS dead, w.attempts, w.not_before, w.succeeded,"
                                + " w.reason, d.attempts AS dead_attempts, d.died_at, d.succeeded AS dead_succeeded,"
                                + " d.reason AS dead_reason FROM old_record"
                                + " LEFT JOIN old_waiting w ON w.id = old_record.id AND w.lane = old_record.lane"
                                + " LEFT JOIN old_dead d ON d.id = old_record.id ORDER BY old_record.id LIMIT "
                                + RECORDS_PER_STEP);
                ResultSet rows = select.executeQuery()) {
            while (bytes < BYTES_PER_STEP && rows.next()) {
                bytes += move(rows);
                lastId = rows.getLong("id");
                records++;
            }
        }
        execute("DELETE FROM old_record WHERE id <= ?", lastId);
        SqliteDatabase.commit(connection);
        return records;
    }

    /** Returns the length of the payload. */
    private long move(ResultSet rows) throws SQLException {
        long id = rows.getLong("id");
        byte[] key = rows.getBytes("idempotency_key");
        String text = rows.getString("conversation");
        long conversation = text == null ? 0 : hash.of(0, text);
        NewRecord described = new NewRecord(
                IdempotencyKey.fromBytes(key),
                rows.getString("endpoint"),
                rows.getString("field"),
                null,
                Lane.ofCode(rows.getInt("lane")),
                "",
                null,
                null,
                List.of(),
                Instant.ofEpochMilli(rows.getLong("received_at")),
                new byte[0]);
        execute(
                "INSERT INTO record (id, lane, conversation, received_at, source, key) VALUES (?, ?, ?, ?, ?, ?)",
                id,
                rows.getInt("lane"),
                conversation,
                rows.getLong("received_at"),
                sources.of(described, connection),
                key);
        execute("INSERT OR IGNORE INTO seen (key, id) VALUES (?, ?)", key, id);
        byte[] payload = rows.getBytes("payload");
        if (payload != null) {
            execute("INSERT INTO payload (id, body) VALUES (?, ?)", id, payload);
        }
        moveDelivery(rows, id, conversation);
        tick(rows.getLong("received_at"), id);
        return payload == null ? 0 : payload.length;
    }

    /** About once a minute, when the record before this one was stored. */
    private void tick(long receivedAt, long id) throws SQLException {
        if (receivedAt >= lastTick + TICK_MILLIS) {
            if (lastReceived > 0) {
                execute("INSERT OR REPLACE INTO tick (at, id) VALUES (?, ?)", lastReceived, id);
            }
            lastTick = receivedAt;
        }
        lastReceived = Math.max(lastReceived, receivedAt);
    }

    private void moveDelivery(ResultSet rows, long id, long conversation) throws SQLException {
        boolean waits = rows.getObject("waiting") != null;
        boolean isDead = rows.getObject("dead") != null;
        if (!waits && !isDead) {
            return;
        }
        @Nullable Object notBefore = isDead ? null : rows.getObject("not_before");
        int state = isDead ? 2 : notBefore == null ? 0 : 1;
        execute(
                "INSERT INTO delivery (consumer, id, lane, conversation, state, attempts, not_before, changed_at, succeeded,"
                        + " reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                HANDLERS,
                id,
                rows.getInt("lane"),
                conversation,
                state,
                rows.getInt(isDead ? "dead_attempts" : "attempts"),
                notBefore,
                rows.getLong(isDead ? "died_at" : "received_at"),
                rows.getString(isDead ? "dead_succeeded" : "succeeded"),
                rows.getString(isDead ? "dead_reason" : "reason"));
    }

    /** What is neither waiting nor dead is completed; so are the ids that the first version gave to duplicates. */
    private void finish(long moved) throws SQLException {
        SqliteDatabase.begin(connection);
        long lastId = number(connection, "SELECT last_id FROM store");
        long completed = lastId - number(connection, "SELECT count(*) FROM delivery");
        if (lastId > 0) {
            Map<Lane, LaneProgress> lanes = new EnumMap<>(Lane.class);
            for (Lane lane : Lane.values()) {
                lanes.put(lane, new LaneProgress(lastId, List.of()));
            }
            execute(
                    "INSERT INTO consumer (name, target, important, paused, start_id, unused, forgotten) VALUES (?, ?, 1, 0, 0, 0, 0)",
                    HANDLERS,
                    HANDLERS);
            execute(
                    "INSERT INTO progress (consumer, floor, completed, discarded, lanes) VALUES (?, ?, ?, 0, ?)",
                    HANDLERS,
                    lastId,
                    completed,
                    ProgressFormat.toBytes(lanes));
        }
        for (String table : List.of("old_record", "old_waiting", "old_dead")) {
            SqliteDatabase.execute(connection, "DROP TABLE " + table);
        }
        SqliteDatabase.commit(connection);
        if (moved > 0) {
            log.info("The inbox database is upgraded");
        }
    }

    private void execute(String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
