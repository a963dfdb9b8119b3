package dev.ackbox.inbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.AppendResult;
import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.sqlite.Inboxes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever becomes of the database: refused in time, back without a restart, nothing lost, nothing miscounted. */
@Tag("slow")
@Timeout(120)
class PostgresOutageTests {

    /** It is promised within 6 s. A loaded machine gets some more. */
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(12);

    private static final Duration LONG = Duration.ofSeconds(40);

    private final PostgresFixture postgres = new PostgresFixture();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> handled = new ConcurrentLinkedQueue<>();
    private Link link;
    private StoredInbox inbox;
    private Consumer handlers;
    private Thread worker;
    private int appended;

    /** An outage, and its end. */
    interface Outage {

        void begin(PostgresOutageTests test) throws Exception;

        void end(PostgresOutageTests test) throws Exception;
    }

    private record Named(String name, Outage outage) {

        @Override
        public String toString() {
            return name;
        }
    }

    private interface Step {

        void run(PostgresOutageTests test) throws Exception;
    }

    private static Named outage(String name, Step begin, Step end) {
        return new Named(name, new Outage() {
            @Override
            public void begin(PostgresOutageTests test) throws Exception {
                begin.run(test);
            }

            @Override
            public void end(PostgresOutageTests test) throws Exception {
                end.run(test);
            }
        });
    }

    static Stream<Named> outages() {
        return Stream.of(
                outage("connections refused", test -> test.link.refuse(), test -> test.link.accept()),
                outage("a network that hangs", test -> test.link.hang(), test -> test.link.goOn()),
                outage("a network that hangs, then resets", test -> test.link.hang(), test -> {
                    test.link.reset();
                    test.link.goOn();
                }),
                outage("a server that only reads", test -> test.readOnly(true), test -> test.readOnly(false)));
    }

    private void readOnly(boolean value) {
        String database = postgres.url().substring(postgres.url().lastIndexOf('/') + 1);
        postgres.execute(
                "SET default_transaction_read_only = off",
                "ALTER DATABASE " + database + " SET default_transaction_read_only = " + value,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND pid <> pg_backend_pid()");
    }

    @BeforeEach
    void open() throws Exception {
        link = new Link(PostgresServer.port());
        String url = postgres.url().replaceAll("localhost:\\d+", "localhost:" + link.port());
        assertThat(url).contains(":" + link.port() + "/");
        PostgresDatabase database = new PostgresDatabase(url, PostgresServer.USERNAME, PostgresServer.PASSWORD);
        inbox = StoredInbox.open(PostgresStore.open(database), Inboxes.SETTINGS, InboxObserver.NONE, Clock.systemUTC());
        handlers = inbox.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
        worker = new Thread(this::work);
        worker.start();
    }

    @AfterEach
    void close() throws Exception {
        worker.interrupt();
        worker.join();
        inbox.close();
        link.close();
    }

    @ParameterizedTest
    @MethodSource("outages")
    void endWithoutALoss(Named named) throws Exception {
        for (int i = 0; i < 100; i++) {
            append().get(10, TimeUnit.SECONDS);
        }
        CompletableFuture<AppendResult> underWay = append();
        named.outage().begin(this);
        await().atMost(REFUSED_WITHIN).until(() -> isRefused(append()));
        await().atMost(REFUSED_WITHIN)
                .untilAsserted(() -> assertThat(check()).isInstanceOf(InboxUnavailableException.class));
        named.outage().end(this);
        await().atMost(LONG).untilAsserted(() -> assertThatCode(inbox::check).doesNotThrowAnyException());
        await().atMost(LONG).until(() -> !isRefused(append()));
        for (int i = 0; i < 100; i++) {
            append().get(10, TimeUnit.SECONDS);
        }
        await().atMost(LONG).until(underWay::isDone);
        await().atMost(LONG).until(() -> Set.copyOf(handled).containsAll(acknowledged));
        long all = postgres.number("SELECT count(*) FROM record");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(handlers.backlog()).isEqualTo(new Backlog(all, all, 0, 0, null)));
        assertThat(handled).as("of one process, none comes twice").doesNotHaveDuplicates();
        assertThat(
                        postgres.number(
                                "SELECT (SELECT records FROM store) + (SELECT coalesce(sum(records), 0) FROM writer) + (SELECT sum(records) FROM batch)"))
                .isEqualTo(all);
    }

    /** Nothing comes, so no write fails. A balancer has to learn of it all the same. */
    @ParameterizedTest
    @MethodSource("outages")
    void areNoticedByAnIdleReplica(Named named) throws Exception {
        assertThat(check()).isNull();
        named.outage().begin(this);
        await().atMost(REFUSED_WITHIN)
                .untilAsserted(() -> assertThat(check()).isInstanceOf(InboxUnavailableException.class));
        await().atMost(REFUSED_WITHIN).until(() -> isRefused(append()));
        named.outage().end(this);
        await().atMost(LONG).untilAsserted(() -> assertThatCode(inbox::check).doesNotThrowAnyException());
    }

    private Throwable check() {
        try {
            inbox.check();
            return null;
        } catch (InboxUnavailableException ex) {
            return ex;
        }
    }

    private CompletableFuture<AppendResult> append() {
        String name = "n" + ++appended;
        byte[] payload = name.getBytes(StandardCharsets.UTF_8);
        NewRecord record = new NewRecord(
                IdempotencyKey.of(0, String.format("%-20s", name).getBytes(StandardCharsets.US_ASCII)),
                "default",
                "messages",
                null,
                Lane.CHANGES,
                name,
                null,
                null,
                List.of(),
                Instant.ofEpochMilli(1_794_817_947_000L),
                payload);
        return inbox.append(List.of(record)).whenComplete((result, failure) -> {
            if (failure == null) {
                acknowledged.add(name);
                assertThat(result.isNew(0)).isTrue();
            }
        });
    }

    /** False also where it is not known within a second. */
    private static boolean isRefused(CompletableFuture<AppendResult> result) throws InterruptedException {
        try {
            result.get(1, TimeUnit.SECONDS);
            return false;
        } catch (ExecutionException ex) {
            assertThat(ex.getCause()).isInstanceOf(InboxUnavailableException.class);
            return true;
        } catch (TimeoutException ex) {
            return false;
        }
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                InboxRecord next = handlers.next(Lane.CHANGES, Duration.ofMillis(100));
                if (next != null) {
                    handled.add(new String(next.payload(), StandardCharsets.UTF_8));
                    handlers.done(next, new Outcome.Completed());
                }
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
