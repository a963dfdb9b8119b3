package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Where a handler that ships tells what an operator wants to know: counts, the current state of accounts, and a line in the
 * log. A line names the record and the account, never a user, a phone number or a text. State is kept first: where that
 * fails, the change comes again, and would be counted twice.
 *
 * @param observer what is counted
 * @param state what is kept
 */
record Operator(PlatformObserver observer, AccountState state) {

    void count(PlatformCount count, String... labels) {
        observer.counted(count, labels);
    }

    /** Something that somebody should look after where there is something to do about it, and otherwise happens every day. */
    void tell(Logger log, Change<?> change, ChangeContext context, String what, @Nullable String next) {
        if (next == null) {
            info(log, change, context, what);
        } else {
            warn(log, change, context, what, next);
        }
    }

    /** Something that happens every day. */
    void info(Logger log, Change<?> change, ChangeContext context, String what) {
        log.info(
                "Record {} of endpoint {}: {} of {}, {}",
                context.recordId(),
                context.endpoint(),
                change.field(),
                Labels.id(change.entryId()),
                what);
    }

    /** Something that happens with each message or status: costs next to nothing where the level is off. */
    void debug(Logger log, Change<?> change, ChangeContext context, Supplier<String> what) {
        if (log.isDebugEnabled()) {
            log.debug(
                    "Record {} of endpoint {}: {} of {}, {}",
                    context.recordId(),
                    context.endpoint(),
                    change.field(),
                    Labels.id(change.entryId()),
                    what.get());
        }
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
