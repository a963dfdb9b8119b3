package dev.ackbox.dispatch;

import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One attempt at a record: which handlers are still to be called, and what the calls came to. Used by one thread at a time. */
final class Attempt {

    /** Stands among the handlers that have succeeded, so that a requeue does not forget it. No handler has this name. */
    static final String BUILT_IN_STAGE = "built-in stage";

    /** Handlers may ask for more than a clock or a database can say. */
    private static final Duration LONGEST_DELAY = Duration.ofDays(365);

    /** A record with many elements has as many failures; a few tell what is wrong. */
    private static final int MAX_REASONS = 10;

    private final InboxRecord received;
    private final List<Invocation> toCall;
    private final Set<String> succeeded;
    private final List<String> reasons = new ArrayList<>();
    private int failures;
    private int next;
    private boolean permanent;
    private boolean followsSchedule;
    private Duration delay = Duration.ZERO;

    /**
     * Begins an attempt.
     *
     * @param invocations all that the record is for; those that have succeeded are left out here
     */
    Attempt(InboxRecord received, List<Invocation> invocations) {
        this.received = received;
        this.succeeded = new HashSet<>(received.succeeded());
        this.toCall = invocations.stream()
                .filter(invocation -> !received.succeeded().contains(invocation.name()))
                .toList();
    }

    InboxRecord received() {
        return received;
    }

    int number() {
        return received.failedAttempts() + 1;
    }

    /** What to call next; absent where all have been called. */
    @Nullable
    Invocation current() {
        return next < toCall.size() ? toCall.get(next) : null;
    }

    /** The names of all that have succeeded, in this attempt or before. */
    Set<String> succeeded() {
        return Set.copyOf(succeeded);
    }

    /** The built-in stage has seen the record. */
    void observed() {
        succeeded.add(BUILT_IN_STAGE);
    }

    void succeeded(Invocation invocation) {
        succeeded.add(invocation.name());
        next++;
    }

    /** Notes a failure; the other handlers are called all the same. */
    void failed(Invocation invocation, String reason) {
        followsSchedule = true;
        note(invocation, reason);
    }

    private void note(Invocation invocation, String reason) {
        failures++;
        if (reasons.size() < MAX_REASONS) {
            reasons.add(invocation.name() + ": " + reason);
        }
        next++;
    }

    void failedForGood(Invocation invocation, String reason) {
        permanent = true;
        note(invocation, reason);
    }

    void failedUntil(Invocation invocation, String reason, Duration delay) {
        this.delay = longer(delay, this.delay);
        note(invocation, reason);
    }

    boolean hasFailed() {
        return failures > 0;
    }

    /** How the attempt ends, now that all handlers have been called. */
    Outcome outcome(RetrySchedule schedule, Instant now) {
        if (failures == 0) {
            return new Outcome.Completed();
        }
        String reason = reason();
        if (permanent || schedule.isLast(number())) {
            return new Outcome.Dead(succeeded, reason);
        }
        // One handler's short delay must not use up the attempts of another one.
        Duration backoff = followsSchedule ? longer(delay, schedule.delayAfter(number())) : delay;
        Duration bounded = backoff.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : backoff;
        return new Outcome.Retry(now.plus(bounded), succeeded, reason);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private String reason() {
        String reason = String.join("; ", reasons);
        return failures == reasons.size() ? reason : reason + "; and " + (failures - reasons.size()) + " more";
    }
}
