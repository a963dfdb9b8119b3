package dev.ackbox.inbox.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** An SQLite file: its schema and the connections to it. */
final class SqliteDatabase {

    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    private final SQLiteDataSource dataSource;

    SqliteDatabase(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // Each commit is on disk before it is answered.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        // Where the log starts over, the file is cut to less than what calls for a checkpoint.
        config.setJournalSizeLimit((int) Upkeep.CHECKPOINT_FROM_BYTES - 1);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        this.dataSource = new SQLiteDataSource(config);
        this.dataSource.setUrl("jdbc:sqlite:" + file);
    }

    /** Brings the schema up to date; creates the file where there is none. */
    void migrate() {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:dev/ackbox/inbox/jdbc/sqlite")
                .load()
                .migrate();
    }

    /** A connection in autocommit mode. */
    Connection open() throws SQLException {
        return dataSource.getConnection();
    }

    /** A connection with a transaction always open, and checkpoints left to {@link Upkeep}: they would hold up commits. */
    Connection openForWriting() throws SQLException {
        Connection connection = dataSource.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | RuntimeException ex) {
            try (connection) {
                throw ex;
            }
        }
    }
}
