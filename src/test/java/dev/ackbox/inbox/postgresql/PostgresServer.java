package dev.ackbox.inbox.postgresql;

import dev.ackbox.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/** The one PostgreSQL server of the tests' process, and databases in it. It ends with the process. */
public final class PostgresServer {

    public static final String USERNAME = "postgres";
    public static final String PASSWORD = "postgres";
    private static final String TEMPLATE = "ackbox_template";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** Each is some hundred files, and deleting those of all tests at the end takes too long. */
    private static final int MOST_KEPT = 4;

    private static final Deque<String> KEPT = new ArrayDeque<>();

    private PostgresServer() {}

    private static final class Running {

        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setPort(FreePort.find())
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("fsync", "off") // no test here pulls the plug
                        .start();
                execute(server, "CREATE DATABASE " + TEMPLATE);
                try (PostgresDatabase template =
                        new PostgresDatabase(server.getJdbcUrl(USERNAME, TEMPLATE), USERNAME, PASSWORD)) {
                    template.migrate();
                }
                return server;
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            } catch (SQLException ex) {
                throw new IllegalStateException(ex);
            }
        }
    }

    /** The URL of a new database for one test, with the inbox's tables and nothing in them. */
    public static synchronized String newDatabase() throws SQLException {
        String name = "ackbox_" + DATABASES.incrementAndGet();
        execute(Running.SERVER, "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
        KEPT.add(name);
        if (KEPT.size() > MOST_KEPT) {
            execute(Running.SERVER, "DROP DATABASE " + KEPT.remove() + " WITH (FORCE)");
        }
        return url(name);
    }

    /** The URL of a new database with the content of another one, which nobody is connected to. */
    public static String copyOf(String url) throws SQLException {
        String name = "ackbox_" + DATABASES.incrementAndGet();
        execute(Running.SERVER, "CREATE DATABASE " + name + " TEMPLATE " + url.substring(url.lastIndexOf('/') + 1));
        return url(name);
    }

    /** The URL of a new database without anything in it. */
    public static String newEmptyDatabase() throws SQLException {
        String name = "empty_" + DATABASES.incrementAndGet();
        execute(Running.SERVER, "CREATE DATABASE " + name);
        return url(name);
    }

    public static int port() {
        return Running.SERVER.getPort();
    }

    private static String url(String database) {
        return "jdbc:postgresql://localhost:" + port() + "/" + database;
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
