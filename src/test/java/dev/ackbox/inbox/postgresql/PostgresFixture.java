package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.Written;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;

/** A database of one test, and stores in it. */
final class PostgresFixture {

    private final String url;
    final FailingCommits commits = new FailingCommits();

    PostgresFixture() {
        try {
            this.url = PostgresServer.newDatabase();
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    String url() {
        return url;
    }

    PostgresDatabase database() {
        return new PostgresDatabase(url, PostgresServer.USERNAME, PostgresServer.PASSWORD, commits);
    }

    Store open() throws SQLException {
        return PostgresStore.open(database());
    }

    /** A connection of somebody else, in the inbox's schema. */
    Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url, PostgresServer.USERNAME, PostgresServer.PASSWORD);
        connection.setSchema(PostgresDatabase.DEFAULT_SCHEMA);
        return connection;
    }

    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    long number(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Begins a write of another writer: those of one wait for each other. The result ends it. */
    Callable<Written> begin(Batch batch) throws SQLException {
        try (PostgresDatabase database = database()) {
            Sources.Ids sources = new Sources(database).of(batch.records());
            Connection connection = connect();
            BatchWriter.create(connection, "late");
            connection.setAutoCommit(false);
            Written written = new BatchWriter(connection, "late").write(batch, sources);
            return () -> {
                connection.commit();
                connection.close();
                return written;
            };
        }
    }
}
