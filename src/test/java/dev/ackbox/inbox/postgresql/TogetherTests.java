package dev.ackbox.inbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.RecordNote;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreFixture;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What two replicas do at the same moment leaves what it leaves one after the other. */
@Tag("slow")
@Timeout(60)
class TogetherTests extends StoreFixture {

    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private final PostgresFixture postgres = new PostgresFixture();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private Store other;

    /** At which the store waits before and after it waits for the test with its next commit. */
    private volatile CyclicBarrier gate;

    @Override
    protected Store open() throws Exception {
        return PostgresStore.open(new PostgresDatabase(
                postgres.url(), PostgresServer.USERNAME, PostgresServer.PASSWORD, this::waitBeforeCommit));
    }

    private Connection waitBeforeCommit(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    CyclicBarrier closed = gate;
                    if (closed != null && method.getName().equals("commit")) {
                        gate = null;
                        closed.await();
                        closed.await();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }

    @BeforeEach
    void openOther() throws Exception {
        other = postgres.open();
    }

    @AfterEach
    void closeOther() {
        threads.shutdownNow();
        other.close();
    }

    private interface Work {

        void run() throws Exception;
    }

    /**
     * Does something in two replicas.
     *
     * @param first with the store, up to its commit; then the second one begins, and both end
     */
    private void together(Work first, Work second) throws Exception {
        CyclicBarrier closed = new CyclicBarrier(2);
        gate = closed;
        Future<?> one = start(first);
        closed.await();
        Future<?> two = start(second);
        await().until(() -> two.isDone() || postgres.number(WAITING) > 0);
        closed.await();
        one.get();
        two.get();
    }

    private Future<?> start(Work work) {
        return threads.submit(() -> {
            work.run();
            return null;
        });
    }

    @Test
    void keepNoNoteOfARecordThatIsErasedMeanwhile() throws Exception {
        long id = appendOne("one");
        RecordNote note = new RecordNote(id, "sent", new byte[] {1});
        together(() -> store.keepNotes(List.of(note)), () -> other.erase(List.of(id)));
        assertThat(store.note(id, "sent")).isEmpty();
    }

    @Test
    void openAConsumerWhileSharesAreTaken() throws Exception {
        for (int round = 0; round < 20; round++) {
            postgres.execute("UPDATE share SET owner = NULL");
            String consumer = CONSUMER + round;
            CyclicBarrier begin = new CyclicBarrier(2);
            Future<?> opening = start(() -> {
                begin.await();
                define(consumer);
            });
            Future<?> taking = start(() -> {
                begin.await();
                other.hold();
            });
            opening.get();
            taking.get();
            assertThat(postgres.number("SELECT count(*) FROM progress JOIN share ON share.number = progress.share"
                            + " WHERE consumer = '" + consumer + "' AND progress.epoch = share.epoch"))
                    .isEqualTo(store.shares());
        }
    }

    @Test
    void leaveNothingOfAConsumerThatIsRemovedMeanwhile() throws Exception {
        define(CONSUMER);
        long id = appendOne("one");
        Batch batch = batch(List.of(), change(CONSUMER, progress(id, 0), dead(id)));
        together(() -> store.write(batch), () -> {
            while (other.remove(CONSUMER, MANY)) {
                // until nothing is left
            }
        });
        assertThat(postgres.number("SELECT count(*) FROM delivery")).isZero();
        assertThat(postgres.number("SELECT count(*) FROM attempt")).isZero();
    }
}
