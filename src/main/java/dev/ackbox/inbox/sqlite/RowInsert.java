package dev.ackbox.inbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;

/** Inserts rows of a table, some with each statement: the call of a statement costs about as much as a small row. */
final class RowInsert {

    private static final int ROWS = 8;

    private final PreparedStatement one;
    private final PreparedStatement several;
    private final int columns;

    /**
     * Prepares the statements.
     *
     * @param into what stands before {@code VALUES}
     * @param columns how many values a row has
     */
    RowInsert(Connection connection, String into, int columns) throws SQLException {
        String row = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
        this.one = connection.prepareStatement(into + " VALUES " + row);
        this.several =
                connection.prepareStatement(into + " VALUES " + String.join(", ", Collections.nCopies(ROWS, row)));
        this.columns = columns;
    }

    /** Sets the values of a row. */
    interface Values {

        /**
         * Sets those of one row.
         *
         * @param before the number of the parameter before the first one of the row
         */
        void set(PreparedStatement statement, int before, int row) throws SQLException;
    }

    /** Inserts so many rows. */
    void insert(int rows, Values values) throws SQLException {
        int together = rows - rows % ROWS;
        for (int row = 0; row < together; row++) {
            values.set(several, row % ROWS * columns, row);
            if (row % ROWS == ROWS - 1) {
                several.addBatch();
            }
        }
        for (int row = together; row < rows; row++) {
            values.set(one, 0, row);
            one.addBatch();
        }
        several.executeBatch();
        one.executeBatch();
    }
}
