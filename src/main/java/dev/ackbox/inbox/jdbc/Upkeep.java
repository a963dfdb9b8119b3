package dev.ackbox.inbox.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an embedded database needs from time to time, on a thread of its own: checkpoints, erasing what has been kept long
 * enough, a look at the oldest waiting record.
 */
final class Upkeep implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    /** From here on the log is copied into the database. Larger means fewer copies of a page that is written often. */
    static final long CHECKPOINT_FROM_BYTES = 32L << 20;

    /** From here on the writer is asked for the rest, so that the log starts over; a pause of some milliseconds. */
    private static final long RESTART_FROM_BYTES = 64L << 20;

    private static final Duration FULL_SCAN_EVERY = Duration.ofDays(1);
    private static final int ROWS_AT_ONCE = 500;

    private final Path writeAheadLog;
    private final RecordReader reader;
    private final Writer writer;
    private final Retention retention;
    private final Clock clock;
    private final IntConsumer forgotten;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "ackbox-inbox-upkeep"));

    private volatile @Nullable Instant oldestWaiting;
    private Instant lastFullScan;
    private long erasedUpTo;

    /**
     * Creates it; {@link #start} makes it work.
     *
     * @param forgotten is told how many dead letters are no longer kept
     */
    Upkeep(
            Path writeAheadLog,
            RecordReader reader,
            Writer writer,
            Retention retention,
            Clock clock,
            IntConsumer forgotten) {
        this.writeAheadLog = writeAheadLog;
        this.reader = reader;
        this.writer = writer;
        this.retention = retention;
        this.clock = clock;
        this.lastFullScan = clock.instant();
        this.forgotten = forgotten;
    }

    void start() {
        every(Duration.ofMillis(100), this::checkpoint);
        every(Duration.ofSeconds(1), () -> oldestWaiting = reader.oldestWaiting());
        every(Duration.ofMinutes(10), this::purge);
    }

    /** When the oldest waiting record was received, as of at most a second ago. */
    @Nullable
    Instant oldestWaiting() {
        return oldestWaiting;
    }

    private interface Duty {

        void perform() throws IOException, SQLException, InterruptedException, ExecutionException;
    }

    private void every(Duration interval, Duty duty) {
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(() -> attempt(duty), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void attempt(Duty duty) {
        try {
            duty.perform();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        } catch (IOException | SQLException | ExecutionException | RuntimeException ex) {
            // The writer meets the same trouble and reports it.
            log.debug("Upkeep of the inbox failed and is tried again", ex);
        }
    }

    private void checkpoint() throws IOException, SQLException, InterruptedException, ExecutionException {
        if (logBytes() < CHECKPOINT_FROM_BYTES) {
            return;
        }
        reader.checkpoint();
        if (logBytes() >= RESTART_FROM_BYTES) {
            writer.submit(WriteStatements::restartLog).get();
        }
    }

    private long logBytes() throws IOException {
        return Files.exists(writeAheadLog) ? Files.size(writeAheadLog) : 0;
    }

    /** Works in small steps, so that commits in between do not wait. */
    void purge() throws SQLException, InterruptedException, ExecutionException {
        Instant now = clock.instant();
        if (now.isAfter(lastFullScan.plus(FULL_SCAN_EVERY))) {
            lastFullScan = now;
            erasedUpTo = 0; // those that were not settled when it came past
        }
        for (List<Long> ids = unerased(now); !ids.isEmpty(); ids = unerased(now)) {
            List<Long> erased = ids;
            writer.submit(statements -> statements.erase(erased)).get();
            erasedUpTo = ids.get(ids.size() - 1);
        }
        Instant diedBefore = now.minus(retention.deadLetter());
        for (List<Long> ids = reader.diedBefore(diedBefore, ROWS_AT_ONCE);
                !ids.isEmpty();
                ids = reader.diedBefore(diedBefore, ROWS_AT_ONCE)) {
            List<Long> buried = ids;
            writer.submit(statements -> statements.buryDead(buried)).get();
            forgotten.accept(buried.size());
        }
        Instant knownSince = now.minus(retention.duplicates());
        long deletedUpTo = 0;
        for (List<Long> ids = reader.settledBefore(knownSince, deletedUpTo, false, ROWS_AT_ONCE);
                !ids.isEmpty();
                ids = reader.settledBefore(knownSince, deletedUpTo, false, ROWS_AT_ONCE)) {
            List<Long> deleted = ids;
            writer.submit(statements -> statements.delete(deleted)).get();
            deletedUpTo = ids.get(ids.size() - 1);
        }
    }

    private List<Long> unerased(Instant now) throws SQLException, InterruptedException {
        return reader.settledBefore(now.minus(retention.payload()), erasedUpTo, true, ROWS_AT_ONCE);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("Upkeep of the inbox did not end in time");
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
