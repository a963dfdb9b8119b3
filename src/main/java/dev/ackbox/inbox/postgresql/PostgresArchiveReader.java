package dev.ackbox.inbox.postgresql;

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
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The archive's queries, in a transaction that sees one state of the database. */
final class PostgresArchiveReader {

    /** A search that takes longer gives what it has found. */
    private static final long LONGEST_SEARCH_NANOS = Duration.ofMillis(400).toNanos();

    /** By how much clocks of replicas may differ, and a record may be older than the batch that has it. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    /** Of more records than this the server's statistics tell how many there are of each source. */
    private static final long MOST_COUNTED = 1_000_000;

    private static final String RECORDS =
            "SELECT record.id, record.key, received_at, endpoint, field, kind, account, phone_number, lane, share, subjects, erased,"
                    + " CASE WHEN NOT erased THEN octet_length(body) END AS size FROM record"
                    + " JOIN source ON source.id = record.source LEFT JOIN payload ON payload.id = record.id"
                    + " WHERE record.id = ANY(?) ORDER BY record.id DESC";

    private static final String DELIVERIES =
            "SELECT id, consumer, state, attempts, changed_at, not_before, succeeded, reason FROM delivery"
                    + " WHERE id = ANY(?) AND consumer = ANY(?)";

    private static final String FAILURES =
            "SELECT failed.* FROM unnest(?) AS wanted(id) CROSS JOIN unnest(?) AS who(consumer)"
                    + " CROSS JOIN LATERAL (SELECT * FROM attempt WHERE attempt.id = wanted.id AND attempt.consumer = who.consumer"
                    + " ORDER BY number DESC LIMIT " + ConsumerState.MAX_FAILURES + ") AS failed ORDER BY number";

    private static final String COUNT_SOURCES =
            "SELECT field, count(*) FROM record JOIN source ON source.id = record.source" + " GROUP BY field";

    /** The estimated number of records of each source: those that are common, as the last analysis has found them. */
    private static final String ESTIMATE_SOURCES =
            "SELECT source.field, sum(seen.share * greatest(reltuples, 0))::bigint"
                    + " FROM pg_stats, pg_class, unnest(most_common_vals::text::integer[], most_common_freqs) AS seen(source, share)"
                    + " JOIN source ON source.id = seen.source WHERE schemaname = current_schema() AND tablename = 'record'"
                    + " AND attname = 'source' AND pg_class.oid = 'record'::regclass GROUP BY source.field";

    private final Connection connection;
    private final Sql sql;

    PostgresArchiveReader(Connection connection) {
        this.connection = connection;
        this.sql = new Sql(connection);
    }

    /** A record without what has become of it. */
    private record Stored(ArchivedRecord record, int share, List<Long> subjects, boolean isErased) {

        static Stored of(ResultSet row) throws SQLException {
            int size = row.getInt("size");
            ArchivedRecord record = new ArchivedRecord(
                    new InboxRecordId(row.getLong("id")),
                    IdempotencyKey.fromBytes(row.getBytes("key")),
                    Instant.ofEpochMilli(row.getLong("received_at")),
                    row.getString("endpoint"),
                    row.getString("field"),
                    row.getString("kind"),
                    row.getString("account"),
                    row.getString("phone_number"),
                    Lane.ofCode(row.getInt("lane")),
                    row.getObject("size") == null ? null : size,
                    List.of());
            return new Stored(record, row.getInt("share"), Sql.numbers(row, "subjects"), row.getBoolean("erased"));
        }
    }

    Set<String> consumers() throws SQLException {
        return new TreeSet<>(sql.rows(row -> row.getString(1), "SELECT name FROM consumer"));
    }

    ArchivePage find(HashedFilter filter, long below, int limit) throws SQLException {
        RecordFilter wanted = filter.filter();
        ConsumerPositions positions = ConsumerPositions.of(wanted.consumer(), connection);
        Map<String, ConsumerPositions> consumers = Map.of(wanted.consumer(), positions);
        long deadline = System.nanoTime() + LONGEST_SEARCH_NANOS;
        Candidates candidates = new CandidateSearch(sql, positions, filter).candidates();
        long after = firstReceivedFrom(wanted) - 1;
        long next = Math.min(below, lastReceivedBefore(wanted));
        List<ArchivedRecord> found = new ArrayList<>();
        while (next - 1 > after) {
            Candidates.Chunk chunk = candidates.next(after, next);
            for (Told told : told(chunk.ids(), consumers)) {
                if (filter.matches(told.record(), told.subjects())) {
                    if (found.size() == limit) {
                        return new ArchivePage(found, found.get(limit - 1).id());
                    }
                    found.add(told.record());
                }
            }
            next = chunk.through();
            if (next - 1 > after && System.nanoTime() > deadline) {
                return new ArchivePage(found, new InboxRecordId(next));
            }
        }
        return new ArchivePage(found, null);
    }

    /**
     * Where all records that match now are.
     *
     * @param decided nothing appears up to here later, and nothing that is there now is behind it
     */
    IdSpan span(HashedFilter filter, long decided) throws SQLException {
        return new IdSpan(
                firstReceivedFrom(filter.filter()) - 1, Math.min(decided, lastReceivedBefore(filter.filter()) - 1));
    }

    long count(HashedFilter filter, IdSpan span) throws SQLException {
        Conditions conditions = Conditions.of(filter);
        List<Object> parameters = new ArrayList<>(List.of(span.after(), span.through()));
        parameters.addAll(conditions.parameters());
        return sql.number(
                "SELECT count(*) FROM record JOIN source ON source.id = record.source"
                        + " WHERE record.id > ? AND record.id <= ?" + conditions.sql(),
                parameters.toArray());
    }

    /** Records with lower ids were stored, and so received, before the time that is asked for. */
    private long firstReceivedFrom(RecordFilter filter) throws SQLException {
        return filter.from() == null
                ? 1
                : sql.number(
                        "SELECT coalesce((SELECT id FROM tick WHERE at <= ? ORDER BY at DESC LIMIT 1), 1)",
                        filter.from().minus(CLOCKS).toEpochMilli());
    }

    /** Records from this id on were stored long after the time that is asked for. */
    private long lastReceivedBefore(RecordFilter filter) throws SQLException {
        return filter.to() == null
                ? Long.MAX_VALUE
                : sql.number(
                        "SELECT coalesce((SELECT id FROM tick WHERE at >= ? ORDER BY at LIMIT 1), " + Long.MAX_VALUE
                                + ")",
                        filter.to().plus(CLOCKS).toEpochMilli());
    }

    @Nullable
    ArchivedRecord show(long id) throws SQLException {
        List<Told> told = told(List.of(id), ConsumerPositions.all(connection));
        return told.isEmpty() ? null : told.get(0).record();
    }

    /** A record with what has become of it. */
    private record Told(ArchivedRecord record, List<Long> subjects) {}

    private record Place(long id, String consumer) {

        static Place of(ResultSet row) throws SQLException {
            return new Place(row.getLong("id"), row.getString("consumer"));
        }
    }

    /** Those of some records that are kept, newest first. */
    private List<Told> told(List<Long> ids, Map<String, ConsumerPositions> consumers) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        Long[] wanted = Sql.array(ids);
        String[] names = consumers.keySet().toArray(String[]::new);
        Map<Place, List<FailedAttempt>> failures = new HashMap<>();
        sql.rows(
                row -> failures.computeIfAbsent(Place.of(row), same -> new ArrayList<>())
                        .add(new FailedAttempt(
                                row.getInt("number"),
                                Instant.ofEpochMilli(row.getLong("at")),
                                row.getString("reason"))),
                FAILURES,
                wanted,
                names);
        Map<Place, ConsumerState> deliveries = new HashMap<>();
        sql.rows(
                row -> deliveries.put(Place.of(row), delivered(row, failures.getOrDefault(Place.of(row), List.of()))),
                DELIVERIES,
                wanted,
                names);
        List<Told> told = new ArrayList<>();
        for (Stored stored : sql.rows(Stored::of, RECORDS, (Object) wanted)) {
            List<ConsumerState> states = new ArrayList<>();
            consumers.forEach((name, positions) -> {
                Place place = new Place(stored.record().id().value(), name);
                ConsumerState state = state(
                        stored,
                        positions.of(stored.share()),
                        name,
                        deliveries.get(place),
                        failures.getOrDefault(place, List.of()));
                if (state != null) {
                    states.add(state);
                }
            });
            told.add(new Told(stored.record().with(states), stored.subjects()));
        }
        return told;
    }

    private static ConsumerState delivered(ResultSet row, List<FailedAttempt> failures) throws SQLException {
        return new ConsumerState(
                row.getString("consumer"),
                State.ofCode(row.getInt("state")).recordState(),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("changed_at")),
                Sql.instant(row, "not_before"),
                HandlerNames.split(row.getString("succeeded")),
                row.getString("reason"),
                failures);
    }

    /** Absent where the record is not assigned to the consumer. */
    private static @Nullable ConsumerState state(
            Stored stored,
            Positions positions,
            String consumer,
            @Nullable ConsumerState delivered,
            List<FailedAttempt> failures) {
        if (!positions.isAssigned(stored.record(), stored.subjects())) {
            return null;
        }
        if (delivered != null) {
            return delivered;
        }
        RecordState state = positions.stateOf(stored.record());
        if (state == null) {
            return null;
        }
        return stored.isErased() && state == RecordState.WAITING
                ? ConsumerState.of(consumer, RecordState.DISCARDED, Delivery.ERASED, failures)
                : ConsumerState.of(consumer, state, null, failures);
    }

    byte @Nullable [] payload(long id) throws SQLException {
        return sql.<byte[]>first(
                row -> row.getBytes(1),
                "SELECT body FROM payload JOIN record ON record.id = payload.id WHERE payload.id = ? AND NOT erased",
                id);
    }

    Map<RecordState, Long> deliveries(String consumer) throws SQLException {
        Map<RecordState, Long> counts = new EnumMap<>(RecordState.class);
        sql.rows(
                row -> counts.put(State.ofCode(row.getInt(1)).recordState(), row.getLong(2)),
                "SELECT state, count(*) FROM delivery WHERE consumer = ? GROUP BY state",
                consumer);
        return counts;
    }

    /** Counting many would take seconds. */
    Map<String, Long> fields() throws SQLException {
        boolean areMany =
                sql.number("SELECT reltuples::bigint FROM pg_class WHERE oid = 'record'::regclass") > MOST_COUNTED;
        Map<String, Long> counts = new TreeMap<>();
        sql.rows(row -> counts.put(row.getString(1), row.getLong(2)), areMany ? ESTIMATE_SOURCES : COUNT_SOURCES);
        return counts;
    }

    /** What all tables and indexes take. */
    long bytes() throws SQLException {
        return sql.number("SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class"
                + " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace");
    }
}
