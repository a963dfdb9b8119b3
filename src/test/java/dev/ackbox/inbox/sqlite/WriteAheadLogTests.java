package dev.ackbox.inbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.engine.HashedRecord;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreFixture;
import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(120)
class WriteAheadLogTests extends StoreFixture {

    private static final long MEGABYTE = 1L << 20;

    /** A write that waited for a reader would fail after this. */
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    private int next;

    @Override
    protected Store open() throws Exception {
        return SqliteStore.open(directory);
    }

    @Test
    void startsOverWhileNobodyReads() throws Exception {
        for (int i = 0; i < 200; i++) {
            writeMegabyte();
            assertThat(store.size().logBytes()).isLessThan(192 * MEGABYTE);
        }
        awaitSmallLog();
        assertThat(store.warnings()).isEmpty();
    }

    /** Such as a shell in the middle of a transaction. */
    @Test
    void growsWhileSomebodyReadsAndDelaysNoWrite() throws Exception {
        append("a");
        try (Connection reader = new SqliteDatabase(directory.resolve("inbox.db")).open()) {
            SqliteDatabase.execute(reader, "BEGIN");
            SqliteDatabase.execute(reader, "SELECT count(*) FROM record");
            while (store.size().logBytes() < 128 * MEGABYTE) {
                assertTimeout(LONGEST_WRITE, this::writeMegabyte);
                assertTimeout(LONGEST_WRITE, () -> store.forget(RETENTION, clock.instant()));
            }
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertTimeout(LONGEST_WRITE, () -> append("small" + ++next));
                assertThat(store.warnings().get("log")).contains("cannot start over");
            });
            assertThat(kept()).as("it can be read all the while").startsWith("a");
        }
        awaitSmallLog();
        assertThat(store.warnings()).isEmpty();
    }

    /** To free many blocks at once keeps the disk busy, and commits wait for it. */
    @Test
    void becomesShorterInStepsOnceNobodyReadsAnyMore() throws Exception {
        File log = directory.resolve("inbox.db-wal").toFile();
        append("a");
        try (Connection reader = new SqliteDatabase(directory.resolve("inbox.db")).open()) {
            SqliteDatabase.execute(reader, "BEGIN");
            SqliteDatabase.execute(reader, "SELECT count(*) FROM record");
            while (log.length() < 160 * MEGABYTE) {
                writeMegabyte();
            }
        }
        AtomicLong most = new AtomicLong();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            long before = log.length();
            append("small" + ++next);
            most.accumulateAndGet(before - log.length(), Math::max);
            return log.length() <= WriteAheadLog.KEPT_FILE_BYTES;
        });
        assertThat(most.get()).isPositive().isLessThanOrEqualTo(WriteAheadLog.STEP_BYTES);
        assertThat(store.warnings()).isEmpty();
        assertThat(kept()).contains("a", "small" + next);
    }

    @Test
    void staysBoundedWhileManyRecordsAreForgotten() throws Exception {
        int count = 100_000;
        define(CONSUMER);
        long last = 0;
        for (int i = 0; i < count; i += 1_000) {
            List<HashedRecord> records = new ArrayList<>();
            for (String name : names(i + "-", 1_000)) {
                records.add(record(name, Lane.CHANGES, CONVERSATION, new byte[500]));
            }
            last = lastId(write(records));
        }
        pass(CONSUMER, last);
        forget();
        clock.advance(RETENTION.duplicates().plusHours(1));
        long most = 0;
        while (store.forget(RETENTION, clock.instant())) {
            most = Math.max(most, store.size().logBytes());
        }
        assertThat(page(Lane.CHANGES).records()).isEmpty();
        assertThat(page(Lane.CHANGES).gone()).as("records are deleted, too").isEmpty();
        assertThat(most).isLessThan(WriteAheadLog.LARGE_BYTES);
    }

    private void writeMegabyte() throws Exception {
        write(List.of(record("large" + ++next, Lane.BULK, CONVERSATION, new byte[(int) MEGABYTE])));
    }

    private void awaitSmallLog() {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            append("small" + ++next);
            return store.size().logBytes() < 96 * MEGABYTE && store.warnings().isEmpty();
        });
    }
}
