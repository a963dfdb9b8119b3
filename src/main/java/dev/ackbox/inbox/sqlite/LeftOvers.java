package dev.ackbox.inbox.sqlite;

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

    LeftOvers(Connection connection) throws SQLException {
        this.countDeliveries = connection.prepareStatement(
                "SELECT count(*) FILTER (WHERE state < 3), count(*) FROM delivery WHERE id = ?");
        this.deletePayload = connection.prepareStatement("DELETE FROM payload WHERE id = ?");
        this.deleteKey =
                connection.prepareStatement("DELETE FROM seen WHERE key = (SELECT key FROM record WHERE id = ?)");
        this.deleteRecord = connection.prepareStatement("DELETE FROM record WHERE id = ?");
        this.deleteAttempts = connection.prepareStatement("DELETE FROM attempt WHERE id = ?");
        this.deleteNotes = connection.prepareStatement("DELETE FROM note WHERE id = ?");
    }

    void delete(long id, StoreRow row) throws SQLException {
        if (id > row.erasedThrough) {
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
        if (needingPayload == 0) {
            execute(deletePayload, id);
        }
        if (all == 0 && id <= row.deletedThrough) {
            execute(deleteKey, id);
            execute(deleteRecord, id);
            execute(deleteAttempts, id);
            execute(deleteNotes, id);
        }
    }

    private static void execute(PreparedStatement statement, long id) throws SQLException {
        statement.setLong(1, id);
        statement.executeUpdate();
    }
}
