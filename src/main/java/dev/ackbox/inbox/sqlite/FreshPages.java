package dev.ackbox.inbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the rows around some keys into new pages. Where rows are deleted or grow, SQLite moves their neighbours to a page nearby, and a
 * copy of what it has moved may stay behind in what is free of the old page. The old pages become free as a whole, and are overwritten at
 * once: the new rows may come to lie in them.
 */
final class FreshPages {

    /** So many rows on each side: those of several pages, since a row is moved to the next page or the one after it. */
    private static final int NEIGHBOURS = 60;

    /** So many bytes of payloads on each side, about: they hold up the writer, and the larger they are, the fewer share a page. */
    private static final long BYTES_OF_NEIGHBOURS = 8 << 20;

    private final Connection connection;

    /** To be used within a transaction. */
    FreshPages(Connection connection) {
        this.connection = connection;
    }

    /**
     * Moves the rows around keys. Returns the last key of those that it has moved.
     *
     * @param column the first one of the table's primary key
     */
    long around(String table, String column, Collection<Long> keys) throws SQLException {
        TreeMap<Long, Long> ranges = new TreeMap<>();
        for (long key : new TreeSet<>(keys)) {
            if (ranges.isEmpty() || ranges.lastEntry().getValue() < key) {
                ranges.put(edge(table, column, key, "<=", "DESC"), edge(table, column, key, ">=", "ASC"));
            }
        }
        execute("CREATE TEMP TABLE IF NOT EXISTS moved_" + table + " AS SELECT * FROM main." + table + " WHERE 0");
        execute(SqliteDatabase.SECURE_DELETE);
        for (var range : ranges.entrySet()) {
            String rows = " WHERE " + column + " BETWEEN " + range.getKey() + " AND " + range.getValue();
            execute("INSERT INTO moved_" + table + " SELECT * FROM main." + table + rows);
            execute("DELETE FROM main." + table + rows);
            execute("INSERT INTO main." + table + " SELECT * FROM moved_" + table);
            execute("DELETE FROM moved_" + table);
        }
        execute(SqliteDatabase.SECURE_DELETE_FAST);
        return ranges.lastEntry().getValue();
    }

    private long edge(String table, String column, long key, String side, String order) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + column + ", "
                + (table.equals("payload") ? "length(body)" : "0") + " FROM main." + table
                + " WHERE " + column + " " + side + " ? ORDER BY " + column + " " + order + " LIMIT " + NEIGHBOURS)) {
            select.setLong(1, key);
            try (ResultSet rows = select.executeQuery()) {
                long last = key;
                long bytes = 0;
                while (bytes < BYTES_OF_NEIGHBOURS && rows.next()) {
                    last = rows.getLong(1);
                    bytes += rows.getLong(2);
                }
                return last;
            }
        }
    }

    private void execute(String sql) throws SQLException {
        SqliteDatabase.execute(connection, sql);
    }
}
