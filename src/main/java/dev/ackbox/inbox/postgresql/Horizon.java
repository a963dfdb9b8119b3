package dev.ackbox.inbox.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Up to which id of a record nothing will appear any more. Several writers take ids from one sequence, and the lower of two ids may be
 * committed second.
 *
 * <ol>
 *   <li>A writer has its transaction's number before it takes an id.
 *   <li>Note the last id that was taken, <i>then</i> take a transaction's number: whoever took an id up to there has a lower number.
 *   <li>Once no transaction with a lower number is under way, all ids up to the noted one are decided: each later look at the table
 *       shows them, or nothing ever will.
 * </ol>
 *
 * <p>The noted pair is kept until then. Any transaction counts, also a stranger's that stays open. Where that takes long, only writers count, which is
 * dearer to find out: each holds {@link #LOCK} until its end.
 *
 * <p>After a crash the server gives ids and transaction numbers once more, so what was noted before it means nothing. A crash ends all connections, so
 * a new one drops the note.
 *
 * <p>For one thread. The connection must not be in a transaction, since that may have its number already.
 */
final class Horizon {

    /** The key of an advisory lock that writers share. It stands for "Ackbox". */
    static final long LOCK = 0x4163_6B62_6F78L;

    /**
     * Not a look at the sequence as a table: while the server notes for a crash how far a sequence may go, {@code last_value} is that for a
     * moment, up to 32 ahead of what was taken. The function waits for the end of that moment.
     */
    static final String LAST_ID = "SELECT coalesce(pg_sequence_last_value('record_id'::regclass), 0)";

    private static final String OLDEST = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    /** In this order; in one round trip. */
    static final String NOTE = LAST_ID + "; SELECT pg_current_xact_id()::text::bigint; " + OLDEST;

    private static final String WRITERS = "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'advisory'"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            + " AND classid::bigint = " + (LOCK >>> 32) + " AND objid::bigint = " + (LOCK & 0xFFFF_FFFFL)
            + " AND granted";

    /** What others store need not be known sooner: it is delivered without that. */
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** A writer's transaction takes less. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(6);

    private static final long WRITERS_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Set<PGConnection> seen = Collections.newSetFromMap(new WeakHashMap<>());
    private volatile long decided;
    private @Nullable Noted noted;
    private @Nullable Writers writers;
    private long notedNanos = System.nanoTime() - INTERVAL_NANOS;
    private long askedNanos;
    private long highest;
    private final AtomicInteger timesBack = new AtomicInteger();
    private volatile boolean stored = true;

    /** An id, and a transaction's number that is higher than that of each writer that has taken it or a lower one. */
    private record Noted(long id, long transaction) {}

    /** An id, and the writers that were under way after it was taken. */
    private record Writers(long id, List<String> underWay) {}

    /**
     * How often the database has forgotten ids that it had given, and gives them once more: after a crash, or a failover that lost commits. What was
     * decided before is not any more. Any thread.
     */
    int timesBack() {
        return timesBack.get();
    }

    /** This process has stored something. Any thread. */
    void stored() {
        stored = true;
    }

    /** What the last look has told. Any thread. */
    long known() {
        return decided;
    }

    /** Whether something was noted that is not decided yet. */
    boolean isWaiting() {
        return noted != null;
    }

    /** Looks, and says what is known by now. */
    long decided(Connection connection) throws SQLException {
        meet(connection);
        long now = System.nanoTime();
        Noted pending = noted;
        if (pending != null) {
            if (new Sql(connection).number(OLDEST) >= pending.transaction()) {
                decide(pending.id());
            } else if (now - notedNanos > PATIENCE_NANOS && now - askedNanos > WRITERS_INTERVAL_NANOS) {
                askedNanos = now;
                lookForWriters(new Sql(connection));
            }
        }
        if (noted == null && (stored || now - notedNanos >= INTERVAL_NANOS)) {
            notedNanos = now;
            note(connection);
        }
        return decided;
    }

    /** Waits until all ids that have been taken by now are decided, and some more perhaps. */
    long decideAll(Connection connection) throws SQLException {
        long taken = new Sql(connection).number(LAST_ID);
        long begin = System.nanoTime();
        stored = true;
        while (decided(connection) < taken) {
            if (System.nanoTime() - begin > LONGEST_WAIT_NANOS) {
                throw new SQLException("A transaction that stores records does not end");
            }
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
        return decided;
    }

    private void decide(long id) {
        decided = Math.max(decided, id);
        dropNote();
    }

    private void dropNote() {
        noted = null;
        writers = null;
    }

    private void meet(Connection connection) throws SQLException {
        if (seen.add(connection.unwrap(PGConnection.class))) {
            dropNote();
        }
    }

    private void note(Connection connection) throws SQLException {
        stored = false;
        try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
            statement.execute();
            take(statement);
        }
    }

    /**
     * Takes what {@link #NOTE} has told, the first results of a statement. What comes behind it in the statement is of a later moment.
     *
     * @return what is decided by now
     */
    long take(PreparedStatement statement) throws SQLException {
        long id = number(statement);
        if (id < highest) {
            timesBack.incrementAndGet();
            decided = Math.min(decided, id);
            dropNote();
        }
        highest = id;
        long transaction = number(statement);
        long oldest = number(statement);
        Noted pending = noted;
        if (pending != null && oldest >= pending.transaction()) {
            decide(pending.id());
        }
        if (oldest >= transaction) {
            decide(id);
        } else if (noted == null) {
            notedNanos = System.nanoTime();
            noted = new Noted(id, transaction);
        }
        return decided;
    }

    /** The last id that was taken, as of the last note. */
    long taken() {
        return highest;
    }

    /** Before a look by {@link #take}. Where it takes long until what was noted is decided, looks whether only writers count. */
    void hurry(Connection connection) throws SQLException {
        meet(connection);
        if (noted != null && System.nanoTime() - notedNanos > PATIENCE_NANOS) {
            decided(connection);
        }
    }

    /** Of one result, behind which the next one is. */
    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.getResultSet()) {
            rows.next();
            long number = rows.getLong(1);
            statement.getMoreResults();
            return number;
        }
    }

    private void lookForWriters(Sql sql) throws SQLException {
        Writers known = writers;
        if (known == null) {
            long id = sql.number(LAST_ID);
            writers = new Writers(id, underWay(sql));
        } else if (underWay(sql).stream().noneMatch(known.underWay()::contains)) {
            decided = Math.max(decided, known.id());
            writers = null;
        }
    }

    private static List<String> underWay(Sql sql) throws SQLException {
        return sql.rows(row -> row.getString(1), WRITERS);
    }
}
