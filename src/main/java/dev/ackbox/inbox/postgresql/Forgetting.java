package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.engine.Retention;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what has been kept long enough, a small step and a transaction at a time, in the order of ids:
 *
 * <ol>
 *   <li>times of dead letters and discarded records that are in the future, since a clock was ahead, become now;
 *   <li>payloads that every important consumer has passed, or that have been held for too long; then those of fields that are kept
 *       for a shorter time;
 *   <li>records that have waited for too long, dead letters and discarded records;
 *   <li>keys and records that every consumer has passed;
 *   <li>failed attempts.
 * </ol>
 *
 * <p>The row of {@code store} says how far it is. A replica locks that row before it takes a step, so only one replica takes steps at a time. If the
 * step finds something to do, it takes {@link LeftOvers#lock} as well. Ticks say how old a record is: each one says that the ids below it
 * were stored before a time.
 */
final class Forgetting {

    private static final Logger log = LoggerFactory.getLogger(Forgetting.class);
    private static final Duration TICK = Duration.ofMinutes(1);
    private static final Duration LONG_STOP = Duration.ofMinutes(10);
    private static final int RECORDS_PER_STEP = 200;

    private static final String LOCK =
            "SELECT erased_through, deleted_through, attempts_through FROM store WHERE id = 1"
                    + " FOR UPDATE SKIP LOCKED";

    private static final String NEEDS_PAYLOAD =
            "EXISTS (SELECT 1 FROM delivery WHERE delivery.id = payload.id AND state < 3)";

    private static final String ENDED =
            "SELECT id, consumer FROM delivery WHERE consumer IN (SELECT name FROM consumer) AND state >= 2 AND changed_at ";

    private static final String OLD_ENDED = ENDED + "< ? LIMIT %d";

    /** The index of what has ended finds them. Others get a new time when they end. */
    private static final String SET_TIME = "UPDATE delivery SET changed_at = ? FROM (" + ENDED + "> ? LIMIT "
            + RECORDS_PER_STEP + ") AS ahead"
            + " WHERE delivery.id = ahead.id AND delivery.consumer = ahead.consumer AND state >= 2";

    private static final String FLOOR = "SELECT coalesce(min(floor), " + Long.MAX_VALUE
            + ") FROM progress JOIN consumer ON consumer.name = progress.consumer WHERE ";

    /** Where nothing has been stored in a share since, a floor that is low says nothing. */
    private static final String FIRST_TO_READ = "SELECT coalesce(min(first.id), " + Long.MAX_VALUE
            + ") - 1 FROM progress JOIN consumer ON consumer.name = progress.consumer CROSS JOIN generate_series(0, 2) AS lane"
            + " CROSS JOIN LATERAL (SELECT id FROM record WHERE record.share = progress.share AND record.lane = lane.lane"
            + " AND record.id > progress.floor ORDER BY id LIMIT 1) AS first WHERE ";

    private final Sql sql;
    private final Retention retention;
    private final Instant now;
    private final long decided;

    /** @param decided ids up to here are visible, or never will be */
    Forgetting(Sql sql, Retention retention, Instant now, long decided) {
        this.sql = sql;
        this.retention = retention;
        this.now = now;
        this.decided = decided;
    }

    private record Through(long erased, long deleted, long attempts) {

        static Through of(ResultSet row) throws SQLException {
            return new Through(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    private record Tick(Instant at, long id) {}

    /** Takes one step; returns false where nothing is left for now, or another replica is at it. */
    boolean step() throws SQLException {
        Through through = sql.first(Through::of, LOCK);
        if (through == null) {
            return false;
        }
        if (correctTimes()) {
            return true;
        }
        tick();
        return erasePayloads(through)
                || erasePayloadsOfFields(through)
                || discardHeld()
                || deleteEnded()
                || deleteRecords(through)
                || deleteAttempts(through);
    }

    /** Where a tick is from the future, so are deliveries. The ticks go last, so that the next step goes on. */
    private boolean correctTimes() throws SQLException {
        long latest = now.plus(TICK).toEpochMilli();
        if (sql.numbers("SELECT id FROM tick WHERE at > ? LIMIT 1", latest).isEmpty()) {
            return false;
        }
        LeftOvers.lock(sql);
        if (sql.update(SET_TIME, now.toEpochMilli(), now.toEpochMilli()) > 0) {
            return true;
        }
        sql.update("DELETE FROM tick WHERE at > ?", latest);
        log.warn(
                "The clock was ahead when some records were stored. For retention they are as old as their neighbours.");
        return false;
    }

    private void tick() throws SQLException {
        Tick last = sql.first(
                row -> new Tick(Instant.ofEpochMilli(row.getLong(1)), row.getLong(2)),
                "SELECT at, id FROM tick ORDER BY at DESC LIMIT 1");
        if (last != null && (last.id() > decided || now.isBefore(last.at().plus(TICK)))) {
            return;
        }
        // The last of those that are old enough stays: it says that what is below it is old enough, too.
        sql.update(
                "DELETE FROM tick WHERE at < (SELECT max(at) FROM tick WHERE at < ?)",
                now.minus(retention.longest().plusDays(1)).toEpochMilli());
        sql.update(
                "INSERT INTO tick (at, id) VALUES (?, ?) ON CONFLICT (at) DO UPDATE SET id = excluded.id",
                timeOfTick(last).toEpochMilli(),
                decided + 1);
    }

    /** Where nobody was there for long, what was stored before is older than now; how much, its last record says. */
    private Instant timeOfTick(@Nullable Tick last) throws SQLException {
        if (last != null && now.isBefore(last.at().plus(LONG_STOP))) {
            return now;
        }
        Long receivedAt = sql.first(
                row -> row.getLong(1),
                "SELECT received_at FROM record WHERE id <= ? ORDER BY id DESC LIMIT 1",
                decided);
        return receivedAt == null || receivedAt > now.toEpochMilli() ? now : Instant.ofEpochMilli(receivedAt);
    }

    /** The last id that was stored before an age. */
    private long olderThan(Duration age) throws SQLException {
        return sql.number(
                "SELECT coalesce((SELECT id FROM tick WHERE at <= ? ORDER BY at DESC LIMIT 1), 1) - 1",
                now.minus(age).toEpochMilli());
    }

    /** Of payloads that are old enough up to an id, where those end that are not waited for any longer. */
    private long payloadsThrough(long oldEnough) throws SQLException {
        return Math.min(oldEnough, Math.max(olderThan(retention.maxHold()), passed("important", oldEnough)));
    }

    /** All records up to here are passed by some consumers, as far as that matters. */
    private long passed(String consumers, long oldEnough) throws SQLException {
        long floor = sql.number(FLOOR + consumers);
        return floor >= oldEnough ? floor : sql.number(FIRST_TO_READ + consumers);
    }

    /** Locks what a step needs that begins behind an id, and says where it ends. */
    private long lockUpTo(long after, long end) throws SQLException {
        LeftOvers.lock(sql);
        Long to = sql.first(
                row -> row.getLong(1),
                "SELECT id FROM record WHERE id > ? AND id <= ? ORDER BY id LIMIT 1 OFFSET " + (RECORDS_PER_STEP - 1),
                after,
                end);
        return to == null ? end : to;
    }

    private boolean erasePayloads(Through through) throws SQLException {
        long end = payloadsThrough(olderThan(retention.payload()));
        if (through.erased() >= end) {
            return false;
        }
        long to = lockUpTo(through.erased(), end);
        sql.update("DELETE FROM payload WHERE id > ? AND id <= ? AND NOT " + NEEDS_PAYLOAD, through.erased(), to);
        sql.update("UPDATE store SET erased_through = ?", to);
        return true;
    }

    private boolean erasePayloadsOfFields(Through through) throws SQLException {
        for (Map.Entry<String, Duration> shorter : retention.payloadOf().entrySet()) {
            long end = payloadsThrough(olderThan(shorter.getValue()));
            long from = Math.max(
                    through.erased(),
                    sql.number(
                            "SELECT coalesce(max(erased_through), 0) FROM field_retention WHERE field = ?",
                            shorter.getKey()));
            if (from < end) {
                erasePayloadsOf(shorter.getKey(), from, lockUpTo(from, end));
                return true;
            }
        }
        return false;
    }

    private void erasePayloadsOf(String field, long from, long to) throws SQLException {
        sql.update(
                "DELETE FROM payload USING record JOIN source ON source.id = record.source"
                        + " WHERE payload.id = record.id AND record.id > ? AND record.id <= ? AND "
                        + LeftOvers.FIELD_KEY + " = ? AND NOT " + NEEDS_PAYLOAD,
                from,
                to,
                field);
        sql.update(
                "INSERT INTO field_retention (field, erased_through) VALUES (?, ?)"
                        + " ON CONFLICT (field) DO UPDATE SET erased_through = excluded.erased_through",
                field,
                to);
    }

    /** Records that have waited for longer than payloads may be held are given up. */
    private boolean discardHeld() throws SQLException {
        Long[] waiting = Sql.array(sql.numbers(
                "SELECT DISTINCT id FROM delivery WHERE id <= ? AND state < 2 ORDER BY id LIMIT " + RECORDS_PER_STEP,
                olderThan(retention.maxHold())));
        if (waiting.length == 0) {
            return false;
        }
        LeftOvers leftOvers = LeftOvers.lock(sql);
        List<Long> ids = sql.numbers(
                "UPDATE delivery SET state = 3, not_before = NULL, changed_at = ?, reason = 'held for too long'"
                        + " WHERE state < 2 AND id = ANY(?) RETURNING id",
                now.toEpochMilli(),
                waiting);
        leftOvers.delete(Sql.array(ids));
        log.warn("{} records have waited for longer than ackbox.inbox.max-hold and are discarded", ids.size());
        return true;
    }

    private boolean deleteEnded() throws SQLException {
        long before = now.minus(retention.deadLetter()).toEpochMilli();
        if (sql.numbers(OLD_ENDED.formatted(1), before).isEmpty()) {
            return false;
        }
        LeftOvers leftOvers = LeftOvers.lock(sql);
        List<Long> ids = sql.numbers(
                "WITH ended AS (DELETE FROM delivery USING (" + OLD_ENDED.formatted(RECORDS_PER_STEP) + ") AS old"
                        + " WHERE delivery.id = old.id AND delivery.consumer = old.consumer AND state >= 2"
                        + " RETURNING delivery.id, delivery.consumer),"
                        + " counted AS (UPDATE consumer SET forgotten = forgotten + deliveries"
                        + " FROM (SELECT consumer, count(*) AS deliveries FROM ended GROUP BY consumer) AS ended"
                        + " WHERE name = ended.consumer)"
                        + " SELECT id FROM ended",
                before);
        leftOvers.delete(Sql.array(ids));
        return true;
    }

    private boolean deleteRecords(Through through) throws SQLException {
        long oldEnough = Math.min(olderThan(retention.duplicates()), through.erased());
        long end = Math.min(oldEnough, passed("name NOT IN (SELECT consumer FROM replay)", oldEnough));
        if (through.deleted() >= end) {
            return false;
        }
        long to = lockUpTo(through.deleted(), end);
        Long[] ids = Sql.array(sql.numbers(
                "SELECT id FROM record WHERE id > ? AND id <= ? AND NOT EXISTS"
                        + " (SELECT 1 FROM delivery WHERE delivery.id = record.id)",
                through.deleted(),
                to));
        LeftOvers.deleteRecords(sql, ids);
        sql.update("UPDATE store SET deleted_through = ?", to);
        return true;
    }

    /** Those of records that have a delivery go with it. */
    private boolean deleteAttempts(Through through) throws SQLException {
        long end = olderThan(retention.attempts());
        if (through.attempts() >= end) {
            return false;
        }
        long to = lockUpTo(through.attempts(), end);
        sql.update(
                "DELETE FROM attempt WHERE id > ? AND id <= ? AND NOT EXISTS"
                        + " (SELECT 1 FROM delivery WHERE delivery.id = attempt.id)",
                through.attempts(),
                to);
        sql.update("UPDATE store SET attempts_through = ?", to);
        return true;
    }
}
