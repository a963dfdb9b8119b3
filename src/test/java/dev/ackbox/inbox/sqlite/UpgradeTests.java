package dev.ackbox.inbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.MovableClock;
import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.Records;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.engine.StoredInbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database of the first version, which had no consumers. */
@Timeout(60)
class UpgradeTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path directory;

    @Test
    void handlersGoOnWhereTheFirstVersionStopped() throws Exception {
        store();
        try (StoredInbox inbox = Inboxes.sqlite(directory, clock)) {
            Consumer handlers = inbox.open(ConsumerDefinition.HANDLERS, Start.NOW);
            assertThat(counts(handlers)).isEqualTo(new Backlog(6, 2, 1, 0, null));
            assertThat(handlers.deadLetters(10).get(0).reason()).isEqualTo("no such order");

            assertThat(next(handlers)).isEqualTo("waiting");
            assertThat(next(handlers)).isEqualTo("waiting too");
            assertThat(handlers.next(Lane.CHANGES, Duration.ofMillis(100))).isNull();
            clock.advance(Duration.ofMinutes(1));
            InboxRecord retry = handlers.next(Lane.CHANGES, LONG);
            assertThat(retry).isNotNull();
            assertThat(retry.failedAttempts()).isEqualTo(3);
            assertThat(retry.succeeded()).containsExactly("one");

            assertThat(inbox.append(List.of(record("completed")))
                            .get(20, TimeUnit.SECONDS)
                            .isNew(0))
                    .as("the key is still known")
                    .isFalse();
            assertThat(inbox.append(List.of(record("new")))
                            .get(20, TimeUnit.SECONDS)
                            .isNew(0))
                    .isTrue();
            assertThat(handlers.next(Lane.CHANGES, LONG).id().value()).isEqualTo(7);
        }
    }

    @Test
    void nothingIsUpgradedTwice() throws Exception {
        store();
        Inboxes.sqlite(directory, clock).close();
        try (StoredInbox inbox = Inboxes.sqlite(directory, clock)) {
            assertThat(counts(inbox.open(ConsumerDefinition.HANDLERS, Start.NOW)))
                    .isEqualTo(new Backlog(6, 2, 1, 0, null));
        }
    }

    private static Backlog counts(Consumer consumer) {
        Backlog backlog = consumer.backlog();
        return new Backlog(backlog.assigned(), backlog.completed(), backlog.dead(), backlog.discarded(), null);
    }

    private static @Nullable String next(Consumer handlers) throws InterruptedException {
        InboxRecord next = handlers.next(Lane.CHANGES, LONG);
        if (next == null) {
            return null;
        }
        handlers.done(next, new Outcome.Completed());
        return Records.name(next);
    }

    private void store() throws SQLException {
        Path file = directory.resolve("inbox.db");
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, "", "")
                .locations("classpath:dev/ackbox/inbox/sqlite")
                .target("2")
                .load()
                .migrate();
        try (Connection connection = new SqliteDatabase(file).open()) {
            insert(connection, 1, "completed", "user");
            insert(connection, 2, "waiting", "user");
            insert(connection, 3, "dead", "user");
            insert(connection, 4, "retry", "other user");
            insert(connection, 5, "waiting too", "user");
            insert(connection, 6, "erased", null);
            long due = clock.instant().plus(Duration.ofMinutes(1)).toEpochMilli();
            update(connection, "INSERT INTO waiting VALUES (0, 2, 0, NULL, NULL, NULL)");
            update(connection, "INSERT INTO waiting VALUES (0, 5, 0, NULL, NULL, NULL)");
            update(connection, "INSERT INTO waiting VALUES (0, 4, 3, " + due + ", 'one', 'not now')");
            update(connection, "INSERT INTO dead VALUES (3, " + due + ", 5, NULL, 'no such order')");
        }
    }

    private void insert(Connection connection, long id, String name, @Nullable String conversation)
            throws SQLException {
        update(
                connection,
                "INSERT INTO record VALUES (?, ?, 'default', 'messages', 0, ?, ?, ?)",
                id,
                record(name).key().toBytes(),
                conversation,
                clock.instant().toEpochMilli(),
                conversation == null ? null : record(name).payload());
    }

    private static void update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    private NewRecord record(String name) {
        return Records.of(name, Lane.CHANGES, "user", 0, clock.instant());
    }
}
