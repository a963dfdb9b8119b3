package dev.ackbox.inbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.ArchiveContract;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.RecordFilter.Source;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.engine.HashedFilter;
import dev.ackbox.inbox.engine.LaneProgress;
import dev.ackbox.inbox.engine.ProgressFormat;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoredInbox;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SqliteArchiveTests extends ArchiveContract {

    @TempDir
    private Path directory;

    @Override
    protected StoredInbox open() {
        return StoredInbox.open(Inboxes.store(directory), Inboxes.SETTINGS, REDACTION, InboxObserver.NONE, clock);
    }

    @Test
    void whatIsCompletedIsFoundBehindVeryManyDeadLetters() throws Exception {
        append(record("a"), record("b"));
        handlers.done(next(handlers), new Outcome.Completed());
        handlers.done(next(handlers), new Outcome.Completed());
        awaitFound(RecordState.COMPLETED, 2);
        Map<Lane, LaneProgress> passed = Stream.of(Lane.values())
                .collect(Collectors.toMap(Function.identity(), lane -> new LaneProgress(200_000, List.of())));
        try (Connection connection = new SqliteDatabase(directory.resolve("inbox.db")).open();
                PreparedStatement progress = connection.prepareStatement("UPDATE progress SET lanes = ?")) {
            SqliteDatabase.execute(
                    connection,
                    "WITH RECURSIVE n (value) AS (SELECT 3 UNION ALL SELECT value + 1 FROM n WHERE value < 200000)"
                            + " INSERT INTO record (id, lane, conversation, received_at, source, key)"
                            + " SELECT value, lane, conversation, received_at, source, key FROM record, n WHERE id = 1");
            SqliteDatabase.execute(
                    connection,
                    "INSERT INTO delivery (consumer, id, lane, conversation, state, attempts, changed_at)"
                            + " SELECT 'handlers', id, lane, conversation, 2, 1, received_at FROM record WHERE id > 2");
            progress.setBytes(1, ProgressFormat.toBytes(passed));
            progress.executeUpdate();
        }
        assertThat(found(RecordFilter.ALL.in(RecordState.COMPLETED))).containsExactly("b", "a");
    }

    /** With millions of records, a plan that reads a whole table takes seconds, and one that sorts takes memory. */
    @Nested
    class Plans {

        private static final List<String> LARGE_TABLES =
                List.of("record", "payload", "seen", "lookup", "delivery", "attempt");

        private final Set<String> queries = new LinkedHashSet<>();

        @Test
        void readNoWholeTableAndSortNothing() throws Exception {
            for (int from = 0; from < 30_000; from += 2_000) {
                append(IntStream.range(from, from + 2_000)
                        .mapToObj(i -> record("n" + i).about(USER))
                        .toArray(Draft[]::new));
            }
            handlers.done(next(handlers), new Outcome.Dead(Set.of(), "no"));
            awaitFound(RecordState.DEAD, 1);
            try (Connection connection = new SqliteDatabase(directory.resolve("inbox.db")).open()) {
                SqliteDatabase.execute(connection, "UPDATE store SET deleted_through = 1000");
                askEverything(new SqliteArchiveReader(collecting(connection)));
                for (String sql : queries) {
                    assertThat(planOf(connection, sql)).as(sql).allSatisfy(step -> {
                        assertThat(step).doesNotContain("TEMP B-TREE");
                        if (step.startsWith("SCAN")) {
                            assertThat(LARGE_TABLES).doesNotContain(step.split(" ")[1]);
                        }
                    });
                }
            }
        }

        /** By the index that operators use, it would read all dead letters every second. */
        @Test
        void retentionAndCountsUseTheirOwnIndex(@TempDir Path own) throws Exception {
            try (Store store = SqliteStore.open(own, null, this::collecting)) {
                store.define(ConsumerDefinition.HANDLERS, Start.OLDEST);
                store.forget(Inboxes.SETTINGS.retention(), clock.instant());
                store.count("handlers");
            }
            queries.removeIf(sql -> !sql.startsWith("SELECT") || !sql.contains("state >= 2"));
            assertThat(queries).hasSize(2);
            try (Connection connection = new SqliteDatabase(own.resolve("inbox.db")).open()) {
                for (String sql : queries) {
                    assertThat(planOf(connection, sql))
                            .as(sql)
                            .filteredOn(step -> step.contains("SEARCH delivery"))
                            .isNotEmpty()
                            .allMatch(step -> step.contains("delivery_end (consumer=? AND state=?"));
                }
            }
        }

        private void askEverything(SqliteArchiveReader reader) throws Exception {
            Source source = new Source("default", "messages", "account", "phone number");
            ask(reader, RecordFilter.ALL, List.of());
            ask(reader, about(USER), List.of(1L));
            ask(reader, new RecordFilter("handlers", Set.of(), null, null, List.of(), source, null, null), List.of());
            ask(
                    reader,
                    new RecordFilter(
                            "handlers", Set.of(), null, null, List.of(), Source.ANY, clock.instant(), clock.instant()),
                    List.of());
            ask(
                    reader,
                    new RecordFilter(
                            "handlers",
                            Set.of(),
                            null,
                            reader.find(hashed(RecordFilter.ALL, List.of()), Long.MAX_VALUE, 1)
                                    .records()
                                    .get(0)
                                    .key(),
                            List.of(),
                            Source.ANY,
                            null,
                            null),
                    List.of());
            for (RecordState state : RecordState.values()) {
                ask(reader, RecordFilter.ALL.in(state), List.of());
            }
            reader.show(1);
            reader.payload(1);
            reader.deliveries("handlers");
            assertThat(queries).hasSizeGreaterThan(15);
        }

        /** Of the newest records, which have no index yet, of older ones, and of the oldest, which have none any more. */
        private void ask(SqliteArchiveReader reader, RecordFilter filter, List<Long> subjects) throws Exception {
            reader.find(hashed(filter, subjects), Long.MAX_VALUE, 10);
            reader.find(hashed(filter, subjects), 20_000, 10);
            reader.find(hashed(filter, subjects), 2_000, 10);
            reader.find(hashed(filter, subjects), 500, 10);
        }

        private static HashedFilter hashed(RecordFilter filter, List<Long> subjects) {
            return new HashedFilter(filter, subjects);
        }

        private Connection collecting(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")) {
                            queries.add((String) arguments[0]);
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException ex) {
                            throw ex.getCause();
                        }
                    });
        }

        private List<String> planOf(Connection connection, String sql) throws Exception {
            List<String> steps = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    steps.add(rows.getString("detail"));
                }
            }
            return steps;
        }
    }
}
