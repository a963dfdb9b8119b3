package dev.ackbox.dispatch;

import dev.ackbox.model.UnknownPart;
import java.time.Duration;

/** What dispatch counts. Called by many threads at once; must be quick and must not throw. */
public interface DispatchObserver {

    /** What a call of a handler came to. */
    enum CallOutcome {
        COMPLETED,
        FAILED,
        TIMED_OUT
    }

    /** What a record came to. */
    enum RecordOutcome {
        COMPLETED,
        DEAD
    }

    /** A handler was called. */
    void called(String field, String handler, CallOutcome outcome, Duration duration);

    /**
     * A record is settled for good.
     *
     * @param latency since it was received
     */
    void settled(String field, RecordOutcome outcome, Duration latency);

    /** Something in a payload of a field was not known. */
    void unknown(String field, UnknownPart part);
}
