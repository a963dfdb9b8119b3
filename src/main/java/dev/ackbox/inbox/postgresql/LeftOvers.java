package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.engine.Retention;
import java.sql.SQLException;

/**
 * Deletes what is kept of records: by retention in the order of ids, and of those that retention has left for the sake of a delivery,
 * when that delivery ends. Neither may miss what the other one does, so one of them waits for the other one.
 *
 * <p>The lock is an advisory one. That has a queue: replicas that write all the time let in who wants it alone. Of a row, those who share
 * its lock do not see who waits.
 */
final class LeftOvers {

    /** The key of the advisory lock. It stands for "kept". */
    private static final long LOCK = 0x6B65_7074L;

    private static final String WITHOUT_DELIVERY =
            " AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.id = record.id)";

    /** A field as settings name it; see {@link Retention#keyOf}. */
    static final String FIELD_KEY = "regexp_replace(lower(source.field), '[^a-z0-9]', '', 'g')";

    private final Sql sql;

    private LeftOvers(Sql sql) {
        this.sql = sql;
    }

    /** For a batch: each record has one owner, so that no other batch ends deliveries of it. */
    static LeftOvers lockShared(Sql sql) throws SQLException {
        sql.rows(row -> LOCK, "SELECT pg_advisory_xact_lock_shared(?)", LOCK);
        return new LeftOvers(sql);
    }

    /** For all others who end deliveries, or delete or change what is kept. */
    static LeftOvers lock(Sql sql) throws SQLException {
        sql.rows(row -> LOCK, "SELECT pg_advisory_xact_lock(?)", LOCK);
        return new LeftOvers(sql);
    }

    /** Deletes what retention has left of records, some of whose deliveries have ended. */
    void delete(Long[] ids) throws SQLException {
        sql.update(
                "DELETE FROM payload USING record JOIN source ON source.id = record.source, store"
                        + " WHERE payload.id = record.id AND record.id = ANY(?)"
                        + " AND record.id <= greatest(store.erased_through, (SELECT erased_through FROM field_retention"
                        + " WHERE field_retention.field = " + FIELD_KEY + "))"
                        + " AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.id = record.id AND state < 3)",
                (Object) ids);
        deleteAttempts(sql.numbers(
                        "SELECT record.id FROM record, store WHERE record.id = ANY(?)"
                                + " AND record.id <= attempts_through" + WITHOUT_DELIVERY,
                        (Object) ids)
                .toArray(Long[]::new));
        deleteRecords(
                sql,
                sql.numbers(
                                "SELECT record.id FROM record, store WHERE record.id = ANY(?)"
                                        + " AND record.id <= deleted_through" + WITHOUT_DELIVERY,
                                (Object) ids)
                        .toArray(Long[]::new));
    }

    private void deleteAttempts(Long[] ids) throws SQLException {
        if (ids.length > 0) {
            sql.update("DELETE FROM attempt WHERE id = ANY(?)", (Object) ids);
        }
    }

    /** Deletes records with all that belongs to them; their payloads are gone. */
    static void deleteRecords(Sql sql, Long[] ids) throws SQLException {
        if (ids.length > 0) {
            sql.update(
                    "DELETE FROM seen USING record WHERE seen.key = record.key AND record.id = ANY(?)", (Object) ids);
            deleteLookups(sql, ids);
            for (String table :
                    new String[] {"record", "attempt", "note"}) { // who keeps a note locks its record first, too
                sql.update("DELETE FROM " + table + " WHERE id = ANY(?)", (Object) ids);
            }
        }
    }

    /** By the whole primary key of each entry: there is no index by record. */
    static void deleteLookups(Sql sql, Long[] ids) throws SQLException {
        sql.update(
                "DELETE FROM lookup USING (SELECT id, unnest(subjects) AS subject FROM record WHERE id = ANY(?)) AS about"
                        + " WHERE lookup.run = about.id >> 16 AND lookup.subject = about.subject AND lookup.id = about.id",
                (Object) ids);
    }
}
