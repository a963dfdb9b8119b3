package dev.ackbox.inbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.LatestValues;
import dev.ackbox.inbox.LatestValuesContract;
import dev.ackbox.inbox.engine.HandOverBounds;
import dev.ackbox.inbox.engine.Retention;
import dev.ackbox.inbox.engine.StoreException;
import dev.ackbox.inbox.engine.StoreProxy;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.test.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SqliteLatestValuesTests extends LatestValuesContract {

    private static final byte[] SMALL = new byte[100];

    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path directory;

    @Override
    protected StoredInbox open() {
        return Inboxes.sqlite(directory, clock);
    }

    @Nested
    class Failing {

        private volatile @Nullable String fault;
        private volatile @Nullable CountDownLatch over;
        private final CountDownLatch begun = new CountDownLatch(1);
        private StoredInbox failingInbox;
        private LatestValues failing;

        @BeforeEach
        void start() throws Exception {
            Path own = Files.createDirectory(directory.resolve("failing"));
            failingInbox = StoredInbox.open(
                    StoreProxy.of(SqliteStore.open(own), this::keepLatest),
                    new StoredInbox.Settings(
                            new HandOverBounds(10, 1 << 20),
                            1 << 20,
                            new Retention(
                                    Duration.ofDays(9), Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(30))),
                    InboxObserver.NONE,
                    clock);
            failing = failingInbox.latestValues();
        }

        private @Nullable Object keepLatest(String method, Object[] arguments, StoreProxy.Call call) throws Throwable {
            if (method.equals("keepLatest")) {
                CountDownLatch latch = over;
                if (latch != null) {
                    begun.countDown();
                    latch.await();
                }
                String message = fault;
                if (message != null) {
                    throw StoreException.of(new IOException(message));
                }
            }
            return call.proceed();
        }

        @AfterEach
        void stop() {
            failingInbox.close();
        }

        @Test
        void saysWhyAValueCannotBeStored() {
            fault = "no such device";
            assertThatExceptionOfType(InboxUnavailableException.class)
                    .isThrownBy(() -> failing.put("a", NOON, SMALL))
                    .withMessageContaining("no such device");
            fault = null;
            failing.put("a", NOON, SMALL);
            assertThat(failing.all()).extracting(LatestValue::key).containsExactly("a");
        }

        @Test
        void failsAllOfATransactionThatFails() throws Exception {
            List<FutureTask<Boolean>> puts = new ArrayList<>();
            whileTheWriterIsStuck(() -> {
                puts.add(startToPut("a", NOON));
                puts.add(startToPut("b", NOON));
                fault = "no room";
            });
            for (FutureTask<Boolean> put : puts) {
                assertThat(put)
                        .failsWithin(Duration.ofSeconds(20))
                        .withThrowableThat()
                        .withCauseInstanceOf(InboxUnavailableException.class);
            }
            assertThat(failing.all()).isEmpty();
        }

        @Test
        void keepsAllThatCameWhileTheWriterWasBusyInTheirOrder() throws Exception {
            List<FutureTask<Boolean>> puts = new ArrayList<>();
            whileTheWriterIsStuck(() -> {
                puts.add(startToPut("a", NOON));
                puts.add(startToPut("a", NOON.plusSeconds(1)));
                puts.add(startToPut("a", NOON));
            });
            for (FutureTask<Boolean> put : puts) {
                assertThat(put).succeedsWithin(Duration.ofSeconds(20));
            }
            assertThat(failing.all())
                    .filteredOn(value -> value.key().equals("a"))
                    .extracting(LatestValue::time)
                    .containsExactly(NOON.plusSeconds(1));
        }

        @Test
        void givesUpWhereItIsInterrupted() throws Exception {
            whileTheWriterIsStuck(() -> {
                Thread.currentThread().interrupt();
                assertThatExceptionOfType(InboxUnavailableException.class)
                        .isThrownBy(() -> failing.put("a", NOON, SMALL));
                assertThat(Thread.interrupted()).isTrue();
            });
            failing.put("b", NOON, SMALL);
            assertThat(failing.all())
                    .as("what nobody waits for any more")
                    .noneMatch(value -> value.key().equals("a"));
        }

        private FutureTask<Boolean> startToPut(String key, Instant time) {
            FutureTask<Boolean> put = new FutureTask<>(() -> failing.put(key, time, SMALL), true);
            Thread thread = new Thread(put);
            thread.setDaemon(true);
            thread.start();
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            return put;
        }

        private void whileTheWriterIsStuck(Runnable work) throws Exception {
            CountDownLatch latch = new CountDownLatch(1);
            over = latch;
            startToPut("first", NOON);
            begun.await();
            over = null;
            try {
                work.run();
            } finally {
                latch.countDown();
            }
        }
    }
}
