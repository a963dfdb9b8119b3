package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.engine.Retention;
import dev.ackbox.inbox.sqlite.SqliteWriter.StoreRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Deletes what retention has left of a record for the sake of a delivery, when that delivery ends. */
final class LeftOvers {

    private final PreparedStatement countDeliveries;
    private final PreparedStatement deletePayload;
    private final PreparedStatement deleteKey;
    private final PreparedStatement deleteRecord;
    private final PreparedStatement deleteAttempts;
    private final PreparedStatement deleteNotes;
    private final PreparedStatement selectField;

    LeftOvers(Connection connection) throws SQLException {
        this.countDeliveries = connection.prepareStatement(
                "SELECT count(*) FILTER (WHERE state < 3), count(*) FROM delivery WHERE id = ?");
        this.deletePayload = connection.prepareStatement("DELETE FROM payload WHERE id = ?");
        this.deleteKey =
                connection.prepareStatement("DELETE FROM seen WHERE key = (SELECT key FROM record WHERE id = ?)");
        this.deleteRecord = connection.prepareStatement("DELETE FROM record WHERE id = ?");
        this.deleteAttempts = connection.prepareStatement("DELETE FROM attempt WHERE id = ?");
        this.deleteNotes = connection.prepareStatement("DELETE FROM note WHERE id = ?");
        this.selectField = connection.prepareStatement(
                "SELECT field FROM record JOIN source ON source.id = record.source WHERE record.id = ?");
    }

    void delete(long id, StoreRow row) throws SQLException {
        boolean isErased = id <= row.erasedThrough || isErasedByField(id, row);
        if (!isErased && id > row.attemptsThrough) {
            return;
        }
        long needingPayload;
        long all;
        countDeliveries.setLong(1, id);
        try (ResultSet rows = countDeliveries.executeQuery()) {
            rows.next();
            needingPayload = rows.getLong(1);
            all = rows.getLong(2);
        }
        if (isErased && needingPayload == 0) {
            execute(deletePayload, id);
        }
        if (all == 0 && id <= row.deletedThrough) {
            execute(deleteKey, id);
            execute(deleteRecord, id);
            execute(deleteNotes, id);
        }
        if (all == 0 && id <= Math.max(row.deletedThrough, row.attemptsThrough)) {
            execute(deleteAttempts, id);
        }
    }

    private boolean isErasedByField(long id, StoreRow row) throws SQLException {
        if (row.erasedThroughOf.values().stream().noneMatch(through -> id <= through)) {
            return false;
        }
        selectField.setLong(1, id);
        try (ResultSet rows = selectField.executeQuery()) {
            return rows.next() && id <= row.erasedThroughOf.getOrDefault(Retention.keyOf(rows.getString(1)), 0L);
        }
    }

    private static void execute(PreparedStatement statement, long id) throws SQLException {
        statement.setLong(1, id);
        statement.executeUpdate();
    }
}
