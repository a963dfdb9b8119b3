package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.engine.HandOverBounds;
import dev.ackbox.inbox.engine.Retention;
import dev.ackbox.inbox.engine.StoreException;
import dev.ackbox.inbox.engine.StoredInbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;

/** Inboxes for tests of other packages. */
public final class Inboxes {

    private Inboxes() {}

    /** Opens an embedded inbox. */
    public static StoredInbox sqlite(Path directory, Clock clock, InboxObserver observer) {
        return StoredInbox.open(
                open(directory),
                new StoredInbox.Settings(
                        new HandOverBounds(1_000, 16 << 20),
                        64 << 20,
                        new Retention(
                                Duration.ofDays(9), Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(30))),
                observer,
                clock);
    }

    private static SqliteStore open(Path directory) {
        try {
            return SqliteStore.open(directory);
        } catch (StoreException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** The most attempts that have failed of a record that is not completed. */
    public static int failedAttempts(Path directory) throws SQLException {
        try (Connection connection = new SqliteDatabase(directory.resolve("inbox.db")).open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT coalesce(max(attempts), 0) FROM delivery")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
