package dev.ackbox.inbox.sqlite;

import java.sql.SQLException;
import java.util.List;

/** Ids of records that may be what is asked for, newest first, some at a time. Each query behind it is bounded. */
interface Candidates {

    /** So many ids at a time, at most. */
    int MAX_CHUNK = 200;

    /** Of records that no index covers, so many are looked at in one query. */
    int MAX_WINDOW = 8_192;

    /** The next ones below an id. */
    Chunk below(long id) throws SQLException;

    /**
     * Some of them.
     *
     * @param ids newest first
     * @param through none is missing from here on; 0 where there are no others
     */
    record Chunk(List<Long> ids, long through) {

        /** From a query that gives {@link #MAX_CHUNK} ids at most, all of them from {@code through} on. */
        static Chunk of(List<Long> ids, long through) {
            return new Chunk(ids, ids.size() < MAX_CHUNK ? through : ids.get(ids.size() - 1));
        }
    }
}
