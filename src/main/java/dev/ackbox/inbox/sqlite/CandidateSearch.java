package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.RecordFilter.Source;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.engine.Delivery.State;
import dev.ackbox.inbox.engine.HashedFilter;
import dev.ackbox.inbox.engine.Positions;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the index that leaves the fewest candidates of a filter:
 *
 * <ol>
 *   <li>ids;
 *   <li>the key;
 *   <li>a subject: message before user before group;
 *   <li>a state that the store keeps a row for, then waiting;
 *   <li>the source;
 *   <li>completed;
 *   <li>otherwise all records.
 * </ol>
 *
 * <p>Keys, subjects and sources of the newest records have no index yet; these records are looked through, which are some ten
 * thousand at most.
 */
final class CandidateSearch {

    private final SqliteQueries queries;
    private final Positions positions;
    private final long indexedThrough;
    private final long deletedThrough;

    CandidateSearch(SqliteQueries queries, Positions positions) throws SQLException {
        this.queries = queries;
        this.positions = positions;
        this.indexedThrough = queries.number("SELECT indexed_through FROM store");
        this.deletedThrough = queries.number("SELECT deleted_through FROM store");
    }

    Candidates of(HashedFilter hashed) {
        RecordFilter filter = hashed.filter();
        if (!filter.ids().isEmpty()) {
            return withIds(filter.ids());
        }
        if (filter.key() != null) {
            return withKey(filter.key());
        }
        if (!hashed.subjects().isEmpty()) {
            return about(hashed.mostSelectiveSubject());
        }
        RecordState state = filter.state();
        if (state == RecordState.WAITING) {
            return this::waitingBelow;
        }
        if (state != null && state != RecordState.COMPLETED) {
            return inState(filter.consumer(), State.of(state));
        }
        if (!filter.source().equals(Source.ANY)) {
            return from(filter.source());
        }
        return state == null ? this::allBelow : completed(filter.consumer());
    }

    private static Candidates withIds(Set<InboxRecordId> ids) {
        List<Long> newestFirst = ids.stream()
                .map(InboxRecordId::value)
                .sorted(Comparator.reverseOrder())
                .toList();
        return below -> Candidates.Chunk.of(
                newestFirst.stream()
                        .filter(id -> id < below)
                        .limit(Candidates.MAX_CHUNK)
                        .toList(),
                0);
    }

    private Candidates withKey(IdempotencyKey key) {
        return below -> new Candidates.Chunk(
                queries.numbers(
                        "SELECT id FROM seen WHERE key = ?1 AND id < ?2"
                                + " UNION SELECT id FROM record WHERE id > ?3 AND id < ?2 AND key = ?1",
                        key.toBytes(),
                        below,
                        indexedThrough),
                0);
    }

    /**
     * By the index. The newest records are not in it yet. The oldest are no longer in it, and only those that have a delivery are left of
     * them: few, so that they are looked at one by one.
     */
    private Candidates about(long subject) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(subject).array();
        return below -> {
            if (below - 1 > indexedThrough) {
                return withSubject(bytes, indexedThrough, below);
            }
            if (below - 1 > deletedThrough) {
                return Candidates.Chunk.of(
                        queries.numbers(
                                "SELECT lookup.id FROM run CROSS JOIN lookup ON lookup.run = run.number"
                                        + " WHERE lookup.subject = ? AND lookup.id > ? AND lookup.id < ?"
                                        + " ORDER BY run.number DESC, lookup.id DESC LIMIT " + Candidates.MAX_CHUNK,
                                subject,
                                deletedThrough,
                                below),
                        deletedThrough + 1);
            }
            return withSubject(
                    bytes,
                    queries.number(
                            "SELECT coalesce((SELECT id FROM record WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET "
                                    + Candidates.MAX_WINDOW + "), 0)",
                            below),
                    below);
        };
    }

    private Candidates.Chunk withSubject(byte[] subject, long after, long before) throws SQLException {
        return Candidates.Chunk.of(
                queries.numbers(
                        "SELECT id FROM record WHERE id > ? AND id < ? AND instr(subjects, ?) > 0"
                                + " ORDER BY id DESC LIMIT " + Candidates.MAX_CHUNK,
                        after,
                        before,
                        subject),
                after <= 0 ? 0 : after + 1);
    }

    private Candidates inState(String consumer, State state) {
        return below -> Candidates.Chunk.of(
                queries.numbers(
                        "SELECT id FROM delivery WHERE consumer = ? AND state = ? AND id < ? ORDER BY id DESC LIMIT "
                                + Candidates.MAX_CHUNK,
                        consumer,
                        state.code(),
                        below),
                0);
    }

    private Candidates.Chunk allBelow(long below) throws SQLException {
        return Candidates.Chunk.of(
                queries.numbers(
                        "SELECT id FROM record WHERE id < ? ORDER BY id DESC LIMIT " + Candidates.MAX_CHUNK, below),
                0);
    }

    /** What is passed and has no delivery. Ranges of deliveries are counted, which takes less than looking at each. */
    private Candidates completed(String consumer) {
        return id -> {
            long below = Math.min(id, positions.end());
            long after = Math.max(0, below - 1 - Candidates.MAX_WINDOW);
            long deliveries = queries.number(
                    "SELECT count(*) FROM delivery WHERE consumer = ? AND state IN (0, 1, 2, 3) AND id > ? AND id < ?",
                    consumer,
                    after,
                    below);
            List<Long> ids = deliveries == below - 1 - after
                    ? List.of()
                    : queries.numbers(
                            "SELECT id FROM record WHERE id > ? AND id < ? AND NOT EXISTS"
                                    + " (SELECT 1 FROM delivery WHERE delivery.id = record.id AND consumer = ?)"
                                    + " ORDER BY id DESC LIMIT " + Candidates.MAX_CHUNK,
                            after,
                            below,
                            consumer);
            return Candidates.Chunk.of(ids, after <= 0 ? 0 : after + 1);
        };
    }

    /** From the gaps of each lane, merged. */
    private Candidates.Chunk waitingBelow(long below) throws SQLException {
        List<Long> ids = new ArrayList<>();
        for (Lane lane : Lane.values()) {
            ids.addAll(waitingBelow(lane, below));
        }
        return Candidates.Chunk.of(
                ids.stream()
                        .sorted(Comparator.reverseOrder())
                        .limit(Candidates.MAX_CHUNK)
                        .toList(),
                0);
    }

    private List<Long> waitingBelow(Lane lane, long below) throws SQLException {
        List<Long> ids = new ArrayList<>();
        for (Positions.Gap gap : positions.gaps(lane)) {
            if (ids.size() < Candidates.MAX_CHUNK && gap.after() < below) {
                ids.addAll(queries.numbers(
                        "SELECT id FROM record WHERE lane = ? AND id > ? AND id < ? ORDER BY id DESC LIMIT ?",
                        lane.code(),
                        gap.after(),
                        Math.min(below, gap.before()),
                        Candidates.MAX_CHUNK - ids.size()));
            }
        }
        return ids;
    }

    /** Passes runs that have no record of the source. What lies below the oldest run is looked through window by window. */
    private Candidates from(Source source) {
        Map<String, String> wanted = new LinkedHashMap<>();
        put(wanted, "endpoint", source.endpoint());
        put(wanted, "field", source.field());
        put(wanted, "account", source.account());
        put(wanted, "phone_number", source.phoneNumber());
        String condition = String.join(
                " AND ", wanted.keySet().stream().map(column -> column + " = ?").toList());
        List<String> values = List.copyOf(wanted.values());
        return below -> {
            if (below - 1 > indexedThrough) {
                return window(condition, values, indexedThrough, below);
            }
            List<Long> runs =
                    queries.numbers("SELECT number FROM run WHERE last_id >= ? ORDER BY number LIMIT 1", below - 1);
            long oldest = queries.number("SELECT coalesce(min(number), 0) FROM run");
            if (runs.isEmpty() || runs.get(0) == oldest) {
                return window(condition, values, Math.max(0, below - 1 - Candidates.MAX_WINDOW), below);
            }
            long run = latestRun(condition, values, runs.get(0));
            if (run <= oldest) {
                return new Candidates.Chunk(List.of(), lastId(oldest) + 1);
            }
            return window(
                    condition,
                    values,
                    queries.number("SELECT last_id FROM run WHERE number < ? ORDER BY number DESC LIMIT 1", run),
                    Math.min(below, lastId(run) + 1));
        };
    }

    private static void put(Map<String, String> wanted, String column, @Nullable String value) {
        if (value != null) {
            wanted.put(column, value);
        }
    }

    private long lastId(long run) throws SQLException {
        return queries.number("SELECT last_id FROM run WHERE number = ?", run);
    }

    /** The latest run, up to one, that has a record of the source; 0 where none has. */
    private long latestRun(String condition, List<String> values, long through) throws SQLException {
        List<Object> parameters = new ArrayList<>();
        parameters.add(through);
        parameters.addAll(values);
        return queries.numbers(
                        "SELECT coalesce(max((SELECT max(run) FROM run_source WHERE run_source.source = source.id"
                                + " AND run <= ?)), 0) FROM source WHERE " + condition,
                        parameters)
                .get(0);
    }

    private Candidates.Chunk window(String condition, List<String> values, long after, long before)
            throws SQLException {
        List<Object> parameters = new ArrayList<>(List.of(after, before));
        parameters.addAll(values);
        return Candidates.Chunk.of(
                queries.numbers(
                        "SELECT id FROM record WHERE id > ? AND id < ? AND source IN (SELECT id FROM source WHERE "
                                + condition + ") ORDER BY id DESC LIMIT " + Candidates.MAX_CHUNK,
                        parameters),
                after <= 0 ? 0 : after + 1);
    }
}
