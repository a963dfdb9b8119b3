package dev.ackbox.inbox.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.ackbox.inbox.InboxProperties.Postgresql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL database: its schema and the connections to it. They are the inbox's own: handlers have theirs.
 *
 * <p>Nothing here waits for long. A server that is silent ends each wait. What a process has begun and does not end, since it is
 * frozen, the server ends, so that it holds no lock.
 */
final class PostgresDatabase implements AutoCloseable {

    static final String DEFAULT_SCHEMA = "ackbox";

    /** The writer, the reader, the shares and the archive use one each. One more is for the time in which one is replaced. */
    private static final int CONNECTIONS = 5;

    private static final int CONNECT_TIMEOUT_SECONDS = 2;
    private static final int SOCKET_TIMEOUT_SECONDS = 5;
    private static final int POOL_TIMEOUT_MILLIS = 3_000;

    /**
     * Shorter than the socket's, so that the server says why. The isolation is what each statement here relies on. None is meant to read
     * a whole table; a plan that was made for a small one would go on doing that. Without those, costs say too much to compile by.
     */
    private static final String SESSION = "SET statement_timeout = '4s'; SET lock_timeout = '3s';"
            + " SET idle_in_transaction_session_timeout = '5s'; SET enable_seqscan = off; SET jit = off;"
            + " SET default_transaction_isolation = 'read committed'";

    /** "Read only transaction": this server was the primary one, and another one is by now. */
    private static final String READ_ONLY = "25006";

    /** Begins of SQL states: no connection; the server is stopping, or has ended a statement that took too long; a lock is not to be had. */
    private static final List<String> UNREACHABLE = List.of("08", "57", "55P03", READ_ONLY);

    private final PGSimpleDataSource aside;
    private final HikariDataSource pool;
    private final UnaryOperator<Connection> transactions;

    /**
     * Names a database; nothing is connected yet.
     *
     * @param url of the form that the driver reads. What its parameters say wins over what is set here, except for the user.
     * @throws IllegalArgumentException where the driver cannot read it
     */
    PostgresDatabase(String url, String username, String password) {
        this(url, username, password, UnaryOperator.identity());
    }

    /** @param transactions stands in for connections in a transaction, so that a test can have one fail */
    PostgresDatabase(String url, String username, String password, UnaryOperator<Connection> transactions) {
        this.transactions = transactions;
        Map<String, String> settings = new HashMap<>();
        settings.put("ApplicationName", "ackbox");
        settings.put("currentSchema", DEFAULT_SCHEMA);
        settings.put("connectTimeout", String.valueOf(CONNECT_TIMEOUT_SECONDS));
        settings.put("loginTimeout", String.valueOf(CONNECT_TIMEOUT_SECONDS));
        settings.put("tcpKeepAlive", "true");
        this.aside = dataSource(url, settings, username, password);
        settings.put("socketTimeout", String.valueOf(SOCKET_TIMEOUT_SECONDS));
        this.pool = pool(dataSource(url, settings, username, password));
    }

    /**
     * The database of the settings.
     *
     * @throws DatabaseException where they name none
     */
    static PostgresDatabase of(Postgresql settings) {
        if (settings.url().isBlank()) {
            throw DatabaseException.noUrl();
        }
        try {
            return new PostgresDatabase(settings.url(), settings.username(), settings.password());
        } catch (IllegalArgumentException ex) {
            throw DatabaseException.noJdbcUrl();
        }
    }

    private static PGSimpleDataSource dataSource(
            String url, Map<String, String> settings, String username, String password) {
        Properties given = Driver.parseURL(url, null);
        if (given == null) {
            throw new IllegalArgumentException("The driver cannot read the URL");
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        settings.forEach((name, value) -> {
            if (given.getProperty(name) == null) {
                set(source, name, value);
            }
        });
        if (!username.isEmpty()) {
            source.setUser(username);
        }
        if (!password.isEmpty()) {
            source.setPassword(password);
        }
        return source;
    }

    private static void set(PGSimpleDataSource source, String name, String value) {
        try {
            source.setProperty(name, value);
        } catch (SQLException ex) {
            throw new IllegalArgumentException("The driver does not know '" + name + "'", ex);
        }
    }

    private static HikariDataSource pool(PGSimpleDataSource source) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("ackbox-inbox");
        config.setDataSource(source);
        config.setConnectionInitSql(SESSION);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(POOL_TIMEOUT_MILLIS);
        config.setValidationTimeout(CONNECT_TIMEOUT_SECONDS * 1_000L);
        config.setInitializationFailTimeout(-1); // the first use says what is wrong, in the server's own words
        return new HikariDataSource(config);
    }

    /** Whether other statements would fail as well, after as long a time. */
    static boolean isUnreachable(SQLException ex) {
        String state = ex.getSQLState();
        return state == null || UNREACHABLE.stream().anyMatch(state::startsWith);
    }

    /** Brings the schema up to date; creates it where there is none. */
    void migrate() {
        Flyway.configure()
                .dataSource(aside)
                .schemas(schema())
                .table("schema_history")
                .locations("classpath:dev/ackbox/inbox/postgresql")
                .load()
                .migrate();
    }

    private String schema() {
        String schema = aside.getCurrentSchema();
        return schema == null ? DEFAULT_SCHEMA : schema;
    }

    /** A connection beside those of the pool, on which the server may be silent for as long as it wants. */
    Connection openAside() throws SQLException {
        return aside.getConnection();
    }

    /** What is done on a connection. */
    interface Work<T extends @Nullable Object> {

        T run(Connection connection) throws SQLException;
    }

    /** Each statement is a transaction of its own. */
    <T extends @Nullable Object> T onConnection(Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return unlessReadOnly(connection, work);
        }
    }

    /** All statements are one transaction, each of which sees what others have committed before it. */
    <T extends @Nullable Object> T inTransaction(Work<T> work) throws SQLException {
        try (Connection pooled = pool.getConnection()) {
            return unlessReadOnly(pooled, same -> {
                Connection connection = transactions.apply(pooled);
                connection.setAutoCommit(false);
                T result = work.run(connection);
                connection.commit();
                return result;
            });
        }
    }

    /** A connection to a server that has become read-only is given up. The next one goes to the new primary server. */
    private <T extends @Nullable Object> T unlessReadOnly(Connection pooled, Work<T> work) throws SQLException {
        try {
            return work.run(pooled);
        } catch (SQLException ex) {
            if (READ_ONLY.equals(ex.getSQLState())) {
                pool.evictConnection(pooled);
            }
            throw ex;
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
