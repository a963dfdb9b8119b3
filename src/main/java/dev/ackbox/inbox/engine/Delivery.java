package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.Lane;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a store keeps of a record that a consumer's position has passed and that is not completed.
 *
 * @param id of the record
 * @param lane of the record
 * @param conversation of the record
 * @param state what it waits for, or what became of it
 * @param failedAttempts how many attempts have failed
 * @param notBefore when a retry is due; absent in other states
 * @param changedAt when it came into this state
 * @param succeeded names of the handlers that have succeeded
 * @param reason what failed last, or why it was discarded; absent while nothing has
 */
public record Delivery(
        long id,
        Lane lane,
        long conversation,
        State state,
        int failedAttempts,
        @Nullable Instant notBefore,
        Instant changedAt,
        Set<String> succeeded,
        @Nullable String reason) {

    /** What a record waits for, or what became of it. */
    public enum State {
        /** For its conversation: earlier records of it are not done. */
        HELD(0),
        /** For its time. */
        RETRY(1),
        /** It is a dead letter. */
        DEAD(2),
        /** It was given up without an attempt. */
        DISCARDED(3);

        private final int code;

        State(int code) {
            this.code = code;
        }

        /** Stands for the state in a database; never changes. */
        public int code() {
            return code;
        }
    }
}
