package dev.ackbox.dispatch;

import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.model.json.UnknownPart;
import java.time.Duration;

/** What dispatch counts. Called by many threads at once; must be quick and must not throw. */
public interface DispatchObserver {

    /** Counts nothing. */
    DispatchObserver NONE = new DispatchObserver() {

        @Override
        public void screened(String endpoint, Screening screening) {}

        @Override
        public void called(String field, String handler, CallOutcome outcome, Duration duration) {}

        @Override
        public void unknown(String field, UnknownPart part) {}
    };

    /** What a call of a handler came to. */
    enum CallOutcome {
        COMPLETED,
        FAILED,
        /** It was interrupted, and failed. */
        TIMED_OUT,
        /** It ignored its interruption, and may still run. */
        ABANDONED
    }

    /** Why a record came to no handler. */
    enum Screening {
        /** Nobody wants it. */
        SKIPPED,
        /** It should not have come to its endpoint. */
        QUARANTINED
    }

    /** A record of an endpoint comes to no handler. */
    void screened(String endpoint, Screening screening);

    /** A handler was called. */
    void called(String field, String handler, CallOutcome outcome, Duration duration);

    /**
     * A handler threw; comes before {@link #called}. What it threw may hold personal data, so nobody but a test
     * may show it.
     */
    default void threw(InboxRecord received, String handler, Throwable thrown) {}

    /** Something in a payload of a field was not known. */
    void unknown(String field, UnknownPart part);
}
