package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.engine.Holding;
import dev.ackbox.inbox.engine.Share;
import dev.ackbox.inbox.engine.Store;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    /** A replica that has been silent for so long will not ask for what it wrote last. */
    private static final String LONG_AGO = "1 hour";

    /** The key of an advisory lock: replicas hold and take shares, and open consumers, one after the other. It stands for "shares". */
    private static final long LOCK = 0x7368_6172_6573L;

    private static final String RENEW =
            "INSERT INTO replica (name, until) VALUES (?, clock_timestamp() + ? * interval '1 second')"
                    + " ON CONFLICT (name) DO UPDATE SET until = excluded.until";

    private static final String FREE_OF_SILENT = "UPDATE share SET owner = NULL WHERE owner IS NOT NULL"
            + " AND owner NOT IN (SELECT name FROM replica WHERE until > clock_timestamp())";

    private static final String SHARES_AND_REPLICAS =
            "SELECT (SELECT count(*) FROM share)," + " (SELECT count(*) FROM replica WHERE until > clock_timestamp())";

    private static final String TAKE = "UPDATE share SET owner = ?, epoch = epoch + 1 WHERE number IN"
            + " (SELECT number FROM share WHERE owner IS NULL ORDER BY number LIMIT ?) RETURNING number, epoch";

    private static final String TAKE_ANEW =
            "UPDATE share SET epoch = epoch + 1 WHERE owner = ? RETURNING number, epoch";

    private static final String SET_EPOCHS = "UPDATE progress SET epoch = share.epoch FROM share"
            + " WHERE share.number = progress.share AND share.number = ANY(?)";

    /** All but the last batch, which may still have to be asked for. */
    private static final String FOLD_BATCHES = "WITH folded AS (DELETE FROM batch WHERE writer = ? AND number > ?"
            + " AND number < (SELECT max(number) FROM batch WHERE writer = ?) RETURNING number, records),"
            + " counted AS (INSERT INTO writer (name, records) SELECT ?, sum(records) FROM folded HAVING count(*) > 0"
            + " ON CONFLICT (name) DO UPDATE SET records = writer.records + excluded.records)"
            + " SELECT coalesce(max(number), ?) FROM folded";

    private static final String FORGET = "WITH ended AS (DELETE FROM replica WHERE %s RETURNING name),"
            + " gone AS (DELETE FROM writer USING ended WHERE writer.name = ended.name RETURNING records),"
            + " batches AS (DELETE FROM batch USING ended WHERE batch.writer = ended.name RETURNING records)"
            + " UPDATE store SET records = records + coalesce((SELECT sum(records) FROM gone), 0)"
            + " + coalesce((SELECT sum(records) FROM batches), 0) WHERE EXISTS (SELECT 1 FROM ended)";

    private final String replica;

    /**
     * Number of the last batch that is added up and deleted. PostgreSQL keeps deleted rows while an old transaction is open, and reads them again
     * each time unless the query begins behind them.
     */
    private long folded = -1;

    Leases(String replica) {
        this.replica = replica;
    }

    /**
     * Renews what this replica has, and takes what is free up to its part.
     *
     * @param anew whether it takes over what it has from itself, and so reads all of that again
     */
    Holding hold(Connection connection, boolean anew) throws SQLException {
        Sql sql = new Sql(connection);
        lock(sql);
        if (anew) {
            setEpochs(sql, sql.rows(Leases::share, TAKE_ANEW, replica));
        }
        sql.update(RENEW, replica, Store.LEASE_LENGTH.toSeconds());
        sql.update(FREE_OF_SILENT);
        int part = sql.rows(Leases::part, SHARES_AND_REPLICAS).get(0);
        Set<Share> held =
                new HashSet<>(sql.rows(Leases::share, "SELECT number, epoch FROM share WHERE owner = ?", replica));
        if (held.size() < part) {
            held.addAll(take(sql, part - held.size()));
        }
        sql.update(FORGET.formatted("until < clock_timestamp() - interval '" + LONG_AGO + "'"));
        return new Holding(held, part);
    }

    /** Adds up what this replica's batches have stored, and deletes them. A statement of its own: what it returns is durable. */
    void fold(Connection connection) throws SQLException {
        folded = new Sql(connection).number(FOLD_BATCHES, replica, folded, replica, replica, folded);
    }

    /** First in its transaction. Also for who opens a consumer, and so locks all shares. */
    static void lock(Sql sql) throws SQLException {
        sql.rows(row -> LOCK, "SELECT pg_advisory_xact_lock(?)", LOCK);
    }

    private static int part(ResultSet row) throws SQLException {
        long shares = row.getLong(1);
        long replicas = row.getLong(2);
        return (int) ((shares + replicas - 1) / replicas);
    }

    private List<Share> take(Sql sql, int most) throws SQLException {
        List<Share> taken = sql.rows(Leases::share, TAKE, replica, most);
        setEpochs(sql, taken);
        return taken;
    }

    private static void setEpochs(Sql sql, List<Share> taken) throws SQLException {
        if (!taken.isEmpty()) {
            sql.update(SET_EPOCHS, (Object) taken.stream().map(Share::number).toArray(Integer[]::new));
        }
    }

    private static Share share(ResultSet row) throws SQLException {
        return new Share(row.getInt(1), row.getLong(2));
    }

    /** Gives back a share; returns whether this replica had it. */
    boolean release(Connection connection, Share share) throws SQLException {
        return new Sql(connection)
                        .update(
                                "UPDATE share SET owner = NULL WHERE number = ? AND epoch = ? AND owner = ?",
                                share.number(),
                                share.epoch(),
                                replica)
                > 0;
    }

    /** This replica ends: others need not wait until its lease is over. Returns how many shares it had. */
    int end(Connection connection) throws SQLException {
        Sql sql = new Sql(connection);
        lock(sql);
        int given = sql.update("UPDATE share SET owner = NULL WHERE owner = ?", replica);
        sql.update(FORGET.formatted("name = ?"), replica);
        return given;
    }
}
