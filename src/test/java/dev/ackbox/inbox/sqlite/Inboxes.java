package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.engine.HandOverBounds;
import dev.ackbox.inbox.engine.Retention;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreException;
import dev.ackbox.inbox.engine.StoredInbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;

/** Real inboxes for tests of other packages. */
public final class Inboxes {

    public static final StoredInbox.Settings SETTINGS = new StoredInbox.Settings(
            new HandOverBounds(10_000, 32 << 20),
            64 << 20,
            new Retention(Duration.ofDays(9), Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(30)));

    private Inboxes() {}

    public static StoredInbox sqlite(Path directory, Clock clock) {
        return sqlite(directory, InboxObserver.NONE, clock);
    }

    public static StoredInbox sqlite(Path directory, InboxObserver observer, Clock clock) {
        return StoredInbox.open(store(directory), SETTINGS, observer, clock);
    }

    /** A store without an inbox. */
    public static Store store(Path directory) {
        try {
            return SqliteStore.open(directory);
        } catch (StoreException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** How many attempts have failed at the record that has failed most. */
    public static int failedAttempts(Path directory) throws SQLException {
        return (int) number(directory, "SELECT coalesce(max(attempts), 0) FROM delivery");
    }

    /** The answer of a query that gives one number. */
    static long number(Path directory, String sql) throws SQLException {
        try (Connection connection = new SqliteDatabase(directory.resolve("inbox.db")).open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
