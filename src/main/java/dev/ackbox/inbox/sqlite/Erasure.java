package dev.ackbox.inbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Erases a record from all tables, other than its key.
 *
 * <p>The payload, and what a note says, is overwritten in place by zeros, and deleted when retention comes to it. To delete it now would have the database
 * move its neighbours, and what a page held before may stay behind in it.
 */
final class Erasure {

    private final Connection connection;
    private final long runInWriting;

    /**
     * Begins to erase.
     *
     * @param runInWriting the run of look-ups that is not complete
     */
    Erasure(Connection connection, long runInWriting) {
        this.connection = connection;
        this.runInWriting = runInWriting;
    }

    void erase(long id) throws SQLException {
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
