package dev.ackbox.inbox.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Erases records from all tables, other than their keys. What the files keep of it until they are vacuumed is the database's. */
final class Erasure {

    private final Sql sql;

    Erasure(Connection connection) {
        this.sql = new Sql(connection);
    }

    void erase(List<Long> records) throws SQLException {
        Long[] ids = records.stream().sorted().toArray(Long[]::new);
        LeftOvers.deleteLookups(sql, ids);
        sql.update(
                "UPDATE record SET subjects = NULL, conversation = 0, erased = true WHERE id = ANY(?) AND NOT erased",
                (Object) ids);
        sql.update(
                "UPDATE delivery SET reason = 'erased', state = 3, not_before = NULL, conversation = 0 WHERE id = ANY(?)",
                (Object) ids);
        sql.update("UPDATE attempt SET reason = 'erased' WHERE id = ANY(?)", (Object) ids);
        sql.update("DELETE FROM payload WHERE id = ANY(?)", (Object) ids);
        sql.update("DELETE FROM note WHERE id = ANY(?)", (Object) ids);
    }

    /** Replaces payloads that are kept. */
    void rewrite(Map<Long, byte[]> payloads) throws SQLException {
        for (Map.Entry<Long, byte[]> next : payloads.entrySet()) {
            sql.update("UPDATE payload SET body = ? WHERE id = ?", next.getValue(), next.getKey());
        }
    }
}
