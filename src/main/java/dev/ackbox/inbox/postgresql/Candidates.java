package dev.ackbox.inbox.postgresql;

import java.sql.SQLException;
import java.util.List;

/** Ids of records that may be what is asked for, newest first, some at a time. Each query behind it is bounded. */
interface Candidates {

    /** So many ids at a time, at most. */
    int MAX_CHUNK = 200;

    /**
     * The next ones.
     *
     * @param after nothing up to this id is wanted
     * @param below nothing from this id on is wanted
     */
    Chunk next(long after, long below) throws SQLException;

    /**
     * Some of them.
     *
     * @param ids newest first
     * @param through none is missing from here on; 0 where there are no others
     */
    record Chunk(List<Long> ids, long through) {}
}
