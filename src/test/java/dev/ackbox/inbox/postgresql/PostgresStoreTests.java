package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreContract;
import dev.ackbox.inbox.engine.Written;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresStoreTests extends StoreContract {

    private final String url = newDatabase();
    private final FailingCommits commits = new FailingCommits();

    private static String newDatabase() {
        try {
            return PostgresServer.newDatabase();
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    protected Store open() throws Exception {
        return PostgresStore.open(database());
    }

    private PostgresDatabase database() {
        return new PostgresDatabase(url, PostgresServer.USERNAME, PostgresServer.PASSWORD, commits);
    }

    @Override
    protected Store openSecond() throws Exception {
        return open();
    }

    @Override
    protected void letLeasesEnd() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE replica SET until = clock_timestamp()");
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url, PostgresServer.USERNAME, PostgresServer.PASSWORD);
        connection.setSchema(PostgresDatabase.DEFAULT_SCHEMA);
        return connection;
    }

    /** By a writer of its own: those of one writer wait for each other. */
    @Override
    protected Callable<Written> begin(Store writer, Batch next) throws Exception {
        Connection connection = connect();
        BatchWriter.create(connection, "late");
        Sources sources = new Sources(database());
        connection.setAutoCommit(false);
        Written written = new BatchWriter(connection, "late").write(next, sources.of(next.records()));
        return () -> {
            connection.commit();
            connection.close();
            return written;
        };
    }

    @Override
    protected void failNextCommit(boolean isDurable) {
        commits.fail(isDurable);
    }
}
