package dev.ackbox.inbox.jdbc;

import dev.ackbox.inbox.Inbox;
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
