package dev.ackbox.inbox.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** An SQLite file: its schema and the connections to it. */
final class SqliteDatabase {

    /** How long a transaction waits for another process that holds the database; shorter than a notification waits. */
    static final int BUSY_TIMEOUT_MILLIS = 4_000;

    static final int PAGE_BYTES = 4_096;
    private static final int CACHE_KIBIBYTES = 16 << 10;

    /** Pages that become free are overwritten as well. */
    static final String SECURE_DELETE = "PRAGMA secure_delete = ON";

    /** What is deleted within a page is overwritten, since that page is written anyway. Pages that become free are not. */
    static final String SECURE_DELETE_FAST = "PRAGMA secure_delete = FAST";

    private final Path file;
    private final SQLiteDataSource dataSource;
    private final UnaryOperator<Connection> writing;

    SqliteDatabase(Path file) {
        this(file, UnaryOperator.identity());
    }

    /**
     * Names a database.
     *
     * @param writing stands in for connections that write, so that a test can have them fail
     */
    SqliteDatabase(Path file, UnaryOperator<Connection> writing) {
        this.file = file;
        this.writing = writing;
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // Each commit is on disk before it is answered.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setPageSize(PAGE_BYTES);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        // Nobody asks for them, and the driver would look for one after each statement.
        config.setGetGeneratedKeys(false);
        this.dataSource = new SQLiteDataSource(config);
        this.dataSource.setUrl("jdbc:sqlite:" + file);
    }

    /** Brings the schema up to date; creates the file where there is none. */
    void migrate() {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:dev/ackbox/inbox/sqlite")
                .load()
                .migrate();
    }

    Path file() {
        return file;
    }

    /** A connection for reading, in autocommit mode. */
    Connection open() throws SQLException {
        return dataSource.getConnection();
    }

    /**
     * A connection whose transactions are begun and ended by {@link #begin} and {@link #commit}, since the driver's own commit begins
     * the next transaction at once and may fail after the first one is durable. Checkpoints are left to {@link WriteAheadLog}: they
     * would delay commits.
     */
    Connection openForWriting() throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            execute(connection, "PRAGMA wal_autocheckpoint = 0");
            execute(connection, "PRAGMA cache_size = -" + CACHE_KIBIBYTES);
            execute(connection, SECURE_DELETE_FAST);
            connection.setAutoCommit(false);
            commit(connection);
            return writing.apply(connection);
        } catch (SQLException | RuntimeException ex) {
            try (connection) {
                throw ex;
            }
        }
    }

    static void begin(Connection connection) throws SQLException {
        execute(connection, "BEGIN IMMEDIATE");
    }

    static void commit(Connection connection) throws SQLException {
        execute(connection, "COMMIT");
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
