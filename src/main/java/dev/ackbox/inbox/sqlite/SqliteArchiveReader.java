package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.ArchivePage;
import dev.ackbox.inbox.ArchivedRecord;
import dev.ackbox.inbox.ConsumerState;
import dev.ackbox.inbox.FailedAttempt;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.engine.Delivery;
import dev.ackbox.inbox.engine.Delivery.State;
import dev.ackbox.inbox.engine.HandlerNames;
import dev.ackbox.inbox.engine.HashedFilter;
import dev.ackbox.inbox.engine.IdSpan;
import dev.ackbox.inbox.engine.Positions;
import dev.ackbox.inbox.engine.ReplayDefinition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The archive's queries on its connection. Each question sees one state of the database. */
final class SqliteArchiveReader implements AutoCloseable {

    /** A search that takes longer gives what it has found. */
    private static final long LONGEST_SEARCH_NANOS = Duration.ofMillis(400).toNanos();

    private static final String RECORD =
            "SELECT record.id, record.key, record.received_at, source.endpoint, source.field, source.kind,"
                    + " source.account, source.phone_number, record.lane, iif(record.erased, NULL, length(payload.body)) AS size, record.subjects, record.erased"
                    + " FROM record JOIN source ON source.id = record.source LEFT JOIN payload ON payload.id = record.id"
                    + " WHERE record.id = ?";

    private final Connection connection;
    private final SqliteQueries queries;

    // A search asks these for each candidate.
    private final PreparedStatement selectRecord;
    private final PreparedStatement selectDelivery;
    private final PreparedStatement selectFailures;

    SqliteArchiveReader(Connection connection) throws SQLException {
        this.connection = connection;
        this.queries = new SqliteQueries(connection);
        this.selectRecord = connection.prepareStatement(RECORD);
        this.selectDelivery = connection.prepareStatement(
                "SELECT state, attempts, changed_at, not_before, succeeded, reason FROM delivery"
                        + " WHERE id = ? AND consumer = ?");
        this.selectFailures =
                connection.prepareStatement("SELECT number, at, reason FROM attempt WHERE id = ? AND consumer = ?"
                        + " ORDER BY number DESC LIMIT " + ConsumerState.MAX_FAILURES);
    }

    static SqliteArchiveReader open(SqliteDatabase database) throws SQLException {
        Connection connection = database.open();
        SqliteDatabase.execute(connection, "PRAGMA query_only = 1");
        return new SqliteArchiveReader(connection);
    }

    /** What is asked from now on sees one state of the database. */
    void begin() throws SQLException {
        SqliteDatabase.execute(connection, "BEGIN");
    }

    /** The end of {@link #begin}. */
    void end() throws SQLException {
        SqliteDatabase.execute(connection, "COMMIT");
    }

    /** A record without what has become of it. */
    private record Stored(ArchivedRecord record, List<Long> subjects, boolean isErased) {

        Stored with(List<ConsumerState> states) {
            return new Stored(record.with(states), subjects, isErased);
        }
    }

    Set<String> consumers() throws SQLException {
        return new TreeSet<>(positions().keySet());
    }

    ArchivePage find(HashedFilter filter, long below, int limit) throws SQLException {
        Positions positions = positions().getOrDefault(filter.filter().consumer(), Positions.NOTHING);
        long deadline = System.nanoTime() + LONGEST_SEARCH_NANOS;
        Candidates candidates = new CandidateSearch(queries, positions).of(filter);
        long after = firstReceivedFrom(filter.filter()) - 1;
        long next = Math.min(below, lastReceivedBefore(filter.filter()));
        List<ArchivedRecord> found = new ArrayList<>();
        while (next - 1 > after) {
            Candidates.Chunk chunk = candidates.below(next);
            for (long id : chunk.ids()) {
                Stored stored = id > after ? stored(id, filter.filter().consumer(), positions) : null;
                if (stored != null && filter.matches(stored.record(), stored.subjects())) {
                    if (found.size() == limit) {
                        return new ArchivePage(found, found.get(limit - 1).id());
                    }
                    found.add(stored.record());
                }
            }
            next = chunk.through();
            if (next - 1 > after && System.nanoTime() > deadline) {
                return new ArchivePage(found, new InboxRecordId(next));
            }
        }
        return new ArchivePage(found, null);
    }

    /** Where all records that match now are. */
    IdSpan span(HashedFilter filter) throws SQLException {
        return new IdSpan(
                firstReceivedFrom(filter.filter()) - 1,
                Math.min(queries.number("SELECT last_id FROM store"), lastReceivedBefore(filter.filter()) - 1));
    }

    long count(HashedFilter filter, IdSpan span) throws SQLException {
        Conditions conditions = Conditions.of(filter);
        List<Object> parameters = new ArrayList<>(List.of(span.after(), span.through()));
        parameters.addAll(conditions.parameters());
        return queries.numbers(
                        "SELECT count(*) FROM record JOIN source ON source.id = record.source"
                                + " WHERE record.id > ? AND record.id <= ?" + conditions.sql(),
                        parameters)
                .get(0);
    }

    /** Records with lower ids were stored, and so received, before the time that is asked for. */
    private long firstReceivedFrom(RecordFilter filter) throws SQLException {
        return filter.from() == null
                ? 1
                : queries.number(
                        "SELECT coalesce((SELECT id FROM tick WHERE at <= ? ORDER BY at DESC LIMIT 1), 1)",
                        filter.from().toEpochMilli());
    }

    /** Records from this id on were stored long after the time that is asked for. */
    private long lastReceivedBefore(RecordFilter filter) throws SQLException {
        return filter.to() == null
                ? Long.MAX_VALUE
                : queries.number(
                        "SELECT coalesce((SELECT id FROM tick WHERE at >= ? ORDER BY at LIMIT 1), " + Long.MAX_VALUE
                                + ")",
                        filter.to().plus(Duration.ofMinutes(1)).toEpochMilli());
    }

    private @Nullable Stored stored(long id, String consumer, Positions positions) throws SQLException {
        Stored stored = stored(id);
        if (stored == null) {
            return null;
        }
        ConsumerState state = state(stored, consumer, positions);
        return stored.with(state == null ? List.of() : List.of(state));
    }

    @Nullable
    ArchivedRecord show(long id) throws SQLException {
        Stored stored = stored(id);
        if (stored == null) {
            return null;
        }
        List<ConsumerState> states = new ArrayList<>();
        for (Map.Entry<String, Positions> consumer : positions().entrySet()) {
            ConsumerState state = state(stored, consumer.getKey(), consumer.getValue());
            if (state != null) {
                states.add(state);
            }
        }
        return stored.with(states).record();
    }

    private @Nullable Stored stored(long id) throws SQLException {
        selectRecord.setLong(1, id);
        try (ResultSet rows = selectRecord.executeQuery()) {
            return rows.next() ? stored(rows) : null;
        }
    }

    private static Stored stored(ResultSet rows) throws SQLException {
        ArchivedRecord record = new ArchivedRecord(
                new InboxRecordId(rows.getLong("id")),
                IdempotencyKey.fromBytes(rows.getBytes("key")),
                Instant.ofEpochMilli(rows.getLong("received_at")),
                rows.getString("endpoint"),
                rows.getString("field"),
                rows.getString("kind"),
                rows.getString("account"),
                rows.getString("phone_number"),
                Lane.ofCode(rows.getInt("lane")),
                rows.getObject("size") == null ? null : rows.getInt("size"),
                List.of());
        return new Stored(record, KeyIndex.subjects(rows.getBytes("subjects")), rows.getInt("erased") > 0);
    }

    /** Absent where the record is not assigned to the consumer. */
    private @Nullable ConsumerState state(Stored stored, String consumer, Positions positions) throws SQLException {
        long id = stored.record().id().value();
        if (!positions.isAssigned(stored.record(), stored.subjects())) {
            return null;
        }
        List<FailedAttempt> failures = failures(id, consumer);
        selectDelivery.setLong(1, id);
        selectDelivery.setString(2, consumer);
        try (ResultSet rows = selectDelivery.executeQuery()) {
            if (rows.next()) {
                return new ConsumerState(
                        consumer,
                        State.ofCode(rows.getInt("state")).recordState(),
                        rows.getInt("attempts"),
                        Instant.ofEpochMilli(rows.getLong("changed_at")),
                        rows.getObject("not_before") == null ? null : Instant.ofEpochMilli(rows.getLong("not_before")),
                        HandlerNames.split(rows.getString("succeeded")),
                        rows.getString("reason"),
                        failures);
            }
        }
        RecordState state = positions.stateOf(stored.record());
        if (state == null) {
            return null;
        }
        return stored.isErased() && state == RecordState.WAITING
                ? ConsumerState.of(consumer, RecordState.DISCARDED, Delivery.ERASED, failures)
                : ConsumerState.of(consumer, state, null, failures);
    }

    private List<FailedAttempt> failures(long id, String consumer) throws SQLException {
        List<FailedAttempt> failures = new ArrayList<>();
        selectFailures.setLong(1, id);
        selectFailures.setString(2, consumer);
        try (ResultSet rows = selectFailures.executeQuery()) {
            while (rows.next()) {
                failures.add(
                        new FailedAttempt(rows.getInt(1), Instant.ofEpochMilli(rows.getLong(2)), rows.getString(3)));
            }
        }
        Collections.reverse(failures);
        return failures;
    }

    private Map<String, Positions> positions() throws SQLException {
        Map<String, ReplayDefinition> replays = ReplayTable.all(connection).stream()
                .collect(Collectors.toMap(ReplayDefinition::consumer, Function.identity()));
        Map<String, Positions> positions = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT name, start_id, lanes FROM consumer LEFT JOIN progress ON progress.consumer = consumer.name");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                positions.put(
                        rows.getString(1),
                        Positions.of(rows.getLong(2), rows.getBytes(3), replays.get(rows.getString(1))));
            }
        }
        return positions;
    }

    byte @Nullable [] payload(long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT body FROM payload JOIN record ON record.id = payload.id WHERE payload.id = ? AND record.erased IS NULL")) {
            select.setLong(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getBytes(1) : null;
            }
        }
    }

    Map<RecordState, Long> deliveries(String consumer) throws SQLException {
        Map<RecordState, Long> counts = new EnumMap<>(RecordState.class);
        try (PreparedStatement select =
                connection.prepareStatement("SELECT state, count(*) FROM delivery WHERE consumer = ? GROUP BY state")) {
            select.setString(1, consumer);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    counts.put(State.ofCode(rows.getInt(1)).recordState(), rows.getLong(2));
                }
            }
        }
        return counts;
    }

    /** Runs are counted when they are written; the records behind the last one are counted now. */
    Map<String, Long> fields() throws SQLException {
        Map<Long, Long> bySource = new HashMap<>();
        count("SELECT source, sum(records) FROM run_source GROUP BY source", bySource);
        count(
                "SELECT source, count(*) FROM record WHERE id > (SELECT indexed_through FROM store) GROUP BY source",
                bySource);
        Map<String, Long> byField = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT id, field FROM source");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                long records = bySource.getOrDefault(rows.getLong(1), 0L);
                if (records > 0) {
                    byField.merge(rows.getString(2), records, Long::sum);
                }
            }
        }
        return byField;
    }

    private void count(String sql, Map<Long, Long> bySource) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                bySource.merge(rows.getLong(1), rows.getLong(2), Long::sum);
            }
        }
    }

    boolean isSweeping() throws SQLException {
        return queries.number("SELECT sweep FROM store") > 0;
    }

    long pages(String pragma) throws SQLException {
        return queries.number("PRAGMA " + pragma);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
