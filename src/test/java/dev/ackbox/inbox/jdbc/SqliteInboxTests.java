package dev.ackbox.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxContract;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.Settlement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteInboxTests extends InboxContract {

    @TempDir
    private Path directory;

    @Override
    protected Inbox open() {
        return SqliteInbox.open(settings(directory), clock);
    }

    private static SqliteInbox.Settings settings(Path directory) {
        return new SqliteInbox.Settings(
                directory,
                new HandOverBounds(MAX_RECORDS_IN_MEMORY, 1 << 20),
                1 << 20,
                new Retention(Duration.ofDays(9), Duration.ofDays(7), Duration.ofDays(30)));
    }

    @Nested
    class DataDirectories {

        @Test
        void oneInboxHasADirectoryToItself() {
            assertThatExceptionOfType(DataDirectoryException.class)
                    .isThrownBy(() -> open())
                    .withMessageContaining("in use by another Ackbox");
        }

        /** Of the reads that are on their way, too: a log beside the database comes with each open connection. */
        @Test
        void nothingUsesTheDirectoryOnceTheInboxIsClosed() {
            for (int i = 0; i < 20; i++) {
                inbox.close();
                assertThat(directory.resolve("inbox.db-wal")).doesNotExist();
                inbox = open();
            }
        }

        @Test
        void aDirectoryThatCannotBeCreatedIsNamed() throws Exception {
            Path file = Files.createFile(directory.resolve("file"));
            assertThatExceptionOfType(DataDirectoryException.class)
                    .isThrownBy(() -> SqliteInbox.open(settings(file.resolve("below")), clock))
                    .withMessageContaining(file.resolve("below").toString());
        }
    }

    @Nested
    class Logging {

        /** What is on its way to the database counts, not what the file was once. */
        @Test
        void theLogIsSmallAgainAfterItHasStartedOver() throws Exception {
            for (int i = 0; i < 66; i++) {
                append(record("large" + i + " ".repeat(1 << 20)));
            }
            Path writeAheadLog = directory.resolve("inbox.db-wal");
            AtomicInteger next = new AtomicInteger();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                append(record("small" + next.incrementAndGet()));
                return Files.size(writeAheadLog) < 32 << 20;
            });
        }
    }

    @Nested
    class Keeping {

        @Test
        void erasesThePayloadOfACompletedRecordInTime() throws Exception {
            append(record("a"));
            complete(claimAll(Lane.CHANGES));
            awaitWaiting(0);
            clock.advance(Duration.ofDays(7));
            purge();
            assertThat(count("SELECT count(*) FROM record WHERE payload IS NOT NULL"))
                    .isOne();
            clock.advance(Duration.ofMillis(1));
            purge();
            assertThat(count("SELECT count(*) FROM record WHERE payload IS NOT NULL OR conversation IS NOT NULL"))
                    .isZero();
            assertThat(append(record("a")).isNew(0))
                    .as("the key is still known")
                    .isFalse();
        }

        @Test
        void forgetsACompletedRecordInTime() throws Exception {
            append(record("a"));
            complete(claimAll(Lane.CHANGES));
            awaitWaiting(0);
            clock.advance(Duration.ofDays(9).plusMillis(1));
            purge();
            assertThat(count("SELECT count(*) FROM record")).isZero();
        }

        @Test
        void keepsWhatWaits() throws Exception {
            append(record("a"));
            clock.advance(Duration.ofDays(100));
            purge();
            assertThat(claimAll(Lane.CHANGES)).hasSize(1);
            assertThat(count("SELECT count(*) FROM record WHERE payload IS NOT NULL"))
                    .isOne();
        }

        @Test
        void keepsADeadLetterLonger() throws Exception {
            append(record("a"));
            InboxRecord claimed = claimAll(Lane.CHANGES).get(0);
            inbox.settle(claimed, new Settlement.Dead(Set.of(), "no"));
            awaitWaiting(0);
            clock.advance(Duration.ofDays(30));
            purge();
            assertThat(inbox.deadLetters(1).get(0).record().payload()).isEqualTo(claimed.payload());
            clock.advance(Duration.ofMillis(1));
            purge();
            assertThat(inbox.deadLetters(1)).isEqualTo(List.of());
            assertThat(inbox.backlog().dead()).isZero();
            assertThat(count("SELECT count(*) FROM record")).isZero();
        }

        private void purge() throws Exception {
            ((SqliteInbox) inbox).purge();
        }

        private long count(String sql) throws Exception {
            try (Connection connection = new SqliteDatabase(directory.resolve("inbox.db")).open();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
