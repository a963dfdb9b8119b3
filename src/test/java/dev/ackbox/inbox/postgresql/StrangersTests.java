package dev.ackbox.inbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreFixture;
import dev.ackbox.inbox.engine.Written;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others do in the same server holds nothing up. */
@Tag("slow")
@Timeout(60)
class StrangersTests extends StoreFixture {

    private final PostgresFixture postgres = new PostgresFixture();

    @Override
    protected Store open() throws Exception {
        return postgres.open();
    }

    @Test
    void whoReadAnOldStateHoldUpNothingAndLetProgressGrowALittle() throws Exception {
        define(CONSUMER);
        try (Connection stranger = postgres.connect();
                Statement statement = stranger.createStatement()) {
            stranger.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            stranger.setAutoCommit(false);
            statement.executeQuery("SELECT count(*) FROM record").close();
            int batches = 2_000;
            long last = 0;
            for (int i = 1; i <= batches; i++) {
                last = lastId(write(List.of(record("n" + i)), change(CONSUMER, progress(last, i - 1))));
            }
            assertThat(store.read(share(), Lane.CHANGES, null, last - 1, Long.MAX_VALUE, MANY, MUCH)
                            .through())
                    .isEqualTo(last);
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(batches, batches - 1, 0, 0, null));
            assertThat(postgres.number("SELECT pg_total_relation_size('progress')"))
                    .as("bytes of versions that the stranger may still ask for")
                    .isLessThan(batches * 4_000L);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                share();
                assertThat(postgres.number(
                                "SELECT idx_tup_read FROM pg_stat_user_indexes" + " WHERE indexrelname = 'batch_pkey'"))
                        .as("entries that were read of batches, most of which are deleted")
                        .isBetween((long) batches, batches * 20L);
            });
        }
    }

    @Test
    void whoWriteDelayPositionsForAMomentAndNothingElse() throws Exception {
        append("before");
        try (Connection stranger = postgres.connect();
                Statement statement = stranger.createStatement()) {
            statement.execute("CREATE TABLE strange (id integer)");
            stranger.setAutoCommit(false);
            statement.execute("INSERT INTO strange VALUES (1)");
            long after = appendOne("after");
            assertThat(page(Lane.CHANGES).records())
                    .extracting(StoreFixture::name)
                    .containsExactly("before", "after");
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () -> assertThat(page(Lane.CHANGES).through()).isEqualTo(after));
            stranger.rollback();
        }
    }

    /** A stranger's transaction must not hide that of a writer. */
    @Test
    void whoWriteBesideAWriterDoNotLetItsIdsBePassed() throws Exception {
        long before = appendOne("before");
        assertThat(page(Lane.CHANGES).through()).isEqualTo(before);
        try (Connection stranger = postgres.connect();
                Statement statement = stranger.createStatement()) {
            statement.execute("CREATE TABLE strange (id integer)");
            stranger.setAutoCommit(false);
            statement.execute("INSERT INTO strange VALUES (1)");
            Callable<Written> late = postgres.begin(new Batch(1, List.of(record("late")), List.of()));
            append("after");
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(page(Lane.CHANGES).through()).isEqualTo(before));
            long id = lastId(late.call());
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () -> assertThat(page(Lane.CHANGES).through()).isGreaterThan(id));
            stranger.rollback();
        }
    }
}
