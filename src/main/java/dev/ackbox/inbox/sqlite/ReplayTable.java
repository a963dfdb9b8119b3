package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.RecordFilter.Source;
import dev.ackbox.inbox.engine.HashedFilter;
import dev.ackbox.inbox.engine.ReplayDefinition;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table {@code replay}. */
final class ReplayTable {

    private ReplayTable() {}

    static void insert(Connection connection, ReplayDefinition replay) throws SQLException {
        RecordFilter filter = replay.filter().filter();
        Source source = filter.source();
        execute(
                connection,
                "INSERT INTO consumer (name, target, important, paused, forgotten, start_id, unused)"
                        + " VALUES (?, ?, 0, 0, 0, ?, 0)",
                replay.consumer(),
                ConsumerDefinition.HANDLERS.name(),
                replay.after());
        execute(
                connection,
                "INSERT INTO replay (consumer, created_at, end_id, records, handler, rate, description, ids, key, subjects,"
                        + " endpoint, field, account, phone_number, from_time, to_time)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                replay.consumer(),
                replay.createdAt().toEpochMilli(),
                replay.end(),
                replay.records(),
                replay.handler(),
                replay.rate(),
                replay.description(),
                bytes(filter.ids().stream().map(InboxRecordId::value).toList()),
                filter.key() == null ? null : filter.key().toBytes(),
                bytes(replay.filter().subjects()),
                source.endpoint(),
                source.field(),
                source.account(),
                source.phoneNumber(),
                filter.from() == null ? null : filter.from().toEpochMilli(),
                filter.to() == null ? null : filter.to().toEpochMilli());
    }

    private static byte @Nullable [] bytes(Collection<Long> numbers) {
        if (numbers.isEmpty()) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * numbers.size());
        numbers.forEach(bytes::putLong);
        return bytes.array();
    }

    static void delete(Connection connection, String consumer) throws SQLException {
        execute(connection, "DELETE FROM replay WHERE consumer = ?", consumer);
    }

    private static void execute(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    static List<ReplayDefinition> all(Connection connection) throws SQLException {
        List<ReplayDefinition> replays = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT replay.*, start_id FROM replay JOIN consumer ON consumer.name = replay.consumer");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                replays.add(new ReplayDefinition(
                        rows.getString("consumer"),
                        Instant.ofEpochMilli(rows.getLong("created_at")),
                        filter(rows),
                        rows.getLong("start_id"),
                        rows.getLong("end_id"),
                        rows.getLong("records"),
                        rows.getString("handler"),
                        rows.getInt("rate"),
                        rows.getString("description")));
            }
        }
        return replays;
    }

    private static HashedFilter filter(ResultSet rows) throws SQLException {
        Set<InboxRecordId> ids = new HashSet<>();
        KeyIndex.subjects(rows.getBytes("ids")).forEach(id -> ids.add(new InboxRecordId(id)));
        byte[] key = rows.getBytes("key");
        RecordFilter filter = new RecordFilter(
                ConsumerDefinition.HANDLERS.name(),
                ids,
                null,
                key == null ? null : IdempotencyKey.fromBytes(key),
                List.of(),
                new Source(
                        rows.getString("endpoint"),
                        rows.getString("field"),
                        rows.getString("account"),
                        rows.getString("phone_number")),
                instant(rows, "from_time"),
                instant(rows, "to_time"));
        return new HashedFilter(filter, KeyIndex.subjects(rows.getBytes("subjects")));
    }

    private static @Nullable Instant instant(ResultSet rows, String column) throws SQLException {
        return rows.getObject(column) == null ? null : Instant.ofEpochMilli(rows.getLong(column));
    }
}
