package dev.ackbox.inbox;

import java.time.Instant;
import java.util.Set;

/** What an attempt at a record came to. */
public sealed interface Settlement {

    /** Every handler is done with it. */
    record Completed() implements Settlement {}

    /**
     * To be handed out once more.
     *
     * @param notBefore not earlier than this
     * @param succeeded names of all handlers that are done with it
     * @param reason what failed, without personal data
     */
    record Retry(Instant notBefore, Set<String> succeeded, String reason) implements Settlement {

        public Retry {
            succeeded = Set.copyOf(succeeded);
        }
    }

    /**
     * Set aside as a dead letter; not handed out again.
     *
     * @param succeeded names of the handlers that were done with it
     * @param reason what failed, without personal data
     */
    record Dead(Set<String> succeeded, String reason) implements Settlement {

        public Dead {
            succeeded = Set.copyOf(succeeded);
        }
    }
}
