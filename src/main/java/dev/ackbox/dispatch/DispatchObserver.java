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

    /** Why a record was settled without a handler. */
    enum Screening {
        /** Nobody wants it. */
        SKIPPED,
        /** It should not have come to its endpoint. */
        QUARANTINED
    }

    /** A record of an endpoint is settled without a handler. */
    void screened(String endpoint, Screening screening);

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
