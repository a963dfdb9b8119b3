package dev.ackbox.inbox.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Takes what was erased out of the files, a small step and a transaction at a time:
 *
 * <ol>
 *   <li>zeros are written into the pages that are free, since these still hold what retention has deleted earlier;
 *   <li>the pages become free again;
 *   <li>rows near what was erased are moved to new pages, since the old ones may have copies of it;
 *   <li>the write-ahead log is copied into the database and cut to nothing. That waits for no reader: it is tried again.
 * </ol>
 *
 * <p>{@link Erasure} overwrites what is in use. The wish for a sweep is stored with it, so that a crash does not lose it.
 */
final class Sweep {

    private static final int KEYS_PER_STEP = 16;
    private static final long PAGES_PER_STEP = 256;

    /** What a page of a large value holds of it. */
    private static final long BYTES_OF_PAGE = SqliteDatabase.PAGE_BYTES - 4L;

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SqliteWriter writer;
    private final WriteAheadLog writeAheadLog;
    private long pagesToFill;
    private boolean begun;
    private long nextCutNanos = System.nanoTime();

    Sweep(SqliteWriter writer, WriteAheadLog writeAheadLog) {
        this.writer = writer;
        this.writeAheadLog = writeAheadLog;
    }

    /** Takes one step; returns false where nothing is left. */
    boolean step() throws SQLException {
        if (number("SELECT sweep FROM store") == 0) {
            return false;
        }
        if (!begun) {
            begun = true;
            pagesToFill = number("PRAGMA freelist_count");
        }
        return fill() || free() || refresh() || !cut();
    }

    private boolean refresh() throws SQLException {
        List<Long> keys = new ArrayList<>();
        String table = null;
        try (Statement statement = writer.connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, key FROM refresh WHERE name ="
                        + " (SELECT min(name) FROM refresh) ORDER BY key LIMIT " + KEYS_PER_STEP)) {
            // Payloads may have megabytes.
            while (rows.next() && !"payload".equals(table)) {
                table = rows.getString(1);
                keys.add(rows.getLong(2));
            }
        }
        if (table == null) {
            return false;
        }
        SqliteDatabase.begin(writer.connection);
        long through = new FreshPages(writer.connection).around(table, table.equals("note") ? "number" : "id", keys);
        SqliteDatabase.execute(
                writer.connection, "DELETE FROM refresh WHERE name = '" + table + "' AND key <= " + through);
        SqliteDatabase.commit(writer.connection);
        return true;
    }

    private boolean fill() throws SQLException {
        long pages = Math.min(Math.min(pagesToFill, PAGES_PER_STEP), number("PRAGMA freelist_count"));
        pagesToFill -= pages;
        if (pages <= 0) {
            return false;
        }
        inTransaction("INSERT INTO sweep (filler) VALUES (zeroblob(" + pages * BYTES_OF_PAGE + "))");
        return true;
    }

    private boolean free() throws SQLException {
        long id = number("SELECT coalesce(max(id), 0) FROM sweep");
        if (id == 0) {
            return false;
        }
        inTransaction("DELETE FROM sweep WHERE id = " + id);
        return true;
    }

    /** Returns whether it is cut: whoever reads an older state prevents it. */
    private boolean cut() throws SQLException {
        if (System.nanoTime() < nextCutNanos) {
            return false;
        }
        nextCutNanos = System.nanoTime() + PAUSE_NANOS;
        if (!writeAheadLog.cut(writer.connection)) {
            return false;
        }
        inTransaction("UPDATE store SET sweep = 0");
        begun = false;
        return true;
    }

    private void inTransaction(String sql) throws SQLException {
        SqliteDatabase.begin(writer.connection);
        SqliteDatabase.execute(writer.connection, sql);
        SqliteDatabase.commit(writer.connection);
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = writer.connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
