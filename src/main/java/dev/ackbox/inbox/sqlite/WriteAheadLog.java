package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.Inbox;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies SQLite's write-ahead log into the database, so that it can start over:
 *
 * <ol>
 *   <li>a thread with a connection of its own copies what it can, while commits go on;
 *   <li>where the log is larger still, the writer copies the rest between two transactions, which takes some milliseconds;
 *   <li>the next transaction starts the log over, unless a process reads an older state of the database;
 *   <li>where the file has become long by then, the writer makes it shorter in small steps.
 * </ol>
 *
 * <p>No step waits for a reader: a shell in the middle of a transaction, or a backup, lets the log grow and nothing else.
 */
final class WriteAheadLog {

    /** Once so much of the log is not copied, it is copied. More at once keeps the disk busy and delays commits. */
    private static final long CHECKPOINT_FROM_BYTES = 8L << 20;

    /** From here on the writer copies the rest. */
    private static final long RESTART_FROM_BYTES = 64L << 20;

    /** From here on the log should have started over. */
    private static final long TOO_LARGE_BYTES = 96L << 20;

    /** Up to here the file keeps its blocks where the log starts over: to write into new ones takes longer. */
    static final long KEPT_FILE_BYTES = 96L << 20;

    /** So much is cut off at once. A disk that frees 700 MB is busy for some 300 ms, and commits wait for it. */
    static final long STEP_BYTES = 4L << 20;

    /** From here on nothing is forgotten, since that writes to the log as well. */
    static final long LARGE_BYTES = 128L << 20;

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SIZE_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_AFTER_FAULT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long WARN_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long CLOSE_TIMEOUT_MILLIS = 10_000;
    private static final Logger log = LoggerFactory.getLogger(WriteAheadLog.class);

    /** A page of the database and what stands before it. */
    private static final int FRAME_BYTES = SqliteDatabase.PAGE_BYTES + 24;

    private static final int HEADER_BYTES = 32;

    private final SqliteDatabase database;
    private final Path file;
    private final Thread thread = new Thread(this::run, "ackbox-inbox-checkpoint");
    private @Nullable Connection open;
    private volatile Use use = new Use(0, 0);
    private volatile long bytes;
    private volatile long freeBytes;
    private long nextSizeNanos = System.nanoTime();
    private volatile boolean restartWanted;
    private volatile boolean shortenWanted;
    private volatile boolean cannotShorten;
    private volatile @Nullable String trouble;
    private volatile boolean closed;
    private long largeSinceNanos;
    private boolean warned;

    /**
     * How much is in the log.
     *
     * @param uncopied bytes that the database does not have yet; at zero the next transaction starts the log over, unless another
     *     process reads from the log
     */
    private record Use(long bytes, long uncopied) {}

    WriteAheadLog(SqliteDatabase database) {
        this.database = database;
        this.file = Path.of(database.file() + "-wal");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** How much was in the log a moment ago. The file may be larger. */
    long bytes() {
        return use.bytes();
    }

    /** The log's size of a moment ago, the database's of some seconds ago. */
    Inbox.Size size() {
        return new Inbox.Size(bytes, freeBytes, use.bytes());
    }

    /** Whether nothing should be forgotten now. Where all of it is copied, any transaction makes it small again. */
    boolean isLarge() {
        return use.bytes() > LARGE_BYTES && use.uncopied() > 0;
    }

    /** Why the log cannot start over; absent where it can. */
    @Nullable
    String trouble() {
        return trouble;
    }

    private void run() {
        while (!closed) {
            long pause = INTERVAL_NANOS;
            try {
                look();
            } catch (Throwable ex) { // an Error too: without checkpoints the log fills the disk
                failed(ex);
                pause = PAUSE_AFTER_FAULT_NANOS;
            }
            LockSupport.parkNanos(pause);
        }
        closeConnection();
    }

    private void look() throws SQLException {
        long before = use.bytes();
        measure();
        measureDatabase();
        if (use.uncopied() >= CHECKPOINT_FROM_BYTES) {
            checkpoint(connection());
            measure();
        }
        if (use.bytes() >= RESTART_FROM_BYTES && use.uncopied() > 0) {
            // Copies what came during the last pass, so that little is left to the writer: commits wait for that.
            checkpoint(connection());
            measure();
            restartWanted = true;
        }
        shortenWanted = isTooLong();
        boolean startedOver = use.bytes() < before;
        if (startedOver || use.bytes() < TOO_LARGE_BYTES) {
            smallAgain();
        } else if (use.uncopied() > 0) {
            large();
        }
    }

    private void large() {
        if (largeSinceNanos == 0) {
            largeSinceNanos = System.nanoTime();
        }
        if (System.nanoTime() - largeSinceNanos > WARN_AFTER_NANOS) {
            String reason = "Its write-ahead log has " + (use.bytes() >> 20)
                    + " MB and cannot start over, since a process reads an older state of it";
            trouble = reason;
            warnOnce(
                    "The inbox database: {}. End that reader, such as a shell within a transaction, or the disk fills up.",
                    reason);
        }
    }

    private void warnOnce(String message, String detail) {
        if (!warned) {
            warned = true;
            log.warn(message, detail);
        }
    }

    private void smallAgain() {
        largeSinceNanos = 0;
        if (trouble != null) {
            trouble = null;
            warned = false;
            log.info("The write-ahead log of the inbox database has started over");
        }
    }

    private void failed(Throwable ex) {
        trouble = "Its write-ahead log cannot be copied into the database: " + ex.getMessage();
        warnOnce("The inbox database: its write-ahead log cannot be copied into it, and grows: {}", ex.toString());
        closeConnection();
    }

    private Connection connection() throws SQLException {
        Connection connection = open;
        if (connection == null) {
            connection = database.open();
            open = connection;
        }
        return connection;
    }

    private void closeConnection() {
        Connection connection = open;
        open = null;
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException ex) {
                log.debug("Closing a connection failed", ex);
            }
        }
    }

    /** Copies the rest where that is wanted. Called by the writer outside of a transaction. */
    void restart(Connection writer) throws SQLException {
        if (restartWanted) {
            restartWanted = false;
            checkpoint(writer);
        }
    }

    private boolean isTooLong() {
        return file.toFile().length() > KEPT_FILE_BYTES && !cannotShorten;
    }

    /**
     * Cuts a step off the file where that is wanted, of what the log does not use any more. Called by the writer outside of a
     * transaction, since nobody else makes the log longer.
     */
    void shorten(Connection writer) throws SQLException {
        if (!shortenWanted) {
            return;
        }
        shortenWanted = false;
        long end = HEADER_BYTES + measure(writer).bytes();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long shorter = Math.max(KEPT_FILE_BYTES, channel.size() - STEP_BYTES);
            if (end < shorter) {
                channel.truncate(shorter);
            }
        } catch (IOException ex) {
            cannotShorten = true;
            log.warn(
                    "The write-ahead log of the inbox database stays as long as it is until Ackbox starts again: {}",
                    ex.toString());
        }
    }

    /** Copies what no reader needs. Waits for no other connection, and does nothing while another one copies. */
    private static void checkpoint(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
        }
    }

    /**
     * Copies the rest, and cuts the file to nothing. Called by the writer outside of a transaction. Waits for no other connection.
     *
     * @return false where one reads an older state, where much is not copied yet, or where the file is being shortened
     */
    boolean cut(Connection writer) throws SQLException {
        if (use.uncopied() > CHECKPOINT_FROM_BYTES || isTooLong()) {
            return false;
        }
        SqliteDatabase.execute(writer, "PRAGMA busy_timeout = 0");
        try (Statement statement = writer.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            rows.next();
            return rows.getInt(1) == 0;
        } finally {
            SqliteDatabase.execute(writer, "PRAGMA busy_timeout = " + SqliteDatabase.BUSY_TIMEOUT_MILLIS);
        }
    }

    private void measure() throws SQLException {
        use = measure(connection());
    }

    private static Use measure(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
            rows.next();
            long frames = Math.max(0, rows.getLong(2));
            long copied = Math.max(0, rows.getLong(3));
            return new Use(frames * FRAME_BYTES, (frames - copied) * FRAME_BYTES);
        }
    }

    private void measureDatabase() throws SQLException {
        if (System.nanoTime() < nextSizeNanos) {
            return;
        }
        nextSizeNanos = System.nanoTime() + SIZE_INTERVAL_NANOS;
        SqliteQueries queries = new SqliteQueries(connection());
        bytes = queries.number("PRAGMA page_count") * SqliteDatabase.PAGE_BYTES;
        freeBytes = queries.number("PRAGMA freelist_count") * SqliteDatabase.PAGE_BYTES;
    }

    /** Returns false where a checkpoint does not come to an end. */
    boolean end() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_TIMEOUT_MILLIS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
