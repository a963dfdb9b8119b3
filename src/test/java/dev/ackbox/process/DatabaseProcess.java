package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A PostgreSQL server that is stopped and started with the same data, at the same port. */
final class DatabaseProcess implements AutoCloseable {

    static final String USERNAME = "postgres";
    static final String PASSWORD = "postgres";

    private final Path data;
    private final EmbeddedPostgres server;

    /** How the server is asked to stop; see "Shutting Down the Server" in PostgreSQL's documentation. */
    enum Stop {
        /** Sessions are ended, everything is written. */
        FAST,
        /** As in a crash: the next start recovers from the write-ahead log. */
        IMMEDIATE
    }

    private DatabaseProcess(Path data, EmbeddedPostgres server) {
        this.data = data;
        this.server = server;
    }

    /** Creates a database in a directory and starts its server. */
    static DatabaseProcess in(Path directory) throws IOException {
        Path data = directory.resolve("postgresql");
        return new DatabaseProcess(
                data,
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setPort(FreePort.find())
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("fsync", "off") // a crash of the server loses nothing that the kernel has
                        .start());
    }

    void stop(Stop how) {
        control("stop", "-m", how.name().toLowerCase(Locale.ROOT));
    }

    /** With the options of the first start, which are in a file beside the data. */
    void start() {
        control("restart", "-l", data.resolveSibling("postgresql.log").toString());
    }

    private void control(String... arguments) {
        try {
            String postgres = Files.readString(data.resolve("postmaster.opts")).split(" ", 2)[0];
            List<String> command = new ArrayList<>();
            if (System.getProperty("user.name").equals("root")) {
                command.addAll(List.of("unshare", "-U")); // the server does not start as root
            }
            command.add(Path.of(postgres).resolveSibling("pg_ctl").toString());
            command.addAll(List.of("-D", data.toString(), "-w"));
            command.addAll(List.of(arguments));
            int exit = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            assertThat(exit).as(String.join(" ", command)).isZero();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
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
