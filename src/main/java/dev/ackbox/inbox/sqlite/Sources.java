package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.NewRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where records come from, each combination under a number. Used by the writer alone. */
final class Sources {

    private final Map<Source, Long> numbers = new HashMap<>();

    private record Source(
            String endpoint,
            String field,
            @Nullable String kind,
            @Nullable String account,
            @Nullable String phoneNumber) {}

    /** Reads those that are known. */
    Sources(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT id, endpoint, field, kind, account, phone_number FROM source")) {
            while (rows.next()) {
                numbers.put(
                        new Source(
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getString(5),
                                rows.getString(6)),
                        rows.getLong(1));
            }
        }
    }

    private static Source source(NewRecord next) {
        return new Source(next.endpoint(), next.field(), next.kind(), next.account(), next.phoneNumber());
    }

    /** The number of the source of a record that is stored. */
    long known(NewRecord stored) {
        Long number = numbers.get(source(stored));
        if (number == null) {
            throw new IllegalStateException("The source of a stored record is not known");
        }
        return number;
    }

    /** The number of a record's source; adds the source where it is new. */
    long of(NewRecord next, Connection connection) throws SQLException {
        Source source = source(next);
        Long known = numbers.get(source);
        if (known != null) {
            return known;
        }
        long number = numbers.size() + 1L;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO source (id, endpoint, field, kind, account, phone_number) VALUES (?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, number);
            insert.setString(2, source.endpoint());
            insert.setString(3, source.field());
            insert.setString(4, source.kind());
            insert.setString(5, source.account());
            insert.setString(6, source.phoneNumber());
            insert.executeUpdate();
        }
        numbers.put(source, number);
        return number;
    }
}
