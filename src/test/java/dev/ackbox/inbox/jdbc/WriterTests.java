package dev.ackbox.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.MovableClock;
import dev.ackbox.inbox.Appended;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.jdbc.WriteBatch.Settled;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WriterTests {

    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path directory;

    private volatile @Nullable Error defect;
    private Writer writer;

    @BeforeEach
    void open() {
        SqliteDatabase database = new SqliteDatabase(directory.resolve("inbox.db"));
        database.migrate();
        writer = new Writer(
                lastId -> new WriteStatements(database.openForWriting(), clock, lastId),
                new WriteQueue(1 << 20),
                new Writer.Listener() {
                    @Override
                    public void committed(WriteResult result, List<Settled> settled) {
                        Error thrown = defect;
                        defect = null;
                        if (thrown != null) {
                            throw thrown;
                        }
                    }

                    @Override
                    public void uncertain() {}
                });
        writer.start();
    }

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void outlivesAnError() throws Exception {
        defect = new NoClassDefFoundError("a/Library");
        assertThat(append(1)).failsWithin(Duration.ofSeconds(10));
        assertThat(append(2).get(10, TimeUnit.SECONDS).isNew(0)).isTrue();
    }

    @Test
    void outlivesAnErrorOfAChore() throws Exception {
        CompletableFuture<Void> chore = writer.submit(statements -> {
            throw new NoClassDefFoundError("a/Library");
        });
        assertThat(chore).failsWithin(Duration.ofSeconds(10));
        assertThat(append(1).get(10, TimeUnit.SECONDS).isNew(0)).isTrue();
    }

    /** Erasing and deleting takes hundreds of them in a row. */
    @Test
    void doesAChoreAtOnceWhereNothingElseIsToBeDone() throws Exception {
        writer.submit(statements -> {}).get(10, TimeUnit.SECONDS);
        long start = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            writer.submit(statements -> {}).get(10, TimeUnit.SECONDS);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    private CompletableFuture<Appended> append(int number) {
        byte[] digest = new byte[16];
        digest[0] = (byte) number;
        return writer.append(List.of(new NewRecord(
                IdempotencyKey.of(0, digest),
                "default",
                "messages",
                Lane.CHANGES,
                "user",
                clock.instant(),
                new byte[10])));
    }
}
