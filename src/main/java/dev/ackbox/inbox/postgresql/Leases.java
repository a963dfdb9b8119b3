package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.engine.Share;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which replica owns which share. All shares of a replica are leased together, by its row in {@code replica}: while that is renewed in time, by the
 * database's clock, nobody takes them. Replicas that are alive have about the same number each.
 *
 * <p>A new owner sets its epoch in the rows of {@code progress} as well, so that from then on the earlier owner's updates find none.
 */
final class Leases {

    static final String LENGTH = "10 seconds";

    /** A replica that has been silent for so long will not ask for what it wrote last. */
    private static final String LONG_AGO = "1 hour";

    /** The key of an advisory lock: replicas hold, take and give one after the other. It stands for "shares". */
    private static final long LOCK = 0x7368_6172_6573L;

    private static final String RENEW = "INSERT INTO replica (name, until) VALUES (?, clock_timestamp() + interval '"
            + LENGTH + "') ON CONFLICT (name) DO UPDATE SET until = excluded.until";

    private static final String FREE_OF_SILENT = "UPDATE share SET owner = NULL WHERE owner IS NOT NULL"
            + " AND owner NOT IN (SELECT name FROM replica WHERE until > clock_timestamp())";

    private static final String TAKE =
            "UPDATE share SET owner = ?, epoch = epoch + 1 WHERE number = ANY(?)" + " RETURNING number, epoch";

    private static final String SET_EPOCHS = "UPDATE progress SET epoch = share.epoch FROM share"
            + " WHERE share.number = progress.share AND share.number = ANY(?)";

    private static final String FORGET = "WITH ended AS (DELETE FROM replica WHERE %s RETURNING name),"
            + " gone AS (DELETE FROM writer USING ended WHERE writer.name = ended.name RETURNING records)"
            + " UPDATE store SET records = records + (SELECT sum(records) FROM gone) WHERE EXISTS (SELECT 1 FROM gone)";

    private final PostgresDatabase database;
    private final String replica;

    Leases(PostgresDatabase database, String replica) {
        this.database = database;
        this.replica = replica;
    }

    /** Renews what this replica has, takes what is free, and gives back what is more than its part. */
    Set<Share> hold() throws SQLException {
        return database.inTransaction(connection -> hold(new Sql(connection)));
    }

    private Set<Share> hold(Sql sql) throws SQLException {
        lock(sql);
        sql.update(RENEW, replica);
        sql.update(FREE_OF_SILENT);
        sql.update(FORGET.formatted("until < clock_timestamp() - interval '" + LONG_AGO + "'"));
        long alive = sql.number("SELECT count(*) FROM replica WHERE until > clock_timestamp()");
        long shares = sql.number("SELECT count(*) FROM share");
        int part = (int) ((shares + alive - 1) / alive);
        List<Share> held = new ArrayList<>(
                sql.rows(Leases::share, "SELECT number, epoch FROM share WHERE owner = ? ORDER BY number", replica));
        if (held.size() > part) {
            List<Share> more = held.subList(part, held.size());
            sql.update("UPDATE share SET owner = NULL WHERE number = ANY(?)", (Object) numbers(more));
            more.clear();
        }
        held.addAll(take(sql, part - held.size()));
        return new HashSet<>(held);
    }

    private static void lock(Sql sql) throws SQLException {
        sql.rows(row -> LOCK, "SELECT pg_advisory_xact_lock(?)", LOCK);
    }

    private List<Share> take(Sql sql, int most) throws SQLException {
        Integer[] free = sql.rows(
                        row -> row.getInt(1),
                        "SELECT number FROM share WHERE owner IS NULL ORDER BY number LIMIT ?",
                        Math.max(0, most))
                .toArray(Integer[]::new);
        if (free.length == 0) {
            return List.of();
        }
        List<Share> taken = sql.rows(Leases::share, TAKE, replica, free);
        sql.update(SET_EPOCHS, (Object) free);
        return taken;
    }

    private static Share share(ResultSet row) throws SQLException {
        return new Share(row.getInt(1), row.getLong(2));
    }

    private static Integer[] numbers(List<Share> shares) {
        return shares.stream().map(Share::number).toArray(Integer[]::new);
    }

    /** This replica has ended: others need not wait until its lease is over. */
    void release() throws SQLException {
        database.inTransaction(connection -> {
            Sql sql = new Sql(connection);
            lock(sql);
            sql.update("UPDATE share SET owner = NULL WHERE owner = ?", replica);
            return sql.update(FORGET.formatted("name = ?"), replica);
        });
    }
}
