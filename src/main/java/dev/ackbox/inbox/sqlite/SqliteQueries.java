package dev.ackbox.inbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Queries that give numbers. */
final class SqliteQueries {

    private final Connection connection;

    SqliteQueries(Connection connection) {
        this.connection = connection;
    }

    /** The first column. */
    List<Long> numbers(String sql, List<?> parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                select.setObject(i + 1, parameters.get(i));
            }
            List<Long> numbers = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
            return numbers;
        }
    }

    List<Long> numbers(String sql, Object... parameters) throws SQLException {
        return numbers(sql, List.of(parameters));
    }

    long number(String sql, Object... parameters) throws SQLException {
        return numbers(sql, parameters).get(0);
    }
}
