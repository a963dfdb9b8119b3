package dev.ackbox.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.ackbox.MovableClock;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.LatestValues;
import dev.ackbox.inbox.LatestValuesContract;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.jdbc.WriteBatch.Append;
import dev.ackbox.inbox.jdbc.WriteBatch.Settled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLatestValuesTests extends LatestValuesContract {

    private static final byte[] SMALL = new byte[100];
    private static final byte[] LARGE = new byte[1 << 20];

    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path directory;

    @Override
    protected Inbox open() {
        return Inboxes.sqlite(directory, clock);
    }

    @Override
    protected LatestValues valuesBeside(Inbox inbox) {
        return Inboxes.latestValues(inbox);
    }

    @Nested
    class Migrating {

        @Test
        void keepsTheRecordsOfADatabaseThatHasNoValuesYet() throws Exception {
            Path old = Files.createDirectory(directory.resolve("old"));
            SqliteDatabase database = new SqliteDatabase(old.resolve("inbox.db"));
            migrateToFirstVersion(old.resolve("inbox.db"));
            NewRecord stored = newRecord();
            try (WriteStatements statements = new WriteStatements(database.openForWriting(), clock, 0)) {
                statements.write(new WriteBatch(List.of(Append.of(List.of(stored))), List.of()));
            }

            try (Inbox migrated = Inboxes.sqlite(old, clock)) {
                assertThat(valuesBeside(migrated).put("a", NOON, SMALL)).isTrue();
                assertThat(valuesBeside(migrated).all())
                        .extracting(LatestValue::key)
                        .containsExactly("a");
                InboxRecord claimed =
                        migrated.claim(Lane.CHANGES, 10, Duration.ofSeconds(10)).get(0);
                assertThat(claimed).usingRecursiveComparison().isEqualTo(InboxRecord.stored(claimed.id(), stored));
                assertThat(migrated.append(List.of(stored))
                                .get(10, TimeUnit.SECONDS)
                                .isNew(0))
                        .as("the key is still known")
                        .isFalse();
            }
        }

        private void migrateToFirstVersion(Path file) {
            Flyway.configure()
                    .dataSource("jdbc:sqlite:" + file, "", "")
                    .locations("classpath:dev/ackbox/inbox/jdbc/sqlite")
                    .target("1")
                    .load()
                    .migrate();
        }
    }

    @Nested
    class Failing {

        private volatile @Nullable String fault;
        private volatile boolean diskIsFull;
        private SqliteDatabase database;
        private RecordReader reader;
        private Writer writer;
        private LatestValues failing;

        @BeforeEach
        void start() throws Exception {
            database = new SqliteDatabase(
                    Files.createDirectory(directory.resolve("failing")).resolve("inbox.db"));
            database.migrate();
            reader = new RecordReader(database, "reader");
            writer = new Writer(this::statements, new WriteQueue(1 << 20), new Deaf());
            writer.start();
            failing = new SqliteLatestValues(writer, reader, Duration.ofSeconds(10));
        }

        private WriteStatements statements(long lastId) throws SQLException {
            String message = fault;
            if (message != null) {
                throw new SQLException(message);
            }
            Connection connection = database.openForWriting();
            try (Statement statement = connection.createStatement()) {
                // A page has 4 KB: some small values fit, a large one does not.
                statement.execute("PRAGMA max_page_count = " + (diskIsFull ? 50 : 1_000_000));
            }
            return new WriteStatements(connection, clock, lastId);
        }

        @AfterEach
        void stop() {
            writer.close();
            reader.close();
        }

        @Test
        void saysWhyAValueCannotBeStored() {
            fault = "no such device";
            assertThatExceptionOfType(InboxUnavailableException.class)
                    .isThrownBy(() -> failing.put("a", NOON, SMALL))
                    .withMessage("The inbox cannot store: no such device");
            fault = null;
            assertThat(failing.put("a", NOON, SMALL)).isTrue();
        }

        @Test
        void keepsNothingOfWhatTheDiskHasNoRoomFor() {
            diskIsFull = true;
            failing.put("a", NOON, SMALL);
            assertThatExceptionOfType(InboxUnavailableException.class)
                    .isThrownBy(() -> failing.put("a", NOON.plusSeconds(1), LARGE))
                    .withMessageContaining("SQLITE_FULL");
            assertThat(failing.all()).extracting(LatestValue::time).containsExactly(NOON);
            assertThat(failing.put("a", NOON.plusSeconds(1), SMALL)).isTrue();
        }

        @Test
        void reportsNothingOfAFailedTransactionAsKept() throws Exception {
            diskIsFull = true;
            List<FutureTask<Boolean>> puts = new ArrayList<>();
            whileTheWriterIsStuck(() -> {
                puts.add(startToPut("small", NOON, SMALL));
                puts.add(startToPut("large", NOON, LARGE));
            });
            for (FutureTask<Boolean> put : puts) {
                assertThat(put)
                        .failsWithin(Duration.ofSeconds(10))
                        .withThrowableThat()
                        .withCauseInstanceOf(InboxUnavailableException.class);
            }
            assertThat(failing.all()).isEmpty();
            assertThat(failing.put("small", NOON, SMALL)).isTrue();
        }

        @Test
        void keepsAllThatCameWhileTheWriterWasBusyInTheirOrder() throws Exception {
            List<FutureTask<Boolean>> puts = new ArrayList<>();
            whileTheWriterIsStuck(() -> {
                puts.add(startToPut("a", NOON, SMALL));
                puts.add(startToPut("a", NOON.plusSeconds(1), SMALL));
                puts.add(startToPut("a", NOON, SMALL));
            });
            assertThat(puts.get(0).get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(puts.get(1).get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(puts.get(2).get(10, TimeUnit.SECONDS)).isFalse();
            assertThat(failing.all()).extracting(LatestValue::time).containsExactly(NOON.plusSeconds(1));
        }

        @Test
        void givesUpInTimeWhereTheWriterIsStuck() throws Exception {
            LatestValues impatient = new SqliteLatestValues(writer, reader, Duration.ofMillis(50));
            whileTheWriterIsStuck(() -> assertThatExceptionOfType(InboxUnavailableException.class)
                    .isThrownBy(() -> impatient.put("a", NOON, SMALL)));
            writer.submit(statements -> {}).get(10, TimeUnit.SECONDS);
            assertThat(impatient.all()).as("what nobody waits for any more").isEmpty();
        }

        @Test
        void givesUpWhereItIsInterrupted() throws Exception {
            whileTheWriterIsStuck(() -> {
                Thread.currentThread().interrupt();
                assertThatExceptionOfType(InboxUnavailableException.class)
                        .isThrownBy(() -> failing.put("a", NOON, SMALL));
                assertThat(Thread.interrupted()).isTrue();
            });
        }

        private FutureTask<Boolean> startToPut(String key, Instant time, byte[] value) {
            FutureTask<Boolean> put = new FutureTask<>(() -> failing.put(key, time, value));
            Thread thread = new Thread(put);
            thread.setDaemon(true);
            thread.start();
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            return put;
        }

        private void whileTheWriterIsStuck(Work work) throws Exception {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch over = new CountDownLatch(1);
            CompletableFuture<Void> stuck = writer.submit(statements -> {
                begun.countDown();
                awaitQuietly(over);
            });
            begun.await();
            try {
                work.run();
            } finally {
                over.countDown();
            }
            stuck.get(10, TimeUnit.SECONDS);
        }
    }

    private interface Work {

        void run() throws Exception;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private NewRecord newRecord() {
        return new NewRecord(
                IdempotencyKey.of(0, new byte[16]),
                "default",
                "messages",
                Lane.CHANGES,
                "conversation",
                null,
                null,
                List.of(),
                clock.instant(),
                new byte[10]);
    }

    private static final class Deaf implements Writer.Listener {

        @Override
        public void committed(WriteResult result, List<Settled> settled) {}

        @Override
        public void uncertain() {}
    }
}
