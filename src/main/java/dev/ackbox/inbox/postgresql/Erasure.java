package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.engine.Rewriting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Erases records from all tables, other than their keys. What the files keep of it until they are vacuumed is the database's. */
final class Erasure {

    private final Sql sql;

    Erasure(Connection connection) {
        this.sql = new Sql(connection);
    }

    void erase(List<Long> records) throws SQLException {
        LeftOvers.lock(sql);
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

    /** Replaces payloads that are still the same; returns the ids of the others. */
    Set<Long> rewrite(List<Rewriting> payloads) throws SQLException {
        LeftOvers.lock(sql);
        Set<Long> changed = new HashSet<>();
        for (Rewriting next : payloads) {
            if (sql.update("UPDATE payload SET body = ? WHERE id = ? AND body = ?", next.to(), next.id(), next.from())
                    == 0) {
                changed.add(next.id());
            }
        }
        return changed;
    }
}
