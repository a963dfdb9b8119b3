package dev.ackbox.inbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Share;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreException;
import dev.ackbox.inbox.engine.StoreFixture;
import dev.ackbox.inbox.engine.Written;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that crashes forgets ids that nobody has committed, and gives them once more. */
@Tag("slow")
@Timeout(60)
class ForgottenIdsTests extends StoreFixture {

    private final PostgresFixture postgres = new PostgresFixture();

    @Override
    protected Store open() throws Exception {
        return postgres.open();
    }

    private void giveAgainFrom(long last) {
        postgres.number("SELECT setval('record_id', " + last + ")");
    }

    private void give(int ids) {
        postgres.number("SELECT max(nextval('record_id')) FROM generate_series(1, " + ids + ")");
    }

    private long position(long after) throws StoreException {
        return store.tail(Set.of(share().number()), after, Set.of()).through();
    }

    /** The reader notes ids of a writer that is under way, and the writer ends without a commit. */
    private void noteIdsOfAWriterThatCrashes(long last) throws Exception {
        try (Connection writer = postgres.connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock_shared(" + Horizon.LOCK + ")");
            statement.execute("SELECT pg_current_xact_id()");
            statement.execute("SELECT max(nextval('record_id')) FROM generate_series(1, 100)");
            assertThat(position(last)).isEqualTo(last);
            writer.rollback();
        }
    }

    /** Returns the id behind which the server gives once more what the reader has passed. */
    private long forgetWhatWasDecided() throws Exception {
        define(CONSUMER);
        long last = appendOne("before");
        give(1_000);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(page(Lane.CHANGES).through()).isEqualTo(last + 1_000));
        giveAgainFrom(last);
        return last;
    }

    /** Returns the id behind which the server gives once more what the reader has only noted. */
    private long forgetWhatWasNoted() throws Exception {
        define(CONSUMER);
        long last = appendOne("before");
        assertThat(position(0)).isEqualTo(last);
        noteIdsOfAWriterThatCrashes(last);
        giveAgainFrom(last);
        return last;
    }

    @Test
    void areReadAnew() throws Exception {
        long last = forgetWhatWasDecided();
        Share before = share();
        append("after");
        assertThat(page(Lane.CHANGES).through()).isEqualTo(last + 1);
        assertThat(share()).isEqualTo(new Share(before.number(), before.epoch() + 1));
        assertThat(kept()).containsExactly("before", "after");
        pass(CONSUMER, last + 1);
        assertThat(store.load(CONSUMER, share()).progress().floor()).isEqualTo(last + 1);
    }

    @Test
    void areNotPassedWhereTheyWereNotedBeforeTheCrash() throws Exception {
        long last = forgetWhatWasNoted();
        for (int look = 0; look < 3; look++) {
            assertThat(position(last)).isEqualTo(last);
        }
        long next = appendOne("after");
        assertThat(next).isEqualTo(last + 1);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(position(last)).isEqualTo(next));
    }

    /** Other replicas may be faster, and have stored as much as was forgotten. */
    @Test
    void areNotPassedEitherWhereTheSequenceIsFurtherByNow() throws Exception {
        long last = forgetWhatWasNoted();
        postgres.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND pid <> pg_backend_pid()");
        Callable<Written> late = postgres.begin(new Batch(1, List.of(record("late")), List.of()));
        give(200);
        await().ignoreExceptionsInstanceOf(StoreException.class)
                .untilAsserted(() -> assertThat(position(last)).isEqualTo(last));
        for (int look = 0; look < 3; look++) {
            assertThat(position(last)).isEqualTo(last);
        }
        assertThat(lastId(late.call())).isEqualTo(last + 1);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(position(last)).isEqualTo(last + 201));
    }

    @Test
    void areReadAnewAlsoWhereTheSharesCannotBeRenewedAtFirst() throws Exception {
        long last = forgetWhatWasDecided();
        Share before = share();
        store.tail(Set.of(before.number()), last, Set.of());
        try (Connection stranger = postgres.connect();
                Statement statement = stranger.createStatement()) {
            stranger.setAutoCommit(false);
            statement.execute("LOCK TABLE replica IN ACCESS EXCLUSIVE MODE");
            assertThatThrownBy(() -> store.hold()).isInstanceOf(StoreException.class);
            stranger.rollback();
        }
        assertThat(share()).isEqualTo(new Share(before.number(), before.epoch() + 1));
    }
}
