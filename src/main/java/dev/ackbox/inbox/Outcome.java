package dev.ackbox.inbox;

import java.time.Instant;
import java.util.Set;

/** How an attempt at a record ended. */
public sealed interface Outcome {

    /** Every handler has succeeded. */
    record Completed() implements Outcome {}

    /**
     * The record comes again.
     *
     * @param notBefore not earlier than this
     * @param succeeded names of all handlers that have succeeded so far; they are not called again
     * @param reason what failed, without personal data
     */
    record Retry(Instant notBefore, Set<String> succeeded, String reason) implements Outcome {

        public Retry {
            succeeded = Set.copyOf(succeeded);
        }
    }

    /**
     * The record becomes a dead letter and does not come again.
     *
     * @param succeeded names of the handlers that have succeeded
     * @param reason what failed, without personal data
     */
    record Dead(Set<String> succeeded, String reason) implements Outcome {

        public Dead {
            succeeded = Set.copyOf(succeeded);
        }
    }
}
