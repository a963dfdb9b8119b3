package dev.ackbox.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a record for a consumer.
 *
 * @param consumer its name
 * @param state as it was written last; progress is written some milliseconds after it is made
 * @param failedAttempts how many attempts have failed, since the last requeue where there was one; 0 once it is completed
 * @param changedAt when it came into this state; absent where it is waiting or completed
 * @param nextAttempt when it is tried again; absent where no time is set
 * @param succeeded names of the handlers that have succeeded; empty where it is waiting or completed
 * @param reason what failed last, or why it was discarded; absent where neither has happened, or once it is completed
 * @param failures all failed attempts in their order, the last 100
 */
public record ConsumerState(
        String consumer,
        RecordState state,
        int failedAttempts,
        @Nullable Instant changedAt,
        @Nullable Instant nextAttempt,
        Set<String> succeeded,
        @Nullable String reason,
        List<FailedAttempt> failures) {

    /** Earlier failures are not shown. */
    public static final int MAX_FAILURES = 100;

    /** Of a record that the consumer has kept nothing of but failures. */
    public static ConsumerState of(
            String consumer, RecordState state, @Nullable String reason, List<FailedAttempt> failures) {
        return new ConsumerState(consumer, state, 0, null, null, Set.of(), reason, failures);
    }

    public ConsumerState {
        succeeded = Set.copyOf(succeeded);
        failures = List.copyOf(failures);
    }
}
