package dev.ackbox.test;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a record stands: one message, status or other item that was sent to Ackbox.
 *
 * @param id names it in logs and in {@code Received}
 * @param field Meta's name of its field
 * @param state what it has come to so far
 * @param attempts how many attempts were begun
 * @param nextAttempt when it is attempted again; absent unless it has {@link State#FAILED}
 * @param reason what failed last, as an operator sees it; absent unless an attempt failed
 * @param exception what a handler threw last; absent where none threw
 */
public record HandledRecord(
        long id,
        String field,
        State state,
        int attempts,
        @Nullable Instant nextAttempt,
        @Nullable String reason,
        @Nullable Throwable exception) {

    /** What a record has come to. */
    public enum State {
        /** An attempt is under way. */
        IN_WORK,
        /** Every handler for it has succeeded. */
        HANDLED,
        /** A handler failed; another attempt comes when it is time. */
        FAILED,
        /** Ackbox gave it up, and keeps it as a dead letter. */
        DEAD
    }

    HandledRecord begun(int attempt) {
        return new HandledRecord(id, field, State.IN_WORK, attempt, null, reason, exception);
    }

    HandledRecord thrown(Throwable thrown) {
        return new HandledRecord(id, field, state, attempts, nextAttempt, reason, thrown);
    }

    HandledRecord handled() {
        return new HandledRecord(id, field, State.HANDLED, attempts, null, reason, exception);
    }

    HandledRecord failed(Instant again, String why) {
        return new HandledRecord(id, field, State.FAILED, attempts, again, why, exception);
    }

    HandledRecord dead(String why) {
        return new HandledRecord(id, field, State.DEAD, attempts, null, why, exception);
    }

    /** Whether nothing happens to it before a time. */
    boolean restsAt(Instant now) {
        return state == State.HANDLED
                || state == State.DEAD
                || (state == State.FAILED && nextAttempt != null && nextAttempt.isAfter(now));
    }
}
