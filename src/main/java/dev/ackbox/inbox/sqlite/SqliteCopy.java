package dev.ackbox.inbox.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.sqlite.ProgressHandler;

/**
 * Copies a consistent state of a database into a file, row by row, so that nothing of what was deleted is in the copy. It rests
 * most of the time: otherwise the disk would be busy with it, and every commit waits for the disk.
 */
final class SqliteCopy extends ProgressHandler {

    /** Steps of SQLite's virtual machine between two looks at the time; a row takes some ten. */
    private static final int STEPS = 500;

    private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** A rest is so many times as long as the work before it. */
    private static final long REST_FACTOR = 4;

    private final BooleanSupplier isCancelled;
    private long workingSinceNanos = System.nanoTime();

    private SqliteCopy(BooleanSupplier isCancelled) {
        this.isCancelled = isCancelled;
    }

    /**
     * Makes a copy.
     *
     * @param file not there yet
     * @param isCancelled asked often; the copy fails once it says so
     */
    static void copy(SqliteDatabase database, Path file, BooleanSupplier isCancelled) throws SQLException {
        try (Connection connection = database.open()) {
            ProgressHandler.setHandler(connection, STEPS, new SqliteCopy(isCancelled));
            try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
                vacuum.setString(1, file.toString());
                vacuum.execute();
            } finally {
                ProgressHandler.clearHandler(connection);
            }
        }
    }

    /** Anything but 0 ends the copy. */
    @Override
    protected int progress() {
        long now = System.nanoTime();
        if (now - workingSinceNanos > WORK_NANOS) {
            LockSupport.parkNanos(REST_FACTOR * (now - workingSinceNanos));
            workingSinceNanos = System.nanoTime();
        }
        return isCancelled.getAsBoolean() ? 1 : 0;
    }
}
