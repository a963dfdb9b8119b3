package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.RecordFilter.Source;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.engine.Delivery.State;
import dev.ackbox.inbox.engine.HashedFilter;
import dev.ackbox.inbox.engine.ReplayDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the index that leaves the fewest candidates of a filter:
 *
 * <ol>
 *   <li>ids;
 *   <li>the key;
 *   <li>a subject: message before user before group;
 *   <li>a state that has a row, then waiting;
 *   <li>the source, unless it stands for many;
 *   <li>otherwise all records.
 * </ol>
 *
 * <p>The server applies what else is asked for to a window of what the index gives, since few of many may match. A window is small at first
 * and grows.
 */
final class CandidateSearch {

    private static final int FIRST_WINDOW = Candidates.MAX_CHUNK;
    private static final int GROWTH = 4;
    private static final int LARGEST_WINDOW = 25_600;

    /** Where each of several parts of an index gives a window. */
    private static final int LARGEST_WINDOW_OF_EACH = 1_600;

    private static final int MOST_SOURCES = 64;
    private static final int MOST_GAPS = 2_000;

    /** Takes a window of candidates, as many as stand at its end, and says which of them match. */
    private static final String WINDOW = "WITH candidate AS MATERIALIZED (%s ORDER BY id DESC LIMIT %d)"
            + " SELECT (SELECT count(*) FROM candidate), (SELECT min(id) FROM candidate),"
            + " ARRAY(SELECT record.id FROM candidate JOIN record ON record.id = candidate.id WHERE true%s"
            + " ORDER BY record.id DESC LIMIT " + Candidates.MAX_CHUNK + ") AS ids";

    private final Sql sql;
    private final ConsumerPositions positions;
    private final HashedFilter hashed;
    private final RecordFilter filter;
    private int window = FIRST_WINDOW;

    CandidateSearch(Sql sql, ConsumerPositions positions, HashedFilter hashed) {
        this.sql = sql;
        this.positions = positions;
        this.hashed = hashed;
        this.filter = hashed.filter();
    }

    Candidates candidates() throws SQLException {
        Integer @Nullable [] sources = sources(filter.source());
        Conditions conditions = conditions(hashed, sources);
        ReplayDefinition replay = positions.replay();
        if (replay == null || filter.state() == null) {
            return candidates(conditions, sources);
        }
        Conditions both = conditions.and(
                conditions(replay.filter(), sources(replay.filter().filter().source())));
        Candidates found = candidates(both, sources);
        return (after, below) -> found.next(after, Math.min(below, replay.end() + 1));
    }

    private static Conditions conditions(HashedFilter filter, Integer @Nullable [] sources) {
        RecordFilter anywhere = filter.filter().from(Source.ANY);
        return Conditions.of(new HashedFilter(anywhere, filter.subjects())).and("record.source = ANY(?)", sources);
    }

    /** Absent where any will do. */
    private Integer @Nullable [] sources(Source source) throws SQLException {
        if (source.equals(Source.ANY)) {
            return null;
        }
        Conditions wanted = Conditions.NONE
                .and("endpoint = ?", source.endpoint())
                .and("field = ?", source.field())
                .and("account = ?", source.account())
                .and("phone_number = ?", source.phoneNumber());
        return sql.rows(
                        row -> row.getInt(1),
                        "SELECT id FROM source WHERE true" + wanted.sql(),
                        wanted.parameters().toArray())
                .toArray(Integer[]::new);
    }

    private Candidates candidates(Conditions conditions, Integer @Nullable [] sources) {
        RecordState state = filter.state();
        if (!filter.ids().isEmpty()) {
            Long[] ids = filter.ids().stream().map(InboxRecordId::value).toArray(Long[]::new);
            return windows(
                    conditions, LARGEST_WINDOW, "SELECT id FROM record WHERE id = ANY(?) AND id < ?", (Object) ids);
        }
        if (filter.key() != null) {
            return windows(conditions, LARGEST_WINDOW, "SELECT id FROM seen WHERE key = ? AND id < ?", (Object)
                    filter.key().toBytes());
        }
        if (!hashed.subjects().isEmpty()) {
            return about(conditions, hashed.mostSelectiveSubject());
        }
        if (state == RecordState.WAITING) {
            return waiting(conditions);
        }
        if (state != null && state != RecordState.COMPLETED) {
            return windows(
                    conditions,
                    LARGEST_WINDOW,
                    "SELECT id FROM delivery WHERE consumer = ? AND state = ? AND id < ?",
                    filter.consumer(),
                    State.of(state).code());
        }
        if (sources != null && sources.length <= MOST_SOURCES) {
            return from(conditions, sources);
        }
        return state == RecordState.COMPLETED ? completed(conditions) : all(conditions, "");
    }

    /**
     * Windows of an index.
     *
     * @param index gives ids below one, which is its last parameter; where it has parts, so many of each as it is formatted with
     */
    private Candidates windows(Conditions conditions, int largest, String index, Object... parameters) {
        return (after, below) -> {
            List<Object> all = new ArrayList<>(Arrays.asList(parameters));
            all.add(below);
            return window(conditions, largest, index, all);
        };
    }

    private Candidates.Chunk window(Conditions conditions, int largest, String index, List<Object> parameters)
            throws SQLException {
        record Found(int looked, long lowest, List<Long> ids) {}
        int size = nextWindow(largest);
        List<Object> all = new ArrayList<>(parameters);
        all.addAll(conditions.parameters());
        Found found = Objects.requireNonNull(sql.first(
                row -> new Found(row.getInt(1), row.getLong(2), Sql.numbers(row, "ids")),
                WINDOW.formatted(index.formatted(size), size, conditions.sql()),
                all.toArray()));
        return chunk(found.ids(), found.looked() < size ? 0 : found.lowest());
    }

    private static Candidates.Chunk chunk(List<Long> ids, long through) {
        return new Candidates.Chunk(ids, ids.size() < Candidates.MAX_CHUNK ? through : ids.get(ids.size() - 1));
    }

    private int nextWindow(int largest) {
        int size = Math.min(window, largest);
        window = Math.min(window * GROWTH, LARGEST_WINDOW);
        return size;
    }

    /** Run by run: within each one an index gives the few that are about the subject. */
    private Candidates about(Conditions conditions, long subject) {
        return (after, below) -> {
            Long newest = sql.first(row -> row.getLong(1), "SELECT run FROM lookup ORDER BY run DESC LIMIT 1");
            if (newest == null) {
                return new Candidates.Chunk(List.of(), 0);
            }
            return window(
                    conditions,
                    LARGEST_WINDOW,
                    "SELECT about.id FROM generate_series(least(?, (? - 1) >> 16), (SELECT min(run) FROM lookup), -1) AS run"
                            + " CROSS JOIN LATERAL (SELECT id FROM lookup WHERE lookup.run = run.run AND subject = ? AND id < ?"
                            + " ORDER BY id DESC) AS about",
                    List.of(newest, below, subject, below));
        };
    }

    /** From what is not passed of each share and lane, merged. */
    private Candidates waiting(Conditions conditions) {
        List<ConsumerPositions.Gap> gaps = positions.gaps();
        return (after, below) -> {
            List<ConsumerPositions.Gap> open =
                    gaps.stream().filter(gap -> gap.ids().after() < below - 1).toList();
            List<ConsumerPositions.Gap> newest = open.subList(0, Math.min(open.size(), MOST_GAPS));
            long others = open.size() > MOST_GAPS ? open.get(MOST_GAPS).ids().before() : 0;
            Candidates.Chunk chunk = window(
                    conditions,
                    LARGEST_WINDOW_OF_EACH,
                    "SELECT open.id FROM unnest(?, ?, ?, ?) AS gap(share, lane, after, before) CROSS JOIN LATERAL"
                            + " (SELECT id FROM record WHERE share = gap.share AND lane = gap.lane AND id > gap.after"
                            + " AND id < gap.before AND id < ? ORDER BY id DESC LIMIT %d) AS open",
                    List.of(
                            newest.stream().map(ConsumerPositions.Gap::share).toArray(Integer[]::new),
                            newest.stream().map(gap -> gap.lane().code()).toArray(Integer[]::new),
                            newest.stream().map(gap -> gap.ids().after()).toArray(Long[]::new),
                            newest.stream().map(gap -> gap.ids().before()).toArray(Long[]::new),
                            below));
            return new Candidates.Chunk(
                    chunk.ids().stream().filter(id -> id >= others).toList(), Math.max(chunk.through(), others));
        };
    }

    private Candidates from(Conditions conditions, Integer[] sources) {
        return windows(
                conditions,
                LARGEST_WINDOW_OF_EACH,
                "SELECT of_source.id FROM unnest(?) AS wanted(source) CROSS JOIN LATERAL (SELECT id FROM record"
                        + " WHERE record.source = wanted.source AND id < ? ORDER BY id DESC LIMIT %d) AS of_source",
                (Object) sources);
    }

    /** Without what has a row, so that many dead letters beside each other are passed at once. */
    private Candidates completed(Conditions conditions) {
        Candidates others =
                all(conditions, " EXCEPT SELECT id FROM delivery WHERE consumer = ? AND id > ? AND id <= ?");
        long last = positions.lastCompleted();
        return (after, below) -> others.next(after, Math.min(below, last + 1));
    }

    private Candidates all(Conditions conditions, String except) {
        return (after, below) -> {
            Long top = sql.first(
                    row -> row.getLong(1), "SELECT id FROM record WHERE id < ? ORDER BY id DESC LIMIT 1", below);
            if (top == null) {
                return new Candidates.Chunk(List.of(), 0);
            }
            long low = Math.max(after, top - nextWindow(LARGEST_WINDOW));
            List<Object> parameters = new ArrayList<>(List.of(low, top));
            parameters.addAll(conditions.parameters());
            if (!except.isEmpty()) {
                parameters.addAll(List.of(filter.consumer(), low, top));
            }
            return chunk(
                    sql.numbers(
                            "SELECT record.id FROM record WHERE record.id > ? AND record.id <= ?" + conditions.sql()
                                    + except + " ORDER BY 1 DESC LIMIT " + Candidates.MAX_CHUNK,
                            parameters.toArray()),
                    low + 1);
        };
    }
}
