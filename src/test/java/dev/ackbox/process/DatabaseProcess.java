package dev.ackbox.process;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A PostgreSQL server that is stopped and started with the same data, at the same port. */
final class DatabaseProcess implements AutoCloseable {

    static final String USERNAME = "postgres";
    static final String PASSWORD = "postgres";

    private final Path data;
    private final int port = AckboxProcess.freePort();
    private EmbeddedPostgres server;

    /** How the server is asked to stop; see "Shutting Down the Server" in PostgreSQL's documentation. */
    enum Stop {
        /** Transactions are rolled back, sessions are ended, everything is written. */
        FAST("INT"),
        /** As in a crash: the next start recovers from the write-ahead log. */
        IMMEDIATE("QUIT");

        private final String signal;

        Stop(String signal) {
            this.signal = signal;
        }
    }

    private DatabaseProcess(Path data) {
        this.data = data;
    }

    /** Creates a database in a directory and starts its server. */
    static DatabaseProcess in(Path directory) {
        DatabaseProcess database = new DatabaseProcess(directory.resolve("postgresql"));
        database.start();
        return database;
    }

    void start() {
        try {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setServerConfig("fsync", "off") // a crash of the server loses nothing that the kernel has
                    .start();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    void stop(Stop how) {
        try {
            Path pid = data.resolve("postmaster.pid");
            AckboxProcess.signal(
                    how.signal, Long.parseLong(Files.readAllLines(pid).get(0)));
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !Files.exists(pid));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    String url() {
        return server.getJdbcUrl(USERNAME, "postgres");
    }

    Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
