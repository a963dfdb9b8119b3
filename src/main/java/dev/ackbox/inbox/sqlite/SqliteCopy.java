package dev.ackbox.inbox.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;

/**
 * Copies a consistent state of a database into a file, row by row, so that nothing of what was deleted is in the copy. Every commit
 * of the writer waits for the disk, so the copy leaves the disk to it:
 *
 * <ol>
 *   <li>it brings what it has written to the disk in small pieces: a commit may have to wait for all that was written before;
 *   <li>it rests most of the time, and longer where the disk is slow.
 * </ol>
 */
final class SqliteCopy extends ProgressHandler implements AutoCloseable {

    /** Steps of SQLite's virtual machine between two looks at the time; a row takes some ten. */
    private static final int STEPS = 500;

    private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** A rest is so many times as long as the work before it. */
    private static final long REST_FACTOR = 4;

    private static final long PIECE_BYTES = 256 << 10;

    private final Path file;
    private final BooleanSupplier isCancelled;
    private @Nullable FileChannel channel;
    private long syncedBytes;
    private @Nullable IOException failure;
    private long workingSinceNanos = System.nanoTime();

    private SqliteCopy(Path file, BooleanSupplier isCancelled) {
        this.file = file;
        this.isCancelled = isCancelled;
    }

    /**
     * Makes a copy.
     *
     * @param file not there yet
     * @param isCancelled asked often; the copy fails once it says so
     */
    static void copy(SqliteDatabase database, Path file, BooleanSupplier isCancelled) throws SQLException, IOException {
        try (Connection connection = database.open();
                SqliteCopy copy = new SqliteCopy(file, isCancelled)) {
            ProgressHandler.setHandler(connection, STEPS, copy);
            try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
                vacuum.setString(1, file.toString());
                vacuum.execute();
            } catch (SQLException ex) {
                if (copy.failure != null) {
                    throw copy.failure;
                }
                throw ex;
            } finally {
                ProgressHandler.clearHandler(connection);
            }
        }
    }

    /** Anything but 0 ends the copy. */
    @Override
    protected int progress() {
        try {
            sync();
        } catch (IOException ex) {
            failure = ex;
            return 1;
        }
        long now = System.nanoTime();
        if (now - workingSinceNanos > WORK_NANOS) {
            LockSupport.parkNanos(REST_FACTOR * (now - workingSinceNanos));
            workingSinceNanos = System.nanoTime();
        }
        return isCancelled.getAsBoolean() ? 1 : 0;
    }

    private void sync() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            if (!Files.exists(file)) {
                return;
            }
            open = FileChannel.open(file, StandardOpenOption.WRITE);
            channel = open;
        }
        long bytes = open.size();
        if (bytes - syncedBytes >= PIECE_BYTES) {
            open.force(false);
            syncedBytes = bytes;
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        if (open != null) {
            open.close();
        }
    }
}
