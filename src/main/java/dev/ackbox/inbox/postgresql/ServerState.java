package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.Inbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the server says of itself, every half a minute: how large the tables are, and what breaks a promise. */
final class ServerState {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** So old a transaction keeps the server from cleaning up. */
    private static final long LONG_SECONDS = TimeUnit.MINUTES.toSeconds(10);

    private static final String SIZE = "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class"
            + " WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'";

    private static final String DURABILITY =
            "SELECT coalesce(string_agg(name, ' and ' ORDER BY name), '') FROM pg_settings"
                    + " WHERE name IN ('fsync', 'synchronous_commit') AND setting = 'off'";

    /** Of other users' transactions the server tells this only to members of {@code pg_read_all_stats}. */
    static final String OLDEST_TRANSACTION =
            "SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0)::bigint"
                    + " FROM pg_stat_activity WHERE backend_xmin IS NOT NULL OR backend_xid IS NOT NULL";

    private volatile Inbox.Size size = Inbox.Size.NOTHING;
    private volatile Map<String, String> warnings = Map.of();
    private long lookedNanos = System.nanoTime() - INTERVAL_NANOS;

    Inbox.Size size() {
        return size;
    }

    Map<String, String> warnings() {
        return warnings;
    }

    /** Asks, where that is due. */
    void look(Connection connection) throws SQLException {
        long now = System.nanoTime();
        if (now - lookedNanos < INTERVAL_NANOS) {
            return;
        }
        lookedNanos = now;
        Sql sql = new Sql(connection);
        size = new Inbox.Size(sql.number(SIZE), 0, 0);
        Map<String, String> found = new HashMap<>();
        String off = sql.rows(row -> row.getString(1), DURABILITY).get(0);
        if (!off.isEmpty()) {
            found.put(
                    "durability",
                    "The database has " + off + " off: what was acknowledged may be lost when it crashes; set " + off
                            + " on");
        }
        long seconds = sql.number(OLDEST_TRANSACTION);
        if (seconds > LONG_SECONDS) {
            found.put(
                    "transaction",
                    "A transaction has been open for " + TimeUnit.SECONDS.toMinutes(seconds)
                            + " min: until it ends, the database keeps all old versions of rows; end it, see pg_stat_activity");
        }
        warnings = Map.copyOf(found);
    }
}
