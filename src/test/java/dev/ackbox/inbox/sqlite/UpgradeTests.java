package dev.ackbox.inbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.DeadLetter;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.engine.Due;
import dev.ackbox.inbox.engine.KeyedHash;
import dev.ackbox.inbox.engine.Loaded;
import dev.ackbox.inbox.engine.Share;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreException;
import dev.ackbox.inbox.engine.StoreFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A data directory of the version before consumers had progress of their own. */
@Tag("slow")
@Timeout(60)
class UpgradeTests extends StoreFixture {

    private static final Share SHARE = new Share(0, 1);
    private static final int CHANGES = Lane.CHANGES.code();
    private static final int STATUSES = Lane.STATUSES.code();

    private final FailingCommits commits = new FailingCommits();
    private final Instant now = clock.instant();

    @TempDir
    private Path directory;

    /** Fills the directory before the store is opened for the first time. */
    private interface Content {

        void insert(Connection connection) throws SQLException;
    }

    @Override
    protected Store open() throws Exception {
        return SqliteStore.open(directory, null, commits);
    }

    @Test
    void bringsWhatWasCompleted() throws Exception {
        upgrade(connection -> {
            record(connection, 1, "completed", CHANGES, "c", now, true);
            record(connection, 2, "erased", CHANGES, null, now, false);
        });
        assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(2, 2, 0, 0, null));
        assertThat(loaded().held()).isEmpty();
        for (Lane lane : Lane.values()) {
            assertThat(loaded().progress().lanes().get(lane)).matches(progress -> progress.position() == 2);
        }
        assertThat(append("completed", "erased", "new").isNew().stream())
                .as("keys are known")
                .containsExactly(2);
        assertThat(store.read(SHARE, Lane.CHANGES, null, 0, 2, MANY, MUCH).records())
                .extracting(StoreFixture::name)
                .containsExactly("completed");
    }

    @Test
    void bringsWhatWaitedForItsFirstAttempt() throws Exception {
        upgrade(connection -> {
            for (int id = 1; id <= 3; id++) {
                record(connection, id, "n" + id, CHANGES, "c", now.plusMillis(id), true);
                waiting(connection, id, CHANGES, 0, null, null, null);
            }
            record(connection, 4, "other", STATUSES, "c", now, true);
            waiting(connection, 4, STATUSES, 0, null, null, null);
        });
        long conversation = new KeyedHash(store.hashKey()).of(0, "c");
        assertThat(loaded().held())
                .isEqualTo(Map.of(Lane.CHANGES, Set.of(conversation), Lane.STATUSES, Set.of(conversation)));
        List<InboxRecord> held = store.held(CONSUMER, SHARE, Lane.CHANGES, conversation, NONE, MANY, MUCH)
                .records();
        assertThat(held).extracting(StoreFixture::name).containsExactly("n1", "n2", "n3");
        InboxRecord first = held.get(0);
        assertThat(first.id().value()).isEqualTo(1);
        assertThat(first.key()).isEqualTo(key("n1"));
        assertThat(first.endpoint()).isEqualTo("default");
        assertThat(first.field()).isEqualTo("messages");
        assertThat(first.receivedAt()).isEqualTo(now.plusMillis(1));
        assertThat(first.failedAttempts()).isZero();
        assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(4, 0, 0, 0, null));
    }

    @Test
    void bringsWhatWaitedForARetry() throws Exception {
        upgrade(connection -> {
            record(connection, 1, "a", CHANGES, "c", now, true);
            waiting(connection, 1, CHANGES, 3, now.plusSeconds(60), "first handler\nsecond", "not now");
        });
        assertThat(dueAt(now.plusSeconds(59))).isEqualTo(new Due(List.of(), List.of(), now.plusSeconds(60)));
        InboxRecord retry = dueAt(now.plusSeconds(60)).records().get(0);
        assertThat(name(retry)).isEqualTo("a");
        assertThat(retry.failedAttempts()).isEqualTo(3);
        assertThat(retry.succeeded()).containsExactlyInAnyOrder("first handler", "second");
        assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(1, 0, 0, 0, null));
    }

    @Test
    void bringsDeadLetters() throws Exception {
        upgrade(connection -> {
            record(connection, 1, "a", CHANGES, "c", now.minusSeconds(600), true);
            dead(connection, 1, now, 7, "first handler", "never");
        });
        DeadLetter letter = store.deadLetters(CONSUMER, MANY).get(0);
        assertThat(name(letter.record())).isEqualTo("a");
        assertThat(letter.diedAt()).isEqualTo(now);
        assertThat(letter.reason()).isEqualTo("never");
        assertThat(letter.record().failedAttempts()).isEqualTo(7);
        assertThat(letter.record().succeeded()).containsExactly("first handler");
        assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(1, 0, 1, 0, null));
    }

    @Test
    void bringsLatestValues() throws Exception {
        upgrade(connection -> insert(connection, "latest_value", "key", now.toEpochMilli(), new byte[] {1}));
        assertThat(store.latestValues())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(new LatestValue("key", now, new byte[] {1}));
    }

    @Test
    void goesOnWithTheNextId() throws Exception {
        upgrade(connection -> record(connection, 500, "a", CHANGES, "c", now, true));
        assertThat(appendOne("b")).isEqualTo(501);
        assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(501, 500, 0, 0, null));
    }

    /** The first version gave ids to duplicates. */
    @Test
    void assignsIdsWithoutARecordToNobody() throws Exception {
        upgrade(connection -> {
            record(connection, 3, "a", CHANGES, "c", now, true);
            record(connection, 9, "b", CHANGES, "c", now, true);
        });
        define("new");
        assertThat(store.count("new")).isEqualTo(new Backlog(2, 0, 0, 0, null));
    }

    @Test
    void forgetsByTheTimeWhenARecordWasReceived() throws Exception {
        upgrade(connection -> {
            record(connection, 1, "old", CHANGES, "c", now.minus(Duration.ofDays(10)), true);
            record(connection, 2, "older than payloads", CHANGES, "c", now.minus(Duration.ofDays(8)), true);
            record(connection, 3, "young", CHANGES, "c", now.minus(Duration.ofDays(1)), true);
            record(connection, 4, "dead", CHANGES, "c", now, true);
            dead(connection, 4, now, 7, null, "never");
        });
        forget();
        assertThat(kept()).containsExactly("young", "dead");
        assertThat(append("old", "older than payloads", "young", "dead").isNew().stream())
                .containsExactly(0);
    }

    @Test
    void doesNothingWhereNothingIsThere() throws Exception {
        reopen();
        assertThat(store.count(CONSUMER)).isEqualTo(Backlog.NOTHING);
        assertThat(appendOne("a")).isEqualTo(1);
    }

    @Test
    void goesOnAfterAnInterruption() throws Exception {
        int count = 12_000;
        store.close();
        create(connection -> {
            for (int id = 1; id <= count; id++) {
                record(connection, id, "n" + id, CHANGES, "c" + id % 10, now, true);
                if (id % 3 == 0) {
                    waiting(connection, id, CHANGES, 1, now, null, "not now");
                } else if (id % 100 == 1) {
                    dead(connection, id, now, 7, null, "never");
                }
            }
        });
        for (int commit = 1; commit <= 3; commit++) {
            commits.fail(commit, commit == 2);
            assertThatExceptionOfType(StoreException.class).isThrownBy(this::open);
        }
        store = open();
        long dead = 80;
        assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(count, count - count / 3 - dead, dead, 0, null));
        assertThat(store.deadLetters(CONSUMER, count)).hasSize((int) dead);
        assertThat(store.due(CONSUMER, SHARE, Lane.CHANGES, now, NONE, count, MUCH)
                        .records())
                .hasSize(count / 3);
        assertThat(kept()).hasSize(count);
        assertThat(append("n1", "n12000", "new").isNew().stream()).containsExactly(2);
    }

    /** The old records and the new ones are in the database at once, but not all of both in the log. */
    @Test
    void keepsTheLogSmall() throws Exception {
        int count = 40_000;
        store.close();
        create(connection -> {
            for (int id = 1; id <= count; id++) {
                record(connection, id, "n" + id, CHANGES, "c", now, new byte[2_000]);
            }
        });
        AtomicLong most = new AtomicLong();
        Path log = directory.resolve("inbox.db-wal");
        commits.watch(() -> most.accumulateAndGet(log.toFile().length(), Math::max));
        store = open();
        assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(count, count, 0, 0, null));
        assertThat(most).hasValueBetween(1L, 48L << 20);
    }

    private Loaded loaded() throws StoreException {
        return store.load(CONSUMER, SHARE);
    }

    private Due dueAt(Instant time) throws StoreException {
        return store.due(CONSUMER, SHARE, Lane.CHANGES, time, NONE, MANY, MUCH);
    }

    private void upgrade(Content content) throws Exception {
        store.close();
        create(content);
        store = open();
    }

    private void create(Content content) throws Exception {
        directory = directory.resolve("previous");
        DataDirectory.take(directory).close();
        String url = "jdbc:sqlite:" + directory.resolve("inbox.db");
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:dev/ackbox/inbox/sqlite")
                .target("2")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            content.insert(connection);
            connection.commit();
        }
    }

    private static void record(
            Connection connection,
            long id,
            String name,
            int lane,
            @Nullable String conversation,
            Instant receivedAt,
            boolean hasPayload)
            throws SQLException {
        byte[] payload = hasPayload ? name.getBytes(StandardCharsets.UTF_8) : null;
        record(connection, id, name, lane, conversation, receivedAt, payload);
    }

    private static void record(
            Connection connection,
            long id,
            String name,
            int lane,
            @Nullable String conversation,
            Instant receivedAt,
            byte @Nullable [] payload)
            throws SQLException {
        insert(
                connection,
                "record",
                id,
                key(name).toBytes(),
                "default",
                "messages",
                lane,
                conversation,
                receivedAt.toEpochMilli(),
                payload);
    }

    private static void waiting(
            Connection connection,
            long id,
            int lane,
            int attempts,
            @Nullable Instant notBefore,
            @Nullable String succeeded,
            @Nullable String reason)
            throws SQLException {
        Long time = notBefore == null ? null : notBefore.toEpochMilli();
        insert(connection, "waiting", lane, id, attempts, time, succeeded, reason);
    }

    private static void dead(
            Connection connection, long id, Instant diedAt, int attempts, @Nullable String succeeded, String reason)
            throws SQLException {
        insert(connection, "dead", id, diedAt.toEpochMilli(), attempts, succeeded, reason);
    }

    private static void insert(Connection connection, String table, @Nullable Object... values) throws SQLException {
        String parameters = String.join(", ", Collections.nCopies(values.length, "?"));
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table + " VALUES (" + parameters + ")")) {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.executeUpdate();
        }
    }
}
