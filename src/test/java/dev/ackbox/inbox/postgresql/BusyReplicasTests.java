package dev.ackbox.inbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Change;
import dev.ackbox.inbox.engine.Holding;
import dev.ackbox.inbox.engine.Share;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreFixture;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three replicas that end deliveries with each batch, one batch after the other, to a slow disk. */
@Tag("slow")
@Timeout(60)
class BusyReplicasTests extends StoreFixture {

    private static final int REPLICAS = 3;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final PostgresFixture postgres = new PostgresFixture();
    private final ExecutorService threads = Executors.newFixedThreadPool(REPLICAS);
    private final List<Store> busy = new ArrayList<>();
    private final AtomicInteger batches = new AtomicInteger();
    private final List<Future<?>> writers = new ArrayList<>();
    private volatile boolean end;

    @Override
    protected Store open() throws Exception {
        return postgres.open();
    }

    private Store openSlow() throws Exception {
        return PostgresStore.open(new PostgresDatabase(
                postgres.url(), PostgresServer.USERNAME, PostgresServer.PASSWORD, BusyReplicasTests::slow));
    }

    private static Connection slow(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                BusyReplicasTests.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("SELECT pg_sleep(0.02)");
                        }
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }

    @BeforeEach
    void write() throws Exception {
        define(CONSUMER);
        append(names("n", 1_000));
        pass(CONSUMER, postgres.number("SELECT max(id) FROM record"));
        live(Duration.ofMinutes(3));
        for (int i = 0; i < REPLICAS; i++) {
            busy.add(openSlow());
        }
        List<Store> all = new ArrayList<>(busy);
        all.add(store);
        for (Store next : all) {
            next.hold();
        }
        for (Store next : all) {
            Holding holding = next.hold();
            for (Share surplus : holding.shares().stream().skip(holding.part()).toList()) {
                next.release(surplus);
            }
        }
        for (Store next : busy) {
            Share own = next.hold().shares().iterator().next();
            writers.add(threads.submit(() -> {
                write(next, own);
                return null;
            }));
        }
    }

    private void write(Store replica, Share own) throws Exception {
        for (int i = 0; !end; i++) {
            Change change = new Change(CONSUMER, own, progress(1_000, i), List.of(), List.of(1L));
            replica.write(
                    new Batch(i, List.of(record(own.number() + " " + i, Lane.CHANGES, own.number())), List.of(change)));
            batches.incrementAndGet();
        }
    }

    @AfterEach
    void stop() throws Exception {
        end = true;
        for (Future<?> writer : writers) {
            writer.get();
        }
        threads.shutdown();
        busy.forEach(Store::close);
    }

    @Test
    void doNotHoldUpRetention() throws Exception {
        clock.advance(RETENTION.payload());
        await().atMost(SOON).until(() -> store.forget(RETENTION, clock.instant()));
        forget();
        assertThat(postgres.number("SELECT count(*) FROM payload WHERE id <= 1000"))
                .isZero();
    }

    @Test
    void doNotHoldUpOperatorsAndGoOn() throws Exception {
        for (int i = 0; i < 10; i++) {
            store.pause(CONSUMER, i % 2 == 0);
        }
        int before = batches.get();
        await().atMost(SOON).untilAsserted(() -> assertThat(batches).hasValueGreaterThan(before + REPLICAS * 10));
    }
}
