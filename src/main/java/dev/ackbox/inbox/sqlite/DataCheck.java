package dev.ackbox.inbox.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Checks a data directory without changing its database, while a service uses it or not. */
public final class DataCheck {

    private static final int WRITES = 20;
    private static final int WRITE_BYTES = 4_096;
    private static final Duration SLOW_WRITE = Duration.ofMillis(100);
    private static final long LITTLE_SPACE = 1L << 30;
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private final Path directory;
    private final Clock clock;

    /** Checks a directory against the clock of this machine. */
    public DataCheck(Path directory) {
        this(directory, Clock.systemUTC());
    }

    DataCheck(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * What a check has come to.
     *
     * @param check what was looked at
     * @param ok whether it is as it should be
     * @param detail in words
     */
    public record Finding(String check, boolean ok, String detail) {}

    private interface Look {

        Finding run() throws SQLException, IOException;
    }

    /**
     * Makes all checks.
     *
     * @param full whether to compare indexes with their tables, which reads all of the database
     */
    public List<Finding> run(boolean full) {
        Path database = directory.resolve("inbox.db");
        if (!Files.isReadable(database)) {
            return List.of(new Finding("database", false, "There is no readable " + database));
        }
        List<Finding> findings = new ArrayList<>();
        try (Connection connection = open(database)) {
            SqliteQueries queries = new SqliteQueries(connection);
            look(findings, "integrity", () -> integrity(connection, full));
            look(findings, "schema", () -> schema(queries));
            look(findings, "records", () -> records(queries));
            look(findings, "consumers", () -> consumers(connection));
            look(findings, "clock", () -> clock(queries));
        } catch (SQLException ex) {
            findings.add(new Finding("database", false, "It cannot be read: " + ex.getMessage()));
        }
        look(findings, "disk", this::disk);
        look(findings, "space", () -> space(database));
        return findings;
    }

    private static void look(List<Finding> findings, String check, Look look) {
        try {
            findings.add(look.run());
        } catch (SQLException | IOException ex) {
            findings.add(new Finding(check, false, String.valueOf(ex.getMessage())));
        }
    }

    /** Without a log, nobody writes, and the file is read as it is: to read beside a writer, files would have to be created. */
    private static Connection open(Path database) throws SQLException {
        boolean hasLog = Files.exists(database.resolveSibling("inbox.db-wal"));
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(SqliteDatabase.BUSY_TIMEOUT_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:file:" + database.toAbsolutePath().toUri().getRawPath()
                + (hasLog ? "?mode=ro" : "?immutable=1"));
        return source.getConnection();
    }

    private static Finding integrity(Connection connection, boolean full) throws SQLException {
        List<String> problems = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(full ? "PRAGMA integrity_check(10)" : "PRAGMA quick_check(10)")) {
            while (rows.next()) {
                problems.add(rows.getString(1));
            }
        }
        boolean ok = problems.equals(List.of("ok"));
        return new Finding(
                "integrity", ok, ok ? (full ? "all pages and indexes" : "all pages") : String.join("; ", problems));
    }

    private static Finding schema(SqliteQueries queries) throws SQLException {
        long version = queries.number(
                "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM flyway_schema_history WHERE success");
        MigrationInfo[] known = Flyway.configure()
                .dataSource("jdbc:sqlite::memory:", null, null)
                .locations("classpath:dev/ackbox/inbox/sqlite")
                .load()
                .info()
                .all();
        long newest = Long.parseLong(String.valueOf(known[known.length - 1].getVersion()));
        String detail = "version " + version + "; this Ackbox has " + newest;
        return new Finding(
                "schema", version <= newest, detail + (version < newest ? " and upgrades it at its start" : ""));
    }

    private static Finding records(SqliteQueries queries) throws SQLException {
        return new Finding(
                "records",
                true,
                queries.number("SELECT count(*) FROM record") + ", " + queries.number("SELECT count(*) FROM payload")
                        + " with their payload");
    }

    private static Finding consumers(Connection connection) throws SQLException {
        List<String> consumers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, paused,"
                        + " (SELECT count(*) FROM delivery WHERE consumer = name AND state = 0),"
                        + " (SELECT count(*) FROM delivery WHERE consumer = name AND state = 1),"
                        + " (SELECT count(*) FROM delivery WHERE consumer = name AND state = 2) FROM consumer")) {
            while (rows.next()) {
                consumers.add(rows.getString(1) + (rows.getInt(2) > 0 ? " (paused)" : "") + ": " + rows.getLong(3)
                        + " held, " + rows.getLong(4) + " retrying, " + rows.getLong(5) + " dead");
            }
        }
        return new Finding("consumers", true, String.join("; ", consumers));
    }

    /** A clock that is behind would keep what is stored for too long, and one that was ahead has. */
    private Finding clock(SqliteQueries queries) throws SQLException {
        Instant newest = Instant.ofEpochMilli(
                queries.number("SELECT coalesce((SELECT received_at FROM record ORDER BY id DESC LIMIT 1), 0)"));
        boolean ok = !newest.isAfter(clock.instant().plus(CLOCK_TOLERANCE));
        return new Finding(
                "clock",
                ok,
                "the newest record was received at " + newest + (ok ? "" : ", which is in the future by this clock"));
    }

    private Finding disk() throws IOException {
        if (!Files.isWritable(directory)) {
            return new Finding("disk", true, "not measured: the directory cannot be written from here");
        }
        Path file = Files.createTempFile(directory, "check", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long longest = 0;
            long begin = System.nanoTime();
            for (int i = 0; i < WRITES; i++) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(WRITE_BYTES), (long) i * WRITE_BYTES);
                channel.force(false);
                longest = Math.max(longest, System.nanoTime() - start);
            }
            double mean = (System.nanoTime() - begin) / 1e6 / WRITES;
            return new Finding(
                    "disk",
                    longest < SLOW_WRITE.toNanos(),
                    String.format(
                            Locale.ROOT,
                            "a write takes %.1f ms, the slowest of %d took %.1f ms",
                            mean,
                            WRITES,
                            longest / 1e6));
        } finally {
            Files.delete(file);
        }
    }

    private static Finding space(Path database) throws IOException {
        long free = Files.getFileStore(database).getUsableSpace();
        return new Finding(
                "space",
                free >= LITTLE_SPACE,
                (free >> 20) + " MB are free; the database has " + (Files.size(database) >> 20) + " MB");
    }
}
