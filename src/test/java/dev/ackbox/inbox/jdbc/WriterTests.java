package dev.ackbox.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.MovableClock;
import dev.ackbox.inbox.Appended;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.jdbc.WriteBatch.Settled;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final ExecutorService threads = Executors.newCachedThreadPool();
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
        threads.shutdownNow();
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

    /** Whoever waits for one would otherwise wait for good. */
    @Test
    void refusesAChoreOnceClosed() {
        writer.close();
        assertThat(writer.submit(statements -> {}))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(InboxUnavailableException.class);
    }

    @Test
    void leavesNobodyWaitingForAChoreThatCameWhileItClosed() throws Exception {
        CountDownLatch submitting = new CountDownLatch(100);
        List<CompletableFuture<Void>> submitters = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            submitters.add(CompletableFuture.runAsync(() -> submitUntilRefused(submitting), threads));
        }
        submitting.await();
        writer.close();
        for (CompletableFuture<Void> submitter : submitters) {
            submitter.get(10, TimeUnit.SECONDS);
        }
    }

    private void submitUntilRefused(CountDownLatch submitting) {
        CompletableFuture<Void> chore = new CompletableFuture<>();
        while (!chore.isCompletedExceptionally()) {
            chore = writer.submit(statements -> submitting.countDown());
            chore.handle((done, refused) -> true).join();
        }
    }

    @Test
    void storesWhileOneChoreFollowsTheOther() throws Exception {
        CountDownLatch done = new CountDownLatch(100);
        AtomicBoolean enough = new AtomicBoolean();
        oneAfterTheOther(done, enough);
        done.await();
        try {
            assertThat(append(1).get(10, TimeUnit.SECONDS).isNew(0)).isTrue();
        } finally {
            enough.set(true);
        }
    }

    private void oneAfterTheOther(CountDownLatch done, AtomicBoolean enough) {
        writer.submit(statements -> {
            done.countDown();
            if (!enough.get()) {
                oneAfterTheOther(done, enough);
            }
        });
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
                null,
                null,
                List.of(),
                clock.instant(),
                new byte[10])));
    }
}
