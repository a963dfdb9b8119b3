package dev.ackbox.inbox.jdbc;

import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.LatestValues;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;

/** Real inboxes for tests of other packages. */
public final class Inboxes {

    private Inboxes() {}

    public static Inbox sqlite(Path directory, Clock clock) {
        return SqliteInbox.open(
                new SqliteInbox.Settings(
                        directory,
                        new HandOverBounds(10_000, 32 << 20),
                        64 << 20,
                        new Retention(Duration.ofDays(9), Duration.ofDays(7), Duration.ofDays(30))),
                clock);
    }

    /** The values beside an inbox that was opened here. */
    public static LatestValues latestValues(Inbox inbox) {
        return ((SqliteInbox) inbox).latestValues();
    }

    /** How many attempts have failed at the waiting record that has failed most. */
    public static int failedAttempts(Path directory) throws SQLException {
        try (Connection connection = new SqliteDatabase(directory.resolve("inbox.db")).open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT max(attempts) FROM waiting")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
