package dev.ackbox.process;

import java.time.Instant;

/**
 * A call of a handler in one of several replicas.
 *
 * @param replica number of the replica
 * @param attempt from 1
 * @param begin when it began
 * @param wasOwned whether the handler was told at its beginning that the call counts
 * @param end when it ended, or else when its process did
 * @param isOwned whether the handler was told at its end that the call counts; false where it did not come to its end
 * @param isDone whether it succeeded
 */
record Call(
        int replica,
        long recordId,
        int attempt,
        Instant begin,
        boolean wasOwned,
        Instant end,
        boolean isOwned,
        boolean isDone) {

    Call ended(Instant time, boolean isOwnedThen, boolean succeeded) {
        return new Call(replica, recordId, attempt, begin, wasOwned, time, isOwnedThen, succeeded);
    }
}
