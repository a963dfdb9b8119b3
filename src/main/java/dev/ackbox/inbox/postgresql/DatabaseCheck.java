package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.InboxProperties.Postgresql;
import java.sql.Connection;
import java.sql.SQLException;

/** Looks at the database of the settings without changing it. */
public final class DatabaseCheck {

    private DatabaseCheck() {}

    /**
     * Which version its schema has; 0 where it has none yet.
     *
     * @throws DatabaseException where the database cannot be used
     */
    public static int schemaVersion(Postgresql settings) {
        try (PostgresDatabase database = PostgresDatabase.of(settings);
                Connection connection = database.openAside()) {
            Sql sql = new Sql(connection);
            boolean isThere =
                    sql.number("SELECT count(*) FROM pg_class WHERE oid = to_regclass(?)", "schema_history") > 0;
            return isThere
                    ? (int) sql.number("SELECT coalesce(max(version::int), 0) FROM schema_history WHERE success")
                    : 0;
        } catch (SQLException ex) {
            throw DatabaseException.of(settings, ex);
        }
    }
}
