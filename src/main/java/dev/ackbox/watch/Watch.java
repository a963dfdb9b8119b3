package dev.ackbox.watch;

import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.model.Change;

/** Sees each record once, before its handlers. May be called from any thread. */
@FunctionalInterface
public interface Watch {

    /** Does nothing. */
    Watch NONE = (received, change) -> {};

    /**
     * Counts a record, tells the operator about it, and keeps what it says about an account. Call it on the first attempt
     * only, and not again after a requeue: a record that is observed twice counts twice. The state of accounts is the same after the second time.
     *
     * @throws RuntimeException where the state could not be stored; the record is counted and logged by then
     */
    void observe(InboxRecord received, Change<?> change);
}
