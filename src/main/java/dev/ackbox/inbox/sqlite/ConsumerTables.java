package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.engine.LaneProgress;
import dev.ackbox.inbox.engine.Loaded;
import dev.ackbox.inbox.engine.Progress;
import dev.ackbox.inbox.engine.ProgressFormat;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables {@code consumer}, {@code progress} and {@code delivery}, apart from what a batch writes. Used by the writer alone. */
final class ConsumerTables {

    private final SqliteWriter writer;
    private final Connection connection;

    ConsumerTables(SqliteWriter writer) {
        this.writer = writer;
        this.connection = writer.connection;
    }

    void define(ConsumerDefinition definition, Start start) throws SQLException {
        int known = update(
                "UPDATE consumer SET target = ?, important = ? WHERE name = ?",
                definition.target(),
                definition.important(),
                definition.name());
        if (known > 0) {
            return;
        }
        // Behind what is erased: what lies before it is kept for deliveries of others, and goes when those end.
        String startAndUnused = start == Start.NOW
                ? "last_id, 0"
                : "erased_through, last_id - erased_through - (SELECT count(*) FROM record WHERE id > erased_through)";
        update(
                "INSERT INTO consumer (name, target, important, paused, forgotten, start_id, unused)"
                        + " SELECT ?, ?, ?, 0, 0, " + startAndUnused + " FROM store",
                definition.name(),
                definition.target(),
                definition.important());
    }

    void pause(String consumer, boolean paused) throws SQLException {
        update("UPDATE consumer SET paused = ? WHERE name = ?", paused, consumer);
    }

    /** Returns which dead letters are to be retried now. */
    List<Long> requeue(String consumer, List<Long> ids, Instant now) throws SQLException {
        List<Long> requeued = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE delivery SET state = 1, attempts = 0, not_before = ?1, changed_at = ?1 WHERE id = ?2 AND consumer = ?3"
                        + " AND state = 2 AND EXISTS (SELECT 1 FROM payload JOIN record ON record.id = payload.id"
                        + " WHERE payload.id = delivery.id AND record.erased IS NULL)")) {
            for (long id : ids) {
                update.setLong(1, now.toEpochMilli());
                update.setLong(2, id);
                update.setString(3, consumer);
                if (update.executeUpdate() > 0) {
                    requeued.add(id);
                }
            }
        }
        return requeued;
    }

    /** Returns how many dead letters are given up. */
    int discard(String consumer, List<Long> ids, String reason, Instant now) throws SQLException {
        int changed = 0;
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE delivery SET state = 3, changed_at = ?, reason = ? WHERE id = ? AND consumer = ? AND state = 2")) {
            for (long id : ids) {
                update.setLong(1, now.toEpochMilli());
                update.setString(2, reason);
                update.setLong(3, id);
                update.setString(4, consumer);
                changed += update.executeUpdate();
                writer.leftOvers().delete(id, writer.row());
            }
        }
        return changed;
    }

    /** Returns whether the consumer is still there: it goes once no delivery is left. */
    boolean remove(String consumer, int most) throws SQLException {
        List<Long> ids = numbers("SELECT id FROM delivery WHERE consumer = ? LIMIT " + most, consumer);
        for (long id : ids) {
            update("DELETE FROM delivery WHERE id = ? AND consumer = ?", id, consumer);
            update("DELETE FROM attempt WHERE id = ? AND consumer = ?", id, consumer);
            writer.leftOvers().delete(id, writer.row());
        }
        if (!ids.isEmpty()) {
            return true;
        }
        update("DELETE FROM progress WHERE consumer = ?", consumer);
        update("DELETE FROM replay WHERE consumer = ?", consumer);
        update("DELETE FROM consumer WHERE name = ?", consumer);
        return false;
    }

    boolean isPaused(String consumer) throws SQLException {
        return numbers("SELECT paused FROM consumer WHERE name = ?", consumer).equals(List.of(1L));
    }

    Loaded load(String consumer) throws SQLException {
        return new Loaded(progress(consumer), held(consumer));
    }

    private Progress progress(String consumer) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT start_id, completed, discarded, lanes FROM consumer LEFT JOIN progress"
                        + " ON progress.consumer = consumer.name WHERE name = ?")) {
            select.setString(1, consumer);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("The consumer '" + consumer + "' is not defined");
                }
                Map<Lane, LaneProgress> lanes = new EnumMap<>(Lane.class);
                for (Lane lane : Lane.values()) {
                    lanes.put(lane, new LaneProgress(rows.getLong(1), List.of()));
                }
                byte[] written = rows.getBytes(4);
                if (written != null) {
                    lanes.putAll(ProgressFormat.fromBytes(written));
                }
                return new Progress(lanes, rows.getLong(2), rows.getLong(3));
            }
        }
    }

    private Map<Lane, Set<Long>> held(String consumer) throws SQLException {
        Map<Lane, Set<Long>> held = new EnumMap<>(Lane.class);
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT DISTINCT lane, conversation FROM delivery WHERE consumer = ? AND state = 0")) {
            select.setString(1, consumer);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    held.computeIfAbsent(Lane.ofCode(rows.getInt(1)), lane -> new HashSet<>())
                            .add(rows.getLong(2));
                }
            }
        }
        return held;
    }

    /** Without the oldest waiting record. */
    Backlog count(String consumer) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT coalesce(records, (SELECT last_id FROM store) - start_id - unused), coalesce(completed, 0),"
                        + " (SELECT count(*) FROM delivery INDEXED BY delivery_end WHERE consumer = name AND state = 2 AND state >= 2),"
                        + " coalesce(discarded, 0) + forgotten"
                        + " + (SELECT count(*) FROM delivery INDEXED BY delivery_end WHERE consumer = name AND state = 3 AND state >= 2)"
                        + ", floor >= end_id"
                        + " FROM consumer LEFT JOIN progress ON progress.consumer = consumer.name"
                        + " LEFT JOIN replay ON replay.consumer = consumer.name WHERE name = ?")) {
            select.setString(1, consumer);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Backlog.NOTHING;
                }
                long assigned = rows.getLong(1);
                long completed = rows.getLong(2);
                long dead = rows.getLong(3);
                boolean isReplayAtItsEnd = rows.getInt(5) > 0 && !hasOpenDeliveries(consumer);
                return new Backlog(
                        assigned,
                        completed,
                        dead,
                        isReplayAtItsEnd ? assigned - completed - dead : rows.getLong(4),
                        null);
            }
        }
    }

    private boolean hasOpenDeliveries(String consumer) throws SQLException {
        return !numbers("SELECT id FROM delivery WHERE consumer = ? AND state IN (0, 1) LIMIT 1", consumer)
                .isEmpty();
    }

    private int update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i] instanceof Boolean flag ? (flag ? 1 : 0) : parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    private List<Long> numbers(String sql, String parameter) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, parameter);
            List<Long> numbers = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
            return numbers;
        }
    }
}
