package dev.ackbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Copies Ackbox's database from outside, as backups do, again and again until it is closed. */
final class Backup implements AutoCloseable {

    private final Path database;
    private final Path copy;
    private final Connection connection;
    private final Statement statement;
    private final AtomicInteger copies = new AtomicInteger();
    private volatile boolean closed;
    private volatile long bytes;
    private final CompletableFuture<Void> end;

    private Backup(Path database) throws SQLException {
        this.database = database;
        this.copy = database.resolveSibling("backup-of-benchmark");
        this.connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        this.statement = connection.createStatement();
        this.end = CompletableFuture.runAsync(this::run);
    }

    static Backup of(Path dataDirectory) throws SQLException {
        return new Backup(dataDirectory.resolve("inbox.db"));
    }

    private void run() {
        try {
            while (!closed) {
                statement.execute("VACUUM INTO '" + copy + "'");
                bytes = Files.size(copy);
                Files.delete(copy);
                copies.incrementAndGet();
            }
        } catch (SQLException | IOException ex) {
            if (!closed) {
                throw new IllegalStateException("The backup of " + database + " failed", ex);
            }
        }
    }

    /** What it has done so far, in words. */
    String progress() {
        return "%d whole backups, the last one of %.0f MB".formatted(copies.get(), bytes / 1024.0 / 1024);
    }

    /** Breaks off the backup that is under way. */
    @Override
    public void close() throws SQLException, IOException {
        closed = true;
        try (connection;
                statement) {
            statement.cancel();
            end.orTimeout(1, TimeUnit.MINUTES).join();
        } finally {
            Files.deleteIfExists(copy);
        }
    }
}
