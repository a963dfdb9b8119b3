package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.engine.LaneProgress;
import dev.ackbox.inbox.engine.Loaded;
import dev.ackbox.inbox.engine.Progress;
import dev.ackbox.inbox.engine.ProgressFormat;
import dev.ackbox.inbox.engine.Share;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables {@code consumer}, {@code progress} and {@code delivery}, apart from what a batch writes. */
final class ConsumerTables {

    /** How many records have ever been stored. */
    private static final String STORED = "(SELECT records FROM store)"
            + " + (SELECT coalesce(sum(records), 0) FROM writer) + (SELECT coalesce(sum(records), 0) FROM batch)";

    private static final String UPDATE = "UPDATE consumer SET target = ?, important = ? WHERE name = ?";

    private static final String DEFINE = "INSERT INTO consumer (name, target, important, start_id, unassigned)"
            + " SELECT ?, ?, ?, start, " + STORED + " - (SELECT count(*) FROM record WHERE id > start)"
            + " FROM (SELECT coalesce(?::bigint, erased_through) AS start FROM store) AS beginning"
            + " ON CONFLICT (name) DO NOTHING";

    /** The share's row is locked, so that nobody takes it over in between without setting the epoch of this progress, too. */
    private static final String DEFINE_PROGRESS =
            "WITH held AS (SELECT number, epoch FROM share ORDER BY number FOR SHARE)"
                    + " INSERT INTO progress (consumer, share, epoch, floor, completed, discarded)"
                    + " SELECT name, number, epoch, start_id, 0, 0 FROM held, consumer WHERE name = ?"
                    + " ON CONFLICT (consumer, share) DO NOTHING";

    private static final String COUNT = "SELECT coalesce(replay.records, " + STORED + " - unassigned) AS assigned,"
            + " done.completed, done.discarded + forgotten AS discarded,"
            + " (SELECT count(*) FROM delivery WHERE consumer = name AND state = 2) AS dead,"
            + " (SELECT count(*) FROM delivery WHERE consumer = name AND state = 3) AS given_up,"
            + " done.floor >= replay.end_id AND NOT EXISTS"
            + " (SELECT 1 FROM delivery WHERE consumer = name AND state IN (0, 1)) AS is_over"
            + " FROM consumer LEFT JOIN replay ON replay.consumer = name"
            + " CROSS JOIN LATERAL (SELECT coalesce(sum(completed), 0) AS completed, coalesce(sum(discarded), 0) AS discarded,"
            + " min(floor) AS floor FROM progress WHERE progress.consumer = name) AS done WHERE name = ?";

    private final Sql sql;

    ConsumerTables(Connection connection) {
        this.sql = new Sql(connection);
    }

    /**
     * Creates a consumer, or changes it where it is known.
     *
     * @param decided ids up to here are visible, or never will be
     */
    void define(ConsumerDefinition definition, Start start, long decided) throws SQLException {
        if (sql.update(UPDATE, definition.target(), definition.important(), definition.name()) == 0) {
            // Otherwise behind what is erased: what lies before it is kept for deliveries of others, and goes when
            // those end.
            Long after = start == Start.NOW ? decided : null;
            sql.update(DEFINE, definition.name(), definition.target(), definition.important(), after);
        }
        defineProgress(definition.name());
    }

    void defineProgress(String consumer) throws SQLException {
        sql.update(DEFINE_PROGRESS, consumer);
    }

    void pause(String consumer, boolean paused) throws SQLException {
        sql.update("UPDATE consumer SET paused = ? WHERE name = ?", paused, consumer);
    }

    /** Returns which dead letters are to be retried now. */
    List<Long> requeue(String consumer, List<Long> ids, Instant now) throws SQLException {
        return sql.numbers(
                "UPDATE delivery SET state = 1, attempts = 0, not_before = ?, changed_at = ?"
                        + " WHERE consumer = ? AND state = 2 AND id = ANY(?)"
                        + " AND EXISTS (SELECT 1 FROM payload WHERE payload.id = delivery.id) RETURNING id",
                now.toEpochMilli(),
                now.toEpochMilli(),
                consumer,
                Sql.array(ids));
    }

    /** Returns how many dead letters are given up. */
    int discard(String consumer, List<Long> ids, String reason, Instant now) throws SQLException {
        LeftOvers leftOvers = LeftOvers.lock(sql);
        int changed = sql.update(
                "UPDATE delivery SET state = 3, changed_at = ?, reason = ? WHERE consumer = ? AND state = 2 AND id = ANY(?)",
                now.toEpochMilli(),
                reason,
                consumer,
                Sql.array(ids));
        leftOvers.delete(Sql.array(ids));
        return changed;
    }

    /**
     * Other replicas write nothing for a consumer without progress. First in its transaction: a batch locks progress first,
     * too.
     */
    void removeProgress(String consumer) throws SQLException {
        sql.update("DELETE FROM progress WHERE consumer = ?", consumer);
    }

    /** Returns whether the consumer is still there: it goes once no delivery is left. */
    boolean remove(String consumer, int most) throws SQLException {
        LeftOvers leftOvers = LeftOvers.lock(sql);
        Long[] ids = Sql.array(sql.numbers("SELECT id FROM delivery WHERE consumer = ? LIMIT ?", consumer, most));
        if (ids.length > 0) {
            sql.update("DELETE FROM delivery WHERE consumer = ? AND id = ANY(?)", consumer, ids);
            sql.update("DELETE FROM attempt WHERE consumer = ? AND id = ANY(?)", consumer, ids);
            leftOvers.delete(ids);
            return true;
        }
        sql.update("DELETE FROM replay WHERE consumer = ?", consumer);
        sql.update("DELETE FROM consumer WHERE name = ?", consumer);
        return false;
    }

    boolean isPaused(String consumer) throws SQLException {
        return Boolean.TRUE.equals(
                sql.first(row -> row.getBoolean(1), "SELECT paused FROM consumer WHERE name = ?", consumer));
    }

    Loaded load(String consumer, Share share) throws SQLException {
        Progress progress = sql.first(
                ConsumerTables::progress,
                "SELECT start_id, completed, discarded, lanes FROM consumer LEFT JOIN progress"
                        + " ON progress.consumer = consumer.name AND progress.share = ? WHERE name = ?",
                share.number(),
                consumer);
        if (progress == null) {
            throw new SQLException("The consumer '" + consumer + "' is not defined");
        }
        return new Loaded(progress, held(consumer, share));
    }

    private static Progress progress(ResultSet row) throws SQLException {
        Map<Lane, LaneProgress> lanes = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new LaneProgress(row.getLong("start_id"), List.of()));
        }
        byte[] written = row.getBytes("lanes");
        if (written != null) {
            lanes.putAll(ProgressFormat.fromBytes(written));
        }
        return new Progress(lanes, row.getLong("completed"), row.getLong("discarded"));
    }

    private Map<Lane, Set<Long>> held(String consumer, Share share) throws SQLException {
        record Held(Lane lane, long conversation) {}
        Map<Lane, Set<Long>> held = new HashMap<>();
        sql.rows(
                        row -> new Held(Lane.ofCode(row.getInt(1)), row.getLong(2)),
                        "SELECT DISTINCT lane, conversation FROM delivery WHERE consumer = ? AND share = ? AND state = 0",
                        consumer,
                        share.number())
                .forEach(next -> held.computeIfAbsent(next.lane(), lane -> new HashSet<>())
                        .add(next.conversation()));
        return held;
    }

    /** Without the oldest waiting record. */
    Backlog count(String consumer) throws SQLException {
        Backlog backlog = sql.first(ConsumerTables::backlog, COUNT, consumer);
        return backlog == null ? Backlog.NOTHING : backlog;
    }

    private static Backlog backlog(ResultSet row) throws SQLException {
        long assigned = row.getLong("assigned");
        long completed = row.getLong("completed");
        long dead = row.getLong("dead");
        long discarded = row.getBoolean("is_over")
                ? assigned - completed - dead
                : row.getLong("discarded") + row.getLong("given_up");
        return new Backlog(assigned, completed, dead, discarded, null);
    }
}
