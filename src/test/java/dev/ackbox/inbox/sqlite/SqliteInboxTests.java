package dev.ackbox.inbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.InboxContract;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SqliteInboxTests extends InboxContract {

    @TempDir
    private Path directory;

    @Override
    protected Store openStore() throws StoreException {
        return SqliteStore.open(directory);
    }

    @Nested
    class DataDirectories {

        @Test
        void oneInboxHasADirectoryToItself() {
            assertThatExceptionOfType(DataDirectoryException.class)
                    .isThrownBy(() -> openStore())
                    .withMessageContaining("in use by another Ackbox");
        }

        /** A log beside the database comes with each open connection, and goes with the last one. */
        @Test
        void nothingUsesTheDirectoryOnceTheInboxIsClosed() throws Exception {
            for (int i = 0; i < 20; i++) {
                append(record("n" + i));
                inbox.close();
                assertThat(directory.resolve("inbox.db-wal")).doesNotExist();
                openInbox();
            }
        }

        @Test
        void aDirectoryThatCannotBeCreatedIsNamed() throws Exception {
            Path file = Files.createFile(directory.resolve("file"));
            assertThatExceptionOfType(DataDirectoryException.class)
                    .isThrownBy(() -> SqliteStore.open(file.resolve("below")))
                    .withMessageContaining(file.resolve("below").toString());
        }
    }

    @Nested
    class WriteAheadLogs {

        /** What is on its way to the database counts, not what the file was once. */
        @Test
        void theLogIsSmallAgainAfterItHasStartedOver() throws Exception {
            for (int i = 0; i < 66; i++) {
                append(record("large" + i + " ".repeat(1 << 20)));
            }
            AtomicInteger next = new AtomicInteger();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                append(record("small" + next.incrementAndGet()));
                return inbox.size().logBytes() < 32 << 20;
            });
        }

        /** Such as a backup, or a shell that was left within a transaction. */
        @Test
        void whoeverReadsAnOlderStateDelaysNobody() throws Exception {
            append(record("first"));
            try (Connection shell = new SqliteDatabase(directory.resolve("inbox.db")).open();
                    Statement statement = shell.createStatement()) {
                statement.execute("BEGIN");
                statement.executeQuery("SELECT count(*) FROM record").close();
                long longest = 0;
                for (int i = 0; inbox.size().logBytes() < 80 << 20; i++) {
                    long start = System.nanoTime();
                    append(record("n" + i + " ".repeat(1 << 20)));
                    longest = Math.max(longest, System.nanoTime() - start);
                }
                assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(3));
            }
        }
    }

    @Nested
    class Connections {

        /** The disk may be full again, or the process killed, between the two halves of a probe. */
        @Test
        void aProbePassesWhereAnEarlierOneLeftSomethingBehind(@TempDir Path other) throws Exception {
            try (Store store = SqliteStore.open(other);
                    Connection connection = new SqliteDatabase(other.resolve("inbox.db")).open();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO probe (id, filler) VALUES (1, zeroblob(1))");
                assertThatCode(store::probe).doesNotThrowAnyException();
            }
        }

        /** A connection that stays open could keep the lock for good, and keeps a file. */
        @Test
        void aConnectionThatCannotBePreparedIsClosed(@TempDir Path other) throws Exception {
            Connection withoutSchema = new SqliteDatabase(other.resolve("empty.db")).openForWriting();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> new SqliteWriter(withoutSchema, new KeyIndex()));
            assertThat(withoutSchema.isClosed()).isTrue();
        }
    }
}
