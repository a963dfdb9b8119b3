package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.RecordFilter.Source;
import dev.ackbox.inbox.engine.HashedFilter;
import dev.ackbox.inbox.engine.ReplayDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table {@code replay}. */
final class ReplayTable {

    private ReplayTable() {}

    static void insert(Connection connection, ReplayDefinition replay) throws SQLException {
        RecordFilter filter = replay.filter().filter();
        Source source = filter.source();
        Sql sql = new Sql(connection);
        sql.update(
                "INSERT INTO consumer (name, target, important, start_id, unassigned) VALUES (?, ?, false, ?, 0)",
                replay.consumer(),
                ConsumerDefinition.HANDLERS.name(),
                replay.after());
        sql.update(
                "INSERT INTO replay (consumer, created_at, end_id, records, handler, rate, description, ids, key, subjects,"
                        + " endpoint, field, account, phone_number, from_time, to_time)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?::bigint[], ?, ?::bigint[], ?, ?, ?, ?, ?::bigint, ?::bigint)",
                replay.consumer(),
                replay.createdAt().toEpochMilli(),
                replay.end(),
                replay.records(),
                replay.handler(),
                replay.rate(),
                replay.description(),
                Sql.arrayOrNull(filter.ids().stream().map(InboxRecordId::value).toList()),
                bytes(filter.key()),
                Sql.arrayOrNull(replay.filter().subjects()),
                source.endpoint(),
                source.field(),
                source.account(),
                source.phoneNumber(),
                Sql.millis(filter.from()),
                Sql.millis(filter.to()));
        new ConsumerTables(connection).defineProgress(replay.consumer());
    }

    private static byte @Nullable [] bytes(@Nullable IdempotencyKey key) {
        return key == null ? null : key.toBytes();
    }

    static List<ReplayDefinition> all(Connection connection) throws SQLException {
        return new Sql(connection)
                .rows(
                        ReplayTable::replay,
                        "SELECT replay.*, start_id FROM replay JOIN consumer ON consumer.name = replay.consumer");
    }

    private static ReplayDefinition replay(ResultSet row) throws SQLException {
        return new ReplayDefinition(
                row.getString("consumer"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                filter(row),
                row.getLong("start_id"),
                row.getLong("end_id"),
                row.getLong("records"),
                row.getString("handler"),
                row.getInt("rate"),
                row.getString("description"));
    }

    private static HashedFilter filter(ResultSet row) throws SQLException {
        Set<InboxRecordId> ids =
                Sql.numbers(row, "ids").stream().map(InboxRecordId::new).collect(Collectors.toSet());
        byte[] key = row.getBytes("key");
        RecordFilter filter = new RecordFilter(
                ConsumerDefinition.HANDLERS.name(),
                ids,
                null,
                key == null ? null : IdempotencyKey.fromBytes(key),
                List.of(),
                new Source(
                        row.getString("endpoint"),
                        row.getString("field"),
                        row.getString("account"),
                        row.getString("phone_number")),
                Sql.instant(row, "from_time"),
                Sql.instant(row, "to_time"));
        return new HashedFilter(filter, Sql.numbers(row, "subjects"));
    }
}
