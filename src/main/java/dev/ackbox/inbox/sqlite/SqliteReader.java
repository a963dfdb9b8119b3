package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.DeadLetter;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.engine.Due;
import dev.ackbox.inbox.engine.HandlerNames;
import dev.ackbox.inbox.engine.HashedFilter;
import dev.ackbox.inbox.engine.Page;
import dev.ackbox.inbox.engine.Part;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reader's queries on its connection. */
final class SqliteReader implements AutoCloseable {

    private static final String RECORD = "record.id, record.key, source.endpoint, source.field, record.lane,"
            + " record.conversation, record.received_at, record.erased, payload.body";

    private static final String DELIVERED = RECORD
            + ", delivery.attempts, delivery.succeeded, delivery.not_before, delivery.changed_at, delivery.reason FROM delivery"
            + " JOIN record ON record.id = delivery.id JOIN source ON source.id = record.source";

    /** Records without a payload are passed, but not all of them at once. */
    private static final int MOST_GONE = 5_000;

    /** Of a lane, where a filter asks for some of the records. */
    private static final int MOST_LOOKED_AT = 5_000;

    private static final byte[] NO_PAYLOAD = {};

    private final Connection connection;

    SqliteReader(Connection connection) {
        this.connection = connection;
    }

    Page read(Lane lane, @Nullable HashedFilter filter, long after, long through, int records, long bytes)
            throws SQLException {
        SqliteDatabase.execute(connection, "BEGIN");
        try {
            return filter == null
                    ? page(lane, Conditions.NONE, after, through, records, bytes)
                    : page(lane, Conditions.of(filter), after, windowEnd(lane, after, through), records, bytes);
        } finally {
            SqliteDatabase.execute(connection, "COMMIT");
        }
    }

    /** Few records of many may match a filter, and commits and other consumers must not wait until they are found. */
    private long windowEnd(Lane lane, long after, long through) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id FROM record WHERE lane = ? AND id > ? AND id <= ? ORDER BY id LIMIT 1 OFFSET "
                        + MOST_LOOKED_AT)) {
            select.setInt(1, lane.code());
            select.setLong(2, after);
            select.setLong(3, through);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : through;
            }
        }
    }

    private Page page(Lane lane, Conditions conditions, long after, long through, int limit, long bytes)
            throws SQLException {
        long lastId = number("SELECT last_id FROM store");
        List<InboxRecord> records = new ArrayList<>();
        List<Long> gone = new ArrayList<>();
        List<InboxRecord> erased = new ArrayList<>();
        long read = 0;
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + RECORD + " FROM record JOIN source ON source.id = record.source"
                        + " LEFT JOIN payload ON payload.id = record.id"
                        + " WHERE record.lane = ? AND record.id > ? AND record.id <= ?" + conditions.sql()
                        + " ORDER BY record.id")) {
            select.setInt(1, lane.code());
            select.setLong(2, after);
            select.setLong(3, through);
            for (int i = 0; i < conditions.parameters().size(); i++) {
                select.setObject(4 + i, conditions.parameters().get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    byte[] payload = rows.getBytes("body");
                    long id = rows.getLong("id");
                    boolean isErased = rows.getInt("erased") > 0;
                    if (payload == null || isErased) {
                        gone.add(id);
                        if (isErased) {
                            erased.add(inboxRecord(rows, NO_PAYLOAD, 0, Set.of()));
                        }
                    } else {
                        InboxRecord next = inboxRecord(rows, payload, 0, Set.of());
                        records.add(next);
                        read += next.footprint();
                    }
                    if (records.size() == limit || read >= bytes || gone.size() == MOST_GONE) {
                        return new Page(records, gone, erased, id, true);
                    }
                }
            }
        }
        return new Page(records, gone, erased, Math.min(through, lastId), through < lastId);
    }

    Due due(String consumer, Lane lane, Instant now, Set<Long> except, int records, long bytes) throws SQLException {
        List<InboxRecord> due = new ArrayList<>();
        List<InboxRecord> gone = new ArrayList<>();
        long read = 0;
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + DELIVERED
                        + " LEFT JOIN payload ON payload.id = record.id AND record.erased IS NULL"
                        + " WHERE delivery.consumer = ? AND delivery.lane = ? AND delivery.state = 1 ORDER BY delivery.not_before")) {
            select.setString(1, consumer);
            select.setInt(2, lane.code());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (except.contains(rows.getLong("id"))) {
                        continue;
                    }
                    Instant notBefore = Instant.ofEpochMilli(rows.getLong("not_before"));
                    if (notBefore.isAfter(now) || due.size() + gone.size() == records || read >= bytes) {
                        return new Due(due, gone, notBefore);
                    }
                    InboxRecord next = delivered(rows);
                    (hasPayload(rows) ? due : gone).add(next);
                    read += next.footprint();
                }
            }
        }
        return new Due(due, gone, null);
    }

    Due held(String consumer, Lane lane, long conversation, Set<Long> except, int records, long bytes)
            throws SQLException {
        List<InboxRecord> held = new ArrayList<>();
        List<InboxRecord> gone = new ArrayList<>();
        long read = 0;
        try (PreparedStatement select = connection.prepareStatement("SELECT " + DELIVERED
                + " LEFT JOIN payload ON payload.id = record.id AND record.erased IS NULL"
                + " WHERE delivery.consumer = ? AND delivery.lane = ? AND delivery.conversation = ? AND delivery.state = 0"
                + " ORDER BY delivery.id")) {
            select.setString(1, consumer);
            select.setInt(2, lane.code());
            select.setLong(3, conversation);
            try (ResultSet rows = select.executeQuery()) {
                while (held.size() + gone.size() < records && (read == 0 || read < bytes) && rows.next()) {
                    if (!except.contains(rows.getLong("id"))) {
                        InboxRecord next = delivered(rows);
                        (hasPayload(rows) ? held : gone).add(next);
                        read += next.footprint();
                    }
                }
            }
        }
        return new Due(held, gone, null);
    }

    List<DeadLetter> deadLetters(String consumer, int limit) throws SQLException {
        List<DeadLetter> letters = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT " + DELIVERED
                + " LEFT JOIN payload ON payload.id = record.id AND record.erased IS NULL WHERE delivery.consumer = ? AND delivery.state = 2 AND delivery.state >= 2"
                + " ORDER BY delivery.changed_at DESC, delivery.id DESC LIMIT ?")) {
            select.setString(1, consumer);
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    letters.add(new DeadLetter(
                            delivered(rows),
                            Instant.ofEpochMilli(rows.getLong("changed_at")),
                            rows.getString("reason")));
                }
            }
        }
        return letters;
    }

    List<LatestValue> latestValues() throws SQLException {
        List<LatestValue> values = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT key, time, value FROM latest_value ORDER BY key");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                values.add(new LatestValue(
                        rows.getString("key"), Instant.ofEpochMilli(rows.getLong("time")), rows.getBytes("value")));
            }
        }
        return values;
    }

    Optional<byte[]> note(long recordId, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT value FROM note WHERE id = ? AND name = ? AND value <> zeroblob(length(value))")) {
            select.setLong(1, recordId);
            select.setString(2, name);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
            }
        }
    }

    @Nullable
    Instant oldestWaiting(String consumer, Map<Part, Long> after) throws SQLException {
        Instant oldest = oldestDelivery(consumer);
        for (Map.Entry<Part, Long> next : after.entrySet()) {
            Instant received = receivedAfter(next.getKey().lane(), next.getValue());
            if (received != null && (oldest == null || received.isBefore(oldest))) {
                oldest = received;
            }
        }
        return oldest;
    }

    private @Nullable Instant receivedAfter(Lane lane, long after) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT received_at FROM record WHERE lane = ? AND id > ? ORDER BY id LIMIT 1")) {
            select.setInt(1, lane.code());
            select.setLong(2, after);
            return instant(select);
        }
    }

    private @Nullable Instant oldestDelivery(String consumer) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT received_at FROM record WHERE id ="
                + " (SELECT min(id) FROM (SELECT min(id) AS id FROM delivery WHERE consumer = ? AND state = 0"
                + " UNION ALL SELECT min(id) FROM delivery WHERE consumer = ? AND state = 1))")) {
            select.setString(1, consumer);
            select.setString(2, consumer);
            return instant(select);
        }
    }

    private static @Nullable Instant instant(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? Instant.ofEpochMilli(rows.getLong(1)) : null;
        }
    }

    private long number(String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static boolean hasPayload(ResultSet rows) throws SQLException {
        return rows.getBytes("body") != null;
    }

    private static InboxRecord delivered(ResultSet rows) throws SQLException {
        byte[] payload = rows.getBytes("body");
        return inboxRecord(
                rows,
                payload == null ? NO_PAYLOAD : payload,
                rows.getInt("attempts"),
                HandlerNames.split(rows.getString("succeeded")));
    }

    private static InboxRecord inboxRecord(ResultSet rows, byte[] payload, int attempts, Set<String> succeeded)
            throws SQLException {
        return new InboxRecord(
                new InboxRecordId(rows.getLong("id")),
                IdempotencyKey.fromBytes(rows.getBytes("key")),
                rows.getString("endpoint"),
                rows.getString("field"),
                Lane.ofCode(rows.getInt("lane")),
                rows.getLong("conversation"),
                Instant.ofEpochMilli(rows.getLong("received_at")),
                payload,
                attempts,
                succeeded);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
