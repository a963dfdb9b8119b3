package dev.ackbox.dispatch;

import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.model.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One attempt at a record: which handlers are still to be called, and what the calls came to. Used by one thread at a time. */
final class Attempt {

    /** Handlers may ask for more than a clock or a database can say. */
    private static final Duration LONGEST_DELAY = Duration.ofDays(365);

    private final InboxRecord received;
    private final Change<?> change;
    private final List<RegisteredHandler> toCall;
    private final Set<String> succeeded;
    private final List<String> failures = new ArrayList<>();
    private int next;
    private boolean permanent;
    private @Nullable Duration delay;

    Attempt(InboxRecord received, Change<?> change, List<RegisteredHandler> handlers) {
        this.received = received;
        this.change = change;
        this.succeeded = new HashSet<>(received.succeeded());
        this.toCall = handlers.stream()
                .filter(handler -> !received.succeeded().contains(handler.name()))
                .toList();
    }

    InboxRecord received() {
        return received;
    }

    Change<?> change() {
        return change;
    }

    int number() {
        return received.failedAttempts() + 1;
    }

    /** The handler to call next; absent where all have been called. */
    @Nullable
    RegisteredHandler current() {
        return next < toCall.size() ? toCall.get(next) : null;
    }

    void succeeded(RegisteredHandler handler) {
        succeeded.add(handler.name());
        next++;
    }

    /** Notes a failure; the other handlers are called all the same. */
    void failed(RegisteredHandler handler, String reason) {
        failures.add(handler.name() + ": " + reason);
        next++;
    }

    void failedForGood(RegisteredHandler handler, String reason) {
        permanent = true;
        failed(handler, reason);
    }

    void failedUntil(RegisteredHandler handler, String reason, Duration delay) {
        this.delay = this.delay == null || delay.compareTo(this.delay) > 0 ? delay : this.delay;
        failed(handler, reason);
    }

    boolean hasFailed() {
        return !failures.isEmpty();
    }

    /** How the attempt ends, now that all handlers have been called. */
    Outcome outcome(RetrySchedule schedule, Instant now) {
        if (failures.isEmpty()) {
            return new Outcome.Completed();
        }
        String reason = String.join("; ", failures);
        if (permanent || schedule.isLast(number())) {
            return new Outcome.Dead(succeeded, reason);
        }
        Duration backoff = delay == null ? schedule.delayAfter(number()) : delay;
        Duration bounded = backoff.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : backoff;
        return new Outcome.Retry(now.plus(bounded), succeeded, reason);
    }
}
