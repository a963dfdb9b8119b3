package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import org.slf4j.Logger;

/**
 * Where a handler that ships tells what an operator wants to know: counts, the current state of accounts, and a line in the
 * log. A line names the record and the account, never a user, a phone number or a text.
 *
 * @param observer what is counted
 * @param state what is kept
 */
record Operator(PlatformObserver observer, AccountState state) {

    void count(PlatformCount count, String... labels) {
        observer.counted(count, labels);
    }

    /** Something that happens every day. */
    void info(Logger log, Change<?> change, ChangeContext context, String what) {
        log.info("Record {} of endpoint {}: {}, {}", context.recordId(), context.endpoint(), change.field(), what);
    }

    /**
     * Something that somebody should look after.
     *
     * @param next what to do about it
     */
    void warn(Logger log, Change<?> change, ChangeContext context, String what, String next) {
        log.warn(
                "Record {} of endpoint {}: {} of {}, {}. {}",
                context.recordId(),
                context.endpoint(),
                change.field(),
                Labels.id(change.entryId()),
                what,
                next);
    }
}
