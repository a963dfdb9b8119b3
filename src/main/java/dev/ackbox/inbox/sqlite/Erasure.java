package dev.ackbox.inbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Erases a record from all tables, other than its key.
 *
 * <p>The payload, and what a note says, is overwritten in place by zeros, and deleted when retention comes to it. To delete it now would have the database
 * move its neighbours, and what a page held before may stay behind in it.
 */
final class Erasure {

    private static final int ROWS_NEAR_EDGE = 300;

    private final Connection connection;
    private final long runInWriting;
    private final long edge;

    /**
     * Begins to erase.
     *
     * @param row what is known of the store
     */
    Erasure(Connection connection, SqliteWriter.StoreRow row) throws SQLException {
        this.connection = connection;
        this.runInWriting = row.lastRun + 1;
        this.edge = edge(row);
    }

    /** Retention deletes up to here, or near it, so copies of payloads may have stayed behind. */
    private long edge(SqliteWriter.StoreRow row) throws SQLException {
        long deleted =
                row.erasedThroughOf.values().stream().mapToLong(Long::longValue).reduce(row.erasedThrough, Math::max);
        List<Long> beyond = new SqliteQueries(connection)
                .numbers("SELECT id FROM payload WHERE id > ? ORDER BY id LIMIT 1 OFFSET " + ROWS_NEAR_EDGE, deleted);
        return beyond.isEmpty() ? Long.MAX_VALUE : beyond.get(0);
    }

    /** Erases records that are not erased yet. */
    void erase(List<Long> ids) throws SQLException {
        SqliteQueries queries = new SqliteQueries(connection);
        for (long id : ids) {
            erase(id);
            refresh("payload", id);
            refresh("delivery", id);
            refresh("attempt", id);
            for (long number : queries.numbers("SELECT number FROM note WHERE id = ?", id)) {
                refresh("note", number);
            }
        }
    }

    private void refresh(String table, long key) throws SQLException {
        if (!table.equals("payload") || key <= edge) {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT OR IGNORE INTO refresh (name, key) VALUES (?, ?)")) {
                insert.setString(1, table);
                insert.setLong(2, key);
                insert.executeUpdate();
            }
        }
    }

    /** Replaces a payload that is kept by one of the same length, so that it is overwritten in place. */
    void rewrite(long id, byte[] payload) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE payload SET body = ?1 WHERE id = ?2"
                        + " AND length(body) = length(?1) AND EXISTS (SELECT 1 FROM record WHERE record.id = payload.id AND erased IS NULL)")) {
            update.setBytes(1, payload);
            update.setLong(2, id);
            update.executeUpdate();
        }
        refresh("payload", id);
    }

    private void erase(long id) throws SQLException {
        execute(
                "UPDATE delivery SET reason = 'erased', state = 3, not_before = NULL, conversation = 0 WHERE id = ?",
                id);
        execute("UPDATE attempt SET reason = 'erased' WHERE id = ?", id);
        execute("UPDATE payload SET body = zeroblob(length(body)) WHERE id = ?", id);
        execute("UPDATE note SET value = zeroblob(length(value)) WHERE id = ?", id);
        eraseLookups(id);
        execute("UPDATE record SET subjects = NULL, conversation = 0, erased = 1 WHERE id = ?", id);
    }

    /** By the whole primary key of each entry: there is no index by record. */
    private void eraseLookups(long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT subjects,"
                + " coalesce((SELECT min(number) FROM run WHERE last_id >= record.id), ?) FROM record WHERE id = ?")) {
            select.setLong(1, runInWriting);
            select.setLong(2, id);
            try (ResultSet rows = select.executeQuery()) {
                if (rows.next()) {
                    for (long subject : KeyIndex.subjects(rows.getBytes(1))) {
                        execute(
                                "DELETE FROM lookup WHERE run = ? AND subject = ? AND id = ?",
                                rows.getLong(2),
                                subject,
                                id);
                    }
                }
            }
        }
    }

    private void execute(String sql, long... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setLong(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }
}
