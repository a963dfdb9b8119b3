package dev.ackbox.dispatch;

import dev.ackbox.dispatch.DispatchObserver.CallOutcome;
import dev.ackbox.dispatch.DispatchObserver.RecordOutcome;
import dev.ackbox.dispatch.DispatchObserver.Screening;
import dev.ackbox.handlers.ChangeContext;
import dev.ackbox.handlers.PermanentFailureException;
import dev.ackbox.handlers.RetryLaterException;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Settlement;
import dev.ackbox.model.Change;
import dev.ackbox.model.ChangeReader;
import dev.ackbox.model.ReadChange;
import dev.ackbox.model.UnreadablePayloadException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt at a record: reads it, calls the handlers that have not succeeded yet, settles it. */
final class AttemptRunner {

    private static final Logger log = LoggerFactory.getLogger(AttemptRunner.class);

    private final ChangeReader reader = new ChangeReader();
    private final Screen screen;
    private final HandlerRegistry handlers;
    private final Inbox inbox;
    private final RetrySchedule schedule;
    private final HandlerWatch watch;
    private final DispatchObserver observer;
    private final Clock clock;
    private volatile boolean stopping;

    AttemptRunner(
            Screen screen,
            HandlerRegistry handlers,
            Inbox inbox,
            RetrySchedule schedule,
            HandlerWatch watch,
            DispatchObserver observer,
            Clock clock) {
        this.screen = screen;
        this.handlers = handlers;
        this.inbox = inbox;
        this.schedule = schedule;
        this.watch = watch;
        this.observer = observer;
        this.clock = clock;
    }

    /** No call is begun from now on; failures are the stop's doing, are not settled, and count as no attempt. */
    void stopping() {
        stopping = true;
    }

    /** Returns false where a call was abandoned; then another thread goes on, and this one has nothing more to do. */
    boolean run(InboxRecord claimed, LaneDispatcher lane) {
        return guarded(claimed, () -> readAndCall(claimed, lane));
    }

    /** Calls the handlers that are left; returns like {@link #run}. */
    boolean runOn(Attempt attempt, LaneDispatcher lane) {
        return guarded(attempt.claimed(), () -> callAll(attempt, lane));
    }

    /** What goes wrong outside of a handler, such as a lack of memory while reading, costs an attempt and nothing else. */
    private boolean guarded(InboxRecord claimed, BooleanSupplier work) {
        try {
            return work.getAsBoolean();
        } catch (Throwable ex) {
            int attempt = claimed.failedAttempts() + 1;
            String reason = "the attempt itself failed: " + Failure.describe(ex);
            settle(
                    claimed,
                    attempt,
                    schedule.isLast(attempt)
                            ? new Settlement.Dead(claimed.succeeded(), reason)
                            : new Settlement.Retry(
                                    clock.instant().plus(schedule.delayAfter(attempt)), claimed.succeeded(), reason));
            return true;
        }
    }

    private boolean readAndCall(InboxRecord claimed, LaneDispatcher lane) {
        ReadChange read;
        try {
            read = reader.read(claimed.payload());
        } catch (UnreadablePayloadException ex) {
            settle(claimed, 1, new Settlement.Dead(Set.of(), String.valueOf(ex.getMessage())));
            return true;
        }
        if (claimed.failedAttempts() == 0) {
            read.unknown().forEach(part -> observer.unknown(claimed.field(), part));
        }
        Change<?> change = read.change();
        Screen.Verdict verdict = screen.of(claimed.endpoint(), change);
        if (verdict instanceof Screen.Verdict.Quarantine quarantine) {
            observer.screened(claimed.endpoint(), Screening.QUARANTINED);
            settle(claimed, 1, new Settlement.Dead(Set.of(), "quarantined, " + quarantine.reason()));
            return true;
        }
        if (verdict instanceof Screen.Verdict.Skip) {
            observer.screened(claimed.endpoint(), Screening.SKIPPED);
            settle(claimed, 1, new Settlement.Completed());
            return true;
        }
        return callAll(new Attempt(claimed, change, handlers.handlersOf(change.value())), lane);
    }

    private boolean callAll(Attempt attempt, LaneDispatcher lane) {
        for (RegisteredHandler handler = attempt.current(); handler != null; handler = attempt.current()) {
            if (stopping) {
                return true;
            }
            if (!call(attempt, handler, lane)) {
                return false;
            }
        }
        if (!(stopping && attempt.hasFailed())) {
            settle(attempt.claimed(), attempt.number(), attempt.settlement(schedule, clock.instant()));
        }
        return true;
    }

    private boolean call(Attempt attempt, RegisteredHandler handler, LaneDispatcher lane) {
        HandlerCall call = new HandlerCall(attempt, handler);
        Throwable thrown = null;
        watch.begin(call, lane);
        try {
            handler.call(attempt.change(), context(attempt));
        } catch (Throwable ex) { // an Error of a handler's library must not end the worker either
            thrown = ex;
        } finally {
            watch.end(call);
        }
        if (!call.returned()) {
            lane.cameBack();
            return false;
        }
        note(attempt, handler, thrown);
        observer.called(
                attempt.claimed().field(),
                handler.name(),
                thrown == null ? CallOutcome.COMPLETED : CallOutcome.FAILED,
                Duration.ofNanos(call.elapsedNanos()));
        return true;
    }

    private static ChangeContext context(Attempt attempt) {
        InboxRecord claimed = attempt.claimed();
        return new ChangeContext(
                claimed.id().value(),
                claimed.key().toString(),
                claimed.endpoint(),
                claimed.receivedAt(),
                attempt.number());
    }

    private static void note(Attempt attempt, RegisteredHandler handler, @Nullable Throwable thrown) {
        if (thrown == null) {
            attempt.succeeded(handler);
        } else if (thrown instanceof PermanentFailureException permanent) {
            attempt.failedForGood(handler, String.valueOf(permanent.getMessage()));
        } else if (thrown instanceof RetryLaterException later) {
            attempt.failedUntil(handler, "asked to be called again in " + later.delay(), later.delay());
        } else {
            attempt.failed(handler, Failure.describe(thrown));
        }
    }

    /** Settles last: whatever fails before that may settle the record in its turn. */
    private void settle(InboxRecord claimed, int attempt, Settlement settlement) {
        report(claimed, attempt, settlement);
        inbox.settle(claimed, settlement);
    }

    private void report(InboxRecord claimed, int attempt, Settlement settlement) {
        Instant now = clock.instant();
        if (settlement instanceof Settlement.Retry retry) {
            log.warn(
                    "Record {} failed in attempt {} and is tried again at {}: {}",
                    claimed.id(),
                    attempt,
                    retry.notBefore(),
                    retry.reason());
            return;
        }
        RecordOutcome outcome = RecordOutcome.COMPLETED;
        if (settlement instanceof Settlement.Dead dead) {
            outcome = RecordOutcome.DEAD;
            log.error("Record {} is a dead letter after attempt {}: {}", claimed.id(), attempt, dead.reason());
        }
        observer.settled(claimed.field(), outcome, Duration.between(claimed.receivedAt(), now));
    }
}
