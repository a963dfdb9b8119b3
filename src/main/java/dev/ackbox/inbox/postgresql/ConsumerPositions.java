package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.engine.LaneProgress;
import dev.ackbox.inbox.engine.LaneProgress.Range;
import dev.ackbox.inbox.engine.Positions;
import dev.ackbox.inbox.engine.ReplayDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which records a consumer has passed, by share.
 *
 * @param replay absent where it is none
 */
record ConsumerPositions(
        Map<Integer, Positions> shares, @Nullable ReplayDefinition replay) {

    /** Of a consumer that is not known. */
    static final ConsumerPositions NOTHING = new ConsumerPositions(Map.of(), null);

    private static final String SELECT =
            "SELECT name, start_id, share, lanes FROM consumer" + " JOIN progress ON progress.consumer = consumer.name";

    /** What is not passed of a share and lane. */
    record Gap(int share, Lane lane, Positions.Gap ids) {}

    private record Row(String consumer, long start, int share, byte @Nullable [] lanes) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(row.getString(1), row.getLong(2), row.getInt(3), row.getBytes(4));
        }
    }

    /** Of one consumer. */
    static ConsumerPositions of(String consumer, Connection connection) throws SQLException {
        return byConsumer(new Sql(connection).rows(Row::of, SELECT + " WHERE name = ?", consumer), connection)
                .getOrDefault(consumer, NOTHING);
    }

    /** Of all consumers, by name. */
    static Map<String, ConsumerPositions> all(Connection connection) throws SQLException {
        return byConsumer(new Sql(connection).rows(Row::of, SELECT), connection);
    }

    private static Map<String, ConsumerPositions> byConsumer(List<Row> rows, Connection connection)
            throws SQLException {
        Map<String, ReplayDefinition> replays = ReplayTable.all(connection).stream()
                .collect(Collectors.toMap(ReplayDefinition::consumer, Function.identity()));
        Map<String, ConsumerPositions> all = new TreeMap<>();
        for (Row row : rows) {
            ReplayDefinition replay = replays.get(row.consumer());
            all.computeIfAbsent(row.consumer(), name -> new ConsumerPositions(new TreeMap<>(), replay))
                    .shares()
                    .put(row.share(), Positions.of(row.start(), row.lanes(), replay));
        }
        return all;
    }

    Positions of(int share) {
        return shares.getOrDefault(share, Positions.NOTHING);
    }

    /** No record behind it is completed. */
    long lastCompleted() {
        return shares.values().stream()
                .flatMap(positions -> positions.lanes().values().stream())
                .mapToLong(ConsumerPositions::lastCompleted)
                .max()
                .orElse(0);
    }

    private static long lastCompleted(LaneProgress progress) {
        List<Range> ranges = progress.completed();
        return ranges.isEmpty()
                ? progress.position()
                : ranges.get(ranges.size() - 1).last();
    }

    /** What is not passed, the newest first. */
    List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        shares.forEach((share, positions) -> {
            for (Lane lane : Lane.values()) {
                positions.gaps(lane).forEach(ids -> gaps.add(new Gap(share, lane, ids)));
            }
        });
        gaps.sort(Comparator.comparingLong((Gap gap) -> gap.ids().before()).reversed());
        return gaps;
    }
}
