package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.RecordState;
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

    /** The reason of what was erased on request. */
    public static final String ERASED = "erased";

    /** The reason of what retention took the payload of. */
    static final String NO_LONGER_KEPT = "no longer kept";

    /** Whether it is an attempt that failed which has led to it. */
    public boolean isFailure() {
        return failedAttempts > 0 && reason != null && !reason.equals(NO_LONGER_KEPT);
    }

    /** Its attempts begin anew, now. */
    public Delivery requeued(Instant now) {
        return new Delivery(id, lane, conversation, State.RETRY, 0, now, now, succeeded, reason);
    }

    /** It is given up. */
    public Delivery discarded(Instant now, String why) {
        return new Delivery(id, lane, conversation, State.DISCARDED, failedAttempts, null, now, succeeded, why);
    }

    /** Its record is erased: neither whom it was about nor why it failed is kept. */
    public Delivery erased(Instant now) {
        return new Delivery(id, lane, 0, State.DISCARDED, failedAttempts, null, now, Set.of(), ERASED);
    }

    /** What a record waits for, or what became of it. */
    public enum State {
        /** For its conversation: earlier records of it are not done. */
        HELD(0, RecordState.HELD),
        /** For its time. */
        RETRY(1, RecordState.RETRYING),
        /** It is a dead letter. */
        DEAD(2, RecordState.DEAD),
        /** It was given up. */
        DISCARDED(3, RecordState.DISCARDED);

        private final int code;
        private final RecordState recordState;

        State(int code, RecordState recordState) {
            this.code = code;
            this.recordState = recordState;
        }

        /** The state of a code. */
        public static State ofCode(int code) {
            for (State state : values()) {
                if (state.code == code) {
                    return state;
                }
            }
            throw new IllegalArgumentException("No state has the code " + code);
        }

        /** The state that is kept of what an operator sees in another one; there is none of what is waiting or completed. */
        public static State of(RecordState seen) {
            for (State state : values()) {
                if (state.recordState == seen) {
                    return state;
                }
            }
            throw new IllegalArgumentException("No delivery is " + seen);
        }

        /** The state in which an operator sees the record. */
        public RecordState recordState() {
            return recordState;
        }

        /** Stands for the state in a database; never changes. */
        public int code() {
            return code;
        }
    }
}
