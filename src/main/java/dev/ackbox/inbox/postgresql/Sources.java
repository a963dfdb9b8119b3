package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.engine.HashedRecord;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code source}. A row that is there never changes, so what is known stays known. New ones are committed before the batch: were
 * they part of it, replicas that both meet the same one for the first time would wait for each other.
 */
final class Sources {

    private static final String INSERT =
            "INSERT INTO source (endpoint, field, kind, account, phone_number) VALUES (?, ?, ?, ?, ?)"
                    + " ON CONFLICT DO NOTHING";

    private static final String SELECT = "SELECT id FROM source WHERE endpoint = ? AND field = ?"
            + " AND kind IS NOT DISTINCT FROM ? AND account IS NOT DISTINCT FROM ? AND phone_number IS NOT DISTINCT FROM ?";

    private final PostgresDatabase database;
    private final Map<Key, Integer> known = new ConcurrentHashMap<>();

    Sources(PostgresDatabase database) {
        this.database = database;
    }

    private record Key(
            String endpoint,
            String field,
            @Nullable String kind,
            @Nullable String account,
            @Nullable String phoneNumber) {

        static Key of(NewRecord record) {
            return new Key(record.endpoint(), record.field(), record.kind(), record.account(), record.phoneNumber());
        }
    }

    /** Ids of sources. */
    interface Ids {

        int of(NewRecord record);
    }

    /** The ids of the sources of all records. */
    Ids of(List<HashedRecord> records) throws SQLException {
        for (HashedRecord next : records) {
            Key key = Key.of(next.record());
            if (!known.containsKey(key)) {
                known.put(key, database.onConnection(connection -> id(new Sql(connection), key)));
            }
        }
        return record -> known.getOrDefault(Key.of(record), 0);
    }

    private static int id(Sql sql, Key key) throws SQLException {
        sql.update(INSERT, key.endpoint(), key.field(), key.kind(), key.account(), key.phoneNumber());
        return (int) sql.number(SELECT, key.endpoint(), key.field(), key.kind(), key.account(), key.phoneNumber());
    }
}
