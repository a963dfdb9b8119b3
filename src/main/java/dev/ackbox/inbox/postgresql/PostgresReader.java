package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.DeadLetter;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.engine.Due;
import dev.ackbox.inbox.engine.HandlerNames;
import dev.ackbox.inbox.engine.HashedFilter;
import dev.ackbox.inbox.engine.Page;
import dev.ackbox.inbox.engine.Part;
import dev.ackbox.inbox.engine.Share;
import dev.ackbox.inbox.engine.Tail;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reader's queries on a connection. Each sees one state of the database. */
final class PostgresReader {

    /** Of a lane, where a filter asks for some of the records. */
    private static final int MOST_LOOKED_AT = 5_000;

    private static final String RECORD =
            "record.id, record.key, endpoint, field, record.lane, record.conversation, received_at, erased";

    /** What a record costs in memory beside its payload, as {@link InboxRecord#footprint} has it. */
    private static final String FOOTPRINT = "coalesce(octet_length(body) + 400, 0)";

    /** The server adds up sizes, so that payloads beyond the limit are not sent. */
    private static final String BEFORE = "coalesce(sum(" + FOOTPRINT
            + ") OVER (ORDER BY %s ROWS BETWEEN UNBOUNDED PRECEDING" + " AND 1 PRECEDING), 0) AS before";

    /**
     * One row is looked up for each record. Without the offset the server may read a whole table in place of that: a plan that it has made
     * for small tables is used for large ones, too.
     */
    private static final String SOURCE =
            " CROSS JOIN LATERAL (SELECT endpoint, field FROM source WHERE source.id = record.source OFFSET 0) AS source";

    /** As {@link #SOURCE}, under further conditions. */
    private static final String PAYLOAD =
            " LEFT JOIN LATERAL (SELECT body FROM payload WHERE payload.id = record.id%s OFFSET 0) AS payload ON true";

    private static final String PAGE = "SELECT * FROM (SELECT " + RECORD + ", body, count(*) OVER () AS found, "
            + BEFORE.formatted("record.id")
            + " FROM (SELECT record.* FROM record JOIN source ON source.id = record.source"
            + " WHERE share = ? AND lane = ? AND record.id > ? AND record.id <= ?%s ORDER BY record.id LIMIT ?) AS record"
            + SOURCE + PAYLOAD.formatted("") + ") AS page WHERE before < ? ORDER BY id";

    private static final String DELIVERED = RECORD
            + ", delivery.attempts, delivery.succeeded, delivery.not_before, delivery.changed_at, delivery.reason";

    private static final String JOINED =
            " FROM delivery CROSS JOIN LATERAL (SELECT * FROM record WHERE record.id = delivery.id OFFSET 0) AS record"
                    + SOURCE + PAYLOAD.formatted("");

    /** Of what is not due yet, the server sends the time alone. */
    private static final String DUE =
            "SELECT id, key, endpoint, field, lane, conversation, received_at, attempts, succeeded, not_before,"
                    + " is_due, CASE WHEN is_due THEN body END AS sent"
                    + " FROM (SELECT *, before < ? AND not_before <= ? AS is_due FROM (SELECT "
                    + DELIVERED + ", body, " + BEFORE.formatted("not_before, record.id") + JOINED
                    + " WHERE consumer = ? AND delivery.share = ? AND delivery.lane = ? AND state = 1 AND NOT delivery.id = ANY(?)"
                    + " ORDER BY not_before, delivery.id LIMIT ?) AS waiting) AS due ORDER BY not_before, id";

    private static final String HELD = "SELECT *, body AS sent FROM (SELECT " + DELIVERED + ", body, "
            + BEFORE.formatted("record.id") + JOINED
            + " WHERE consumer = ? AND delivery.share = ? AND delivery.lane = ? AND delivery.conversation = ?"
            + " AND state = 0 AND NOT delivery.id = ANY(?) ORDER BY delivery.id LIMIT ?) AS held"
            + " WHERE before < ? ORDER BY id";

    private static final String DEAD = "SELECT " + DELIVERED + ", body AS sent" + JOINED
            + " WHERE consumer = ? AND state = 2 AND state >= 2"
            + " ORDER BY delivery.changed_at DESC, delivery.id DESC LIMIT ?";

    /** A range of ids, whatever the server's statistics say; the index of shares would be read from the beginning of each share. */
    private static final String TAIL =
            "SELECT *, CASE WHEN before < ? THEN body END AS sent FROM (SELECT " + RECORD + ", record.share, body, "
                    + BEFORE.formatted("record.id")
                    + " FROM record" + SOURCE
                    + PAYLOAD.formatted(" AND octet_length(body) <= ? AND NOT erased AND NOT record.id = ANY(?)")
                    + " WHERE record.id > ? AND record.id <= ? AND record.share + 0 = ANY(?)) AS tail ORDER BY id";

    private static final String OLDEST_WAITING = "SELECT min(received_at) AS oldest FROM (SELECT first.received_at"
            + " FROM unnest(?, ?, ?) AS part(share, lane, after) CROSS JOIN LATERAL (SELECT received_at FROM record"
            + " WHERE record.share = part.share AND record.lane = part.lane AND record.id > part.after ORDER BY id LIMIT 1) AS first"
            + " UNION ALL SELECT (SELECT received_at FROM record WHERE record.id = (SELECT min(id) FROM delivery"
            + " WHERE consumer = ? AND delivery.share = held.share AND state < 2)) FROM unnest(?) AS held(share)) AS waiting";

    private static final byte[] NO_PAYLOAD = {};

    private final Connection connection;
    private final Sql sql;

    PostgresReader(Connection connection) {
        this.connection = connection;
        this.sql = new Sql(connection);
    }

    /**
     * All in one round trip.
     *
     * @param horizon of this thread
     */
    Tail tail(Horizon horizon, Set<Integer> shares, long after, Set<Long> known) throws SQLException {
        horizon.hurry(connection);
        long end = after + Tail.IDS;
        try (PreparedStatement statement = connection.prepareStatement(Horizon.NOTE + "; " + TAIL)) {
            sql.set(
                    statement,
                    Tail.BYTES,
                    Tail.SMALL_BYTES,
                    Sql.array(known),
                    after,
                    end,
                    shares.toArray(Integer[]::new));
            statement.execute();
            long decided = horizon.take(statement);
            List<Tail.Item> items = new ArrayList<>();
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    items.add(item(rows));
                }
            }
            return new Tail(items, Math.min(end, decided), end, horizon.taken() > end);
        }
    }

    private static Tail.Item item(ResultSet row) throws SQLException {
        byte[] payload = row.getBytes("sent");
        return new Tail.Item(
                row.getLong("id"),
                new Part(row.getInt("share"), Lane.ofCode(row.getInt("lane"))),
                payload == null ? null : inboxRecord(row, payload, 0, Set.of()));
    }

    /** As arrays. */
    private record Parts(Integer[] shares, Integer[] lanes, Long[] after) {

        static Parts of(Map<Part, Long> after) {
            List<Map.Entry<Part, Long>> parts = List.copyOf(after.entrySet());
            return new Parts(
                    parts.stream().map(next -> next.getKey().share()).toArray(Integer[]::new),
                    parts.stream().map(next -> next.getKey().lane().code()).toArray(Integer[]::new),
                    parts.stream().map(Map.Entry::getValue).toArray(Long[]::new));
        }
    }

    /** @param horizon of this thread */
    Page read(
            Horizon horizon,
            Share share,
            Lane lane,
            @Nullable HashedFilter filter,
            long after,
            long through,
            int records,
            long bytes)
            throws SQLException {
        long decided = horizon.decided(connection);
        long end = filter == null ? through : windowEnd(share, lane, after, through);
        Conditions conditions = filter == null ? Conditions.NONE : Conditions.of(filter);
        List<@Nullable Object> parameters = new ArrayList<>(List.of(share.number(), lane.code(), after, end));
        parameters.addAll(conditions.parameters());
        parameters.addAll(List.of(records, bytes));
        PageBuilder page = new PageBuilder();
        sql.rows(page::add, PAGE.formatted(conditions.sql()), parameters.toArray());
        return page.build(decided, end, records);
    }

    /** Few records of many may match a filter, and other consumers must not wait until they are found. */
    private long windowEnd(Share share, Lane lane, long after, long through) throws SQLException {
        Long end = sql.first(
                row -> row.getLong(1),
                "SELECT id FROM record WHERE share = ? AND lane = ? AND id > ? AND id <= ? ORDER BY id LIMIT 1 OFFSET "
                        + MOST_LOOKED_AT,
                share.number(),
                lane.code(),
                after,
                through);
        return end == null ? through : end;
    }

    /** Gathers the rows of a page. */
    private static final class PageBuilder {

        private final List<InboxRecord> records = new ArrayList<>();
        private final List<Long> gone = new ArrayList<>();
        private final List<InboxRecord> erased = new ArrayList<>();
        private long found;
        private long lastId;

        boolean add(ResultSet row) throws SQLException {
            byte[] payload = row.getBytes("body");
            boolean isErased = row.getBoolean("erased");
            lastId = row.getLong("id");
            found = row.getLong("found");
            if (payload != null && !isErased) {
                return records.add(inboxRecord(row, payload, 0, Set.of()));
            }
            if (isErased) {
                erased.add(inboxRecord(row, NO_PAYLOAD, 0, Set.of()));
            }
            return gone.add(lastId);
        }

        Page build(long decided, long end, int limit) {
            int read = records.size() + gone.size();
            boolean isCut = read == limit || read < found;
            return new Page(records, gone, erased, Math.min(decided, isCut ? lastId : end), isCut || end < decided);
        }
    }

    Due due(String consumer, Share share, Lane lane, Instant now, Set<Long> except, int records, long bytes)
            throws SQLException {
        DueBuilder due = new DueBuilder(records);
        sql.rows(
                due::addIfDue,
                DUE,
                bytes,
                now.toEpochMilli(),
                consumer,
                share.number(),
                lane.code(),
                Sql.array(except),
                records + 1);
        return due.build();
    }

    /** Gathers the rows of deliveries. */
    private static final class DueBuilder {

        private final List<InboxRecord> records = new ArrayList<>();
        private final List<InboxRecord> gone = new ArrayList<>();
        private final int limit;
        private @Nullable Instant next;

        DueBuilder(int limit) {
            this.limit = limit;
        }

        boolean addIfDue(ResultSet row) throws SQLException {
            if (next == null && row.getBoolean("is_due") && records.size() + gone.size() < limit) {
                return add(row);
            }
            next = next == null ? Sql.instant(row, "not_before") : next;
            return false;
        }

        boolean add(ResultSet row) throws SQLException {
            return (row.getBytes("sent") == null ? gone : records).add(delivered(row));
        }

        Due build() {
            return new Due(records, gone, next);
        }
    }

    Due held(String consumer, Share share, Lane lane, long conversation, Set<Long> except, int records, long bytes)
            throws SQLException {
        DueBuilder held = new DueBuilder(records);
        sql.rows(
                held::add,
                HELD,
                consumer,
                share.number(),
                lane.code(),
                conversation,
                Sql.array(except),
                records,
                Math.max(1, bytes));
        return held.build();
    }

    List<DeadLetter> deadLetters(String consumer, int limit) throws SQLException {
        return sql.rows(
                row -> new DeadLetter(
                        delivered(row), Instant.ofEpochMilli(row.getLong("changed_at")), row.getString("reason")),
                DEAD,
                consumer,
                limit);
    }

    List<LatestValue> latestValues() throws SQLException {
        return sql.rows(
                row -> new LatestValue(row.getString(1), Instant.ofEpochMilli(row.getLong(2)), row.getBytes(3)),
                "SELECT key, time, value FROM latest_value ORDER BY key COLLATE \"C\"");
    }

    Optional<byte[]> note(long recordId, String name) throws SQLException {
        return Optional.ofNullable(
                sql.first(row -> row.getBytes(1), "SELECT value FROM note WHERE id = ? AND name = ?", recordId, name));
    }

    @Nullable
    Instant oldestWaiting(String consumer, Map<Part, Long> after) throws SQLException {
        Parts parts = Parts.of(after);
        return sql.<@Nullable Instant>first(
                row -> Sql.instant(row, "oldest"),
                OLDEST_WAITING,
                parts.shares(),
                parts.lanes(),
                parts.after(),
                consumer,
                Arrays.stream(parts.shares()).distinct().toArray(Integer[]::new));
    }

    private static InboxRecord delivered(ResultSet row) throws SQLException {
        byte[] payload = row.getBytes("sent");
        return inboxRecord(
                row,
                payload == null ? NO_PAYLOAD : payload,
                row.getInt("attempts"),
                HandlerNames.split(row.getString("succeeded")));
    }

    private static InboxRecord inboxRecord(ResultSet row, byte[] payload, int attempts, Set<String> succeeded)
            throws SQLException {
        return new InboxRecord(
                new InboxRecordId(row.getLong("id")),
                IdempotencyKey.fromBytes(row.getBytes("key")),
                row.getString("endpoint"),
                row.getString("field"),
                Lane.ofCode(row.getInt("lane")),
                row.getLong("conversation"),
                Instant.ofEpochMilli(row.getLong("received_at")),
                payload,
                attempts,
                succeeded);
    }
}
