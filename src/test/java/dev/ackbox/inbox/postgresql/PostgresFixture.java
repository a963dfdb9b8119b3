package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.Written;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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

    private PostgresFixture(String url) {
        this.url = url;
    }

    /** Another database with the same content. Nobody may be connected to this one. */
    PostgresFixture copy() throws SQLException {
        return new PostgresFixture(PostgresServer.copyOf(url));
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

    void execute(String... commands) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : commands) {
                statement.execute(sql);
            }
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    List<String> texts(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return new Sql(connection).rows(row -> row.getString(1), sql);
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
