package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.engine.Retention;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what has been kept long enough, a small step and a transaction at a time, in the order of ids:
 *
 * <ol>
 *   <li>payloads that every important consumer has passed, or that have been held for too long; then those of fields that are kept
 *       for a shorter time;
 *   <li>dead letters and discarded records;
 *   <li>keys and records that every consumer has passed;
 *   <li>failed attempts;
 *   <li>entries of look-ups whose records are deleted. Where a delivery keeps a record, {@link CandidateSearch} does without.
 * </ol>
 *
 * <p>How old a record is follows from ticks, each of which says that the ids below it were stored before a time. A record from a clock
 * that was ahead is as old as its neighbours. A delivery keeps what it needs; {@link LeftOvers} deletes that when the delivery ends.
 */
final class Forgetting {

    private static final Logger log = LoggerFactory.getLogger(Forgetting.class);
    private static final Duration TICK = Duration.ofMinutes(1);
    private static final Duration LONGEST_RUN = Duration.ofDays(1);
    private static final int IDS_PER_STEP = 200;
    private static final int IDS_PER_FIELD_STEP = 500;
    private static final int LOOKUPS_PER_STEP = 1_000;

    private final SqliteWriter writer;
    private final SqliteWriter.StoreRow row;
    private final KeyIndex index;
    private @Nullable Instant lastTick;
    private Instant lastRun;
    private boolean writing;

    Forgetting(SqliteWriter writer, KeyIndex index, Instant now) {
        this.writer = writer;
        this.row = writer.row();
        this.index = index;
        this.lastRun = now;
    }

    /** Takes one step; returns false where nothing is left for now. */
    boolean step(Retention retention, Instant now) throws SQLException {
        tick(now, now.minus(retention.longest().plusDays(1)));
        return writeIndex(now)
                || overwriting(() -> erasePayloads(retention, now)
                        || erasePayloadsOfFields(retention, now)
                        || discardHeld(now, now.minus(retention.maxHold()))
                        || deleteEnded(now.minus(retention.deadLetter())))
                || deleteRecords(now.minus(retention.duplicates()))
                || deleteAttempts(now.minus(retention.attempts()))
                || deleteLookups();
    }

    private interface Step {

        boolean run() throws SQLException;
    }

    /**
     * Writes zeros over pages that become free: a new payload may come to lie in one of them without filling it, and a sweep could not tell
     * what is left of the old one from the new one.
     */
    private boolean overwriting(Step step) throws SQLException {
        SqliteDatabase.execute(writer.connection, SqliteDatabase.SECURE_DELETE);
        boolean isOn = step.run();
        SqliteDatabase.execute(writer.connection, SqliteDatabase.SECURE_DELETE_FAST);
        return isOn;
    }

    private void tick(Instant now, Instant oldest) throws SQLException {
        if (lastTick == null) {
            // What was stored before this start is older than the start; how much, its last record says.
            long receivedAt = number(
                    "SELECT coalesce((SELECT received_at FROM record WHERE id = ?), ?)",
                    row.lastId,
                    now.toEpochMilli());
            lastTick = now;
            tick(Math.min(receivedAt, now.toEpochMilli()), now, oldest);
        } else if (now.isBefore(lastTick) || !now.isBefore(lastTick.plus(TICK))) {
            lastTick = now;
            tick(now.toEpochMilli(), now, oldest);
        }
    }

    private void tick(long at, Instant now, Instant oldest) throws SQLException {
        SqliteDatabase.begin(writer.connection);
        int fromTheFuture =
                execute("DELETE FROM tick WHERE at > ?", now.plus(TICK).toEpochMilli());
        // The last of those that are old enough stays: it says that what is below it is old enough, too.
        execute("DELETE FROM tick WHERE at < (SELECT max(at) FROM tick WHERE at < ?)", oldest.toEpochMilli());
        if (number("SELECT coalesce(max(id), 0) FROM tick") <= row.lastId) {
            execute("INSERT OR REPLACE INTO tick (at, id) VALUES (?, ?)", at, row.lastId + 1);
        }
        if (fromTheFuture > 0) {
            execute("UPDATE delivery SET changed_at = ? WHERE changed_at > ?", now.toEpochMilli(), now.toEpochMilli());
        }
        SqliteDatabase.commit(writer.connection);
        if (fromTheFuture > 0) {
            log.warn(
                    "The clock was ahead when some records were stored. For retention they are as old as their neighbours.");
        }
    }

    /** The last id that was stored before a time. */
    private long lastBefore(Instant time) throws SQLException {
        return number(
                "SELECT coalesce((SELECT id FROM tick WHERE at <= ? ORDER BY at DESC LIMIT 1), 1) - 1",
                time.toEpochMilli());
    }

    /** Where few records come, their keys and subjects go into the index once a day. */
    private boolean writeIndex(Instant now) throws SQLException {
        if (now.isAfter(lastRun.plus(LONGEST_RUN)) || now.isBefore(lastRun)) {
            lastRun = now;
            writing = index.freezeEarly();
        }
        writing = writing && writer.writeIndex(IDS_PER_STEP);
        return writing;
    }

    private boolean erasePayloads(Retention retention, Instant now) throws SQLException {
        long end = Math.min(lastBefore(now.minus(retention.payload())), payloadFloor(retention, now));
        if (row.erasedThrough >= end) {
            return false;
        }
        long to = Math.min(end, row.erasedThrough + IDS_PER_STEP);
        SqliteDatabase.begin(writer.connection);
        execute(
                "DELETE FROM payload WHERE id > ? AND id <= ? AND NOT EXISTS"
                        + " (SELECT 1 FROM delivery WHERE delivery.id = payload.id AND state < 3)",
                row.erasedThrough,
                to);
        execute("UPDATE store SET erased_through = ?", to);
        SqliteDatabase.commit(writer.connection);
        row.erasedThrough = to;
        return true;
    }

    /** Payloads up to here are not waited for any longer. */
    private long payloadFloor(Retention retention, Instant now) throws SQLException {
        return Math.max(lastBefore(now.minus(retention.maxHold())), floor("WHERE important = 1"));
    }

    private boolean erasePayloadsOfFields(Retention retention, Instant now) throws SQLException {
        for (Map.Entry<String, Duration> shorter : retention.payloadOf().entrySet()) {
            long end = Math.min(lastBefore(now.minus(shorter.getValue())), payloadFloor(retention, now));
            if (erasePayloadsOf(shorter.getKey(), end)) {
                return true;
            }
        }
        return false;
    }

    private boolean erasePayloadsOf(String field, long end) throws SQLException {
        long from = Math.max(row.erasedThrough, row.erasedThroughOf.getOrDefault(field, 0L));
        if (from >= end) {
            return false;
        }
        long to = Math.min(end, from + IDS_PER_FIELD_STEP);
        SqliteDatabase.begin(writer.connection);
        for (long source : sourcesOf(field)) {
            execute(
                    "DELETE FROM payload WHERE id IN (SELECT id FROM record WHERE id > ? AND id <= ? AND source = ?)"
                            + " AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.id = payload.id AND state < 3)",
                    from,
                    to,
                    source);
        }
        try (PreparedStatement put = writer.connection.prepareStatement(
                "INSERT OR REPLACE INTO field_retention (field, erased_through) VALUES (?, ?)")) {
            put.setString(1, field);
            put.setLong(2, to);
            put.executeUpdate();
        }
        SqliteDatabase.commit(writer.connection);
        row.erasedThroughOf.put(field, to);
        return true;
    }

    private List<Long> sourcesOf(String field) throws SQLException {
        List<Long> sources = new ArrayList<>();
        try (PreparedStatement select = writer.connection.prepareStatement("SELECT id, field FROM source");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (Retention.keyOf(rows.getString(2)).equals(field)) {
                    sources.add(rows.getLong(1));
                }
            }
        }
        return sources;
    }

    /** The lowest position of consumers: what is behind it is still to be read. */
    private long floor(String which) throws SQLException {
        return number("SELECT coalesce(min(coalesce(floor, start_id)), " + Long.MAX_VALUE
                + ") FROM consumer LEFT JOIN progress ON progress.consumer = consumer.name " + which);
    }

    /** Records that have waited for longer than payloads may be held are given up. */
    private boolean discardHeld(Instant now, Instant before) throws SQLException {
        List<Long> ids = numbers(
                "SELECT id FROM delivery WHERE id <= ? AND state < 2 ORDER BY id LIMIT " + IDS_PER_STEP,
                lastBefore(before));
        if (ids.isEmpty()) {
            return false;
        }
        SqliteDatabase.begin(writer.connection);
        for (long id : ids) {
            execute(
                    "UPDATE delivery SET state = 3, not_before = NULL, changed_at = ?, reason = 'held for too long'"
                            + " WHERE id = ? AND state < 2",
                    now.toEpochMilli(),
                    id);
            writer.leftOvers().delete(id, row);
        }
        SqliteDatabase.commit(writer.connection);
        log.warn("{} records have waited for longer than ackbox.inbox.max-hold and are discarded", ids.size());
        return true;
    }

    private boolean deleteRecords(Instant before) throws SQLException {
        long end = Math.min(
                Math.min(lastBefore(before), row.erasedThrough),
                floor("WHERE name NOT IN (SELECT consumer FROM replay)"));
        if (row.deletedThrough >= end) {
            return false;
        }
        long to = Math.min(end, row.deletedThrough + IDS_PER_STEP);
        SqliteDatabase.begin(writer.connection);
        List<IdempotencyKey> keys = deletable(to);
        try (PreparedStatement delete = writer.connection.prepareStatement("DELETE FROM seen WHERE key = ?")) {
            for (IdempotencyKey key : keys) {
                delete.setBytes(1, key.toBytes());
                delete.executeUpdate();
            }
        }
        String ids = " WHERE id > ? AND id <= ? AND id NOT IN (SELECT id FROM delivery WHERE id > ? AND id <= ?)";
        for (String table : List.of("attempt", "note", "record")) {
            execute("DELETE FROM " + table + ids, row.deletedThrough, to, row.deletedThrough, to);
        }
        execute("UPDATE store SET deleted_through = ?", to);
        SqliteDatabase.commit(writer.connection);
        row.deletedThrough = to;
        keys.forEach(index::remove);
        return true;
    }

    /** Those of records that have a delivery go with it. */
    private boolean deleteAttempts(Instant before) throws SQLException {
        long end = lastBefore(before);
        if (row.attemptsThrough >= end) {
            return false;
        }
        long to = Math.min(end, row.attemptsThrough + IDS_PER_STEP);
        SqliteDatabase.begin(writer.connection);
        execute(
                "DELETE FROM attempt WHERE id > ? AND id <= ? AND NOT EXISTS"
                        + " (SELECT 1 FROM delivery WHERE delivery.id = attempt.id)",
                row.attemptsThrough,
                to);
        execute("UPDATE store SET attempts_through = ?", to);
        SqliteDatabase.commit(writer.connection);
        row.attemptsThrough = to;
        return true;
    }

    private List<IdempotencyKey> deletable(long to) throws SQLException {
        List<IdempotencyKey> keys = new ArrayList<>();
        try (PreparedStatement select =
                writer.connection.prepareStatement("SELECT key FROM record WHERE id > ? AND id <= ? AND NOT EXISTS"
                        + " (SELECT 1 FROM delivery WHERE delivery.id = record.id)")) {
            select.setLong(1, row.deletedThrough);
            select.setLong(2, to);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.add(IdempotencyKey.fromBytes(rows.getBytes(1)));
                }
            }
        }
        return keys;
    }

    private boolean deleteLookups() throws SQLException {
        long run = number("SELECT coalesce(min(number), 0) FROM run WHERE last_id <= ?", row.deletedThrough);
        if (run == 0) {
            return false;
        }
        SqliteDatabase.begin(writer.connection);
        int deleted = execute(
                "DELETE FROM lookup WHERE (run, subject, id) IN (SELECT run, subject, id FROM lookup WHERE run = ? LIMIT "
                        + LOOKUPS_PER_STEP + ")",
                run);
        if (deleted < LOOKUPS_PER_STEP && run < row.lastRun) {
            execute("DELETE FROM run_source WHERE run = ?", run);
            execute("DELETE FROM run WHERE number = ?", run);
        }
        SqliteDatabase.commit(writer.connection);
        return deleted > 0 || run < row.lastRun;
    }

    private boolean deleteEnded(Instant before) throws SQLException {
        record Ended(String consumer, long id) {}
        List<Ended> ended = new ArrayList<>();
        try (PreparedStatement select =
                writer.connection.prepareStatement("SELECT delivery.consumer, id FROM consumer CROSS JOIN delivery"
                        + " INDEXED BY delivery_end ON delivery.consumer = consumer.name WHERE state IN (2, 3) AND state >= 2 AND changed_at < ? LIMIT "
                        + IDS_PER_STEP)) {
            select.setLong(1, before.toEpochMilli());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ended.add(new Ended(rows.getString(1), rows.getLong(2)));
                }
            }
        }
        if (ended.isEmpty()) {
            return false;
        }
        SqliteDatabase.begin(writer.connection);
        try (PreparedStatement delete =
                        writer.connection.prepareStatement("DELETE FROM delivery WHERE consumer = ? AND id = ?");
                PreparedStatement count = writer.connection.prepareStatement(
                        "UPDATE consumer SET forgotten = forgotten + 1 WHERE name = ?")) {
            for (Ended next : ended) {
                delete.setString(1, next.consumer());
                delete.setLong(2, next.id());
                delete.executeUpdate();
                count.setString(1, next.consumer());
                count.executeUpdate();
                writer.leftOvers().delete(next.id(), row);
            }
        }
        SqliteDatabase.commit(writer.connection);
        return true;
    }

    private int execute(String sql, long... parameters) throws SQLException {
        try (PreparedStatement statement = writer.connection.prepareStatement(sql)) {
            set(statement, parameters);
            return statement.executeUpdate();
        }
    }

    private long number(String sql, long... parameters) throws SQLException {
        return numbers(sql, parameters).get(0);
    }

    private List<Long> numbers(String sql, long... parameters) throws SQLException {
        try (PreparedStatement statement = writer.connection.prepareStatement(sql)) {
            set(statement, parameters);
            List<Long> numbers = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
            return numbers;
        }
    }

    private static void set(PreparedStatement statement, long... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setLong(i + 1, parameters[i]);
        }
    }
}
