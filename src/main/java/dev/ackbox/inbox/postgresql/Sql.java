package dev.ackbox.inbox.postgresql;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements on a connection. A parameter is text, a number, a truth value, bytes, or an array of numbers, texts or bytes.
 */
final class Sql {

    private final Connection connection;

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** What is made of a row. */
    interface Row<T extends @Nullable Object> {

        T read(ResultSet row) throws SQLException;
    }

    /** Returns how many rows have changed. */
    int update(String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            return statement.executeUpdate();
        }
    }

    <T extends @Nullable Object> List<T> rows(Row<T> row, String sql, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            List<T> all = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(row.read(rows));
                }
            }
            return all;
        }
    }

    /** The one row, or the first one; absent where there is none. */
    <T extends @Nullable Object> @Nullable T first(Row<T> row, String sql, @Nullable Object... parameters)
            throws SQLException {
        List<T> all = rows(row, sql, parameters);
        return all.isEmpty() ? null : all.get(0);
    }

    List<Long> numbers(String sql, @Nullable Object... parameters) throws SQLException {
        return rows(row -> row.getLong(1), sql, parameters);
    }

    /** The number in the one row. */
    long number(String sql, @Nullable Object... parameters) throws SQLException {
        return numbers(sql, parameters).get(0);
    }

    void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, inDatabase(parameters[i]));
        }
    }

    private @Nullable Object inDatabase(@Nullable Object parameter) throws SQLException {
        if (parameter instanceof Long[] || parameter instanceof long[]) {
            return connection.createArrayOf("bigint", boxed(parameter));
        }
        if (parameter instanceof Integer[] numbers) {
            return connection.createArrayOf("integer", numbers);
        }
        if (parameter instanceof String text) {
            return storable(text);
        }
        if (parameter instanceof @Nullable String[] texts) {
            return connection.createArrayOf(
                    "text",
                    Arrays.stream(texts)
                            .map(text -> text == null ? null : storable(text))
                            .toArray());
        }
        if (parameter instanceof byte[][] bytes) {
            return connection.createArrayOf("bytea", bytes);
        }
        return parameter;
    }

    /** Text here has no zero characters, and no half of a pair of surrogates. */
    private static String storable(String text) {
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return whole.replace('\0', '\uFFFD');
    }

    private static Object[] boxed(Object numbers) {
        return numbers instanceof long[] primitive
                ? Arrays.stream(primitive).boxed().toArray()
                : (Object[]) numbers;
    }

    static Long[] array(Collection<Long> numbers) {
        return numbers.toArray(Long[]::new);
    }

    /** Null where it is empty. */
    static Long @Nullable [] arrayOrNull(Collection<Long> numbers) {
        return numbers.isEmpty() ? null : array(numbers);
    }

    static List<Long> numbers(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((Long[]) array.getArray());
    }

    static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
