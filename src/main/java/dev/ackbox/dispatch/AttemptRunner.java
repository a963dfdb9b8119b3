package dev.ackbox.dispatch;

import dev.ackbox.dispatch.DispatchObserver.CallOutcome;
import dev.ackbox.dispatch.DispatchObserver.Screening;
import dev.ackbox.handler.PermanentFailureException;
import dev.ackbox.handler.RetryLaterException;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.Overdue;
import dev.ackbox.inbox.Probe;
import dev.ackbox.model.Change;
import dev.ackbox.model.json.ChangeReader;
import dev.ackbox.model.json.ReadChange;
import dev.ackbox.model.json.UnreadablePayloadException;
import dev.ackbox.watch.Watch;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one attempt at a record: reads it, shows it to the built-in stage if it is the first attempt, calls the handlers that have
 * not succeeded yet, notes the outcome.
 *
 * <p>A handler that takes too long is interrupted. Where it returns after that, its result counts. Where it does not return for a
 * further while, it is abandoned: the attempt goes on without it, on another thread, and so does its conversation.
 */
final class AttemptRunner implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AttemptRunner.class);

    private final ChangeReader reader;
    private final Screen screen;
    private final Watch watch;
    private final HandlerRegistry handlers;
    private final Consumer consumer;
    private final RetrySchedule schedule;
    private final Duration timeout;
    private final Duration abandonAfter;
    private final DispatchObserver observer;
    private final Clock clock;
    private final Overdue<HandlerCall> calls;
    private volatile boolean stopping;

    AttemptRunner(
            ChangeReader reader,
            Screen screen,
            Watch watch,
            HandlerRegistry handlers,
            Consumer consumer,
            RetrySchedule schedule,
            DispatchProperties properties,
            DispatchObserver observer,
            Clock clock) {
        this.reader = reader;
        this.screen = screen;
        this.watch = watch;
        this.handlers = handlers;
        this.consumer = consumer;
        this.schedule = schedule;
        this.timeout = properties.handlerTimeout();
        this.abandonAfter = properties.abandonAfter();
        this.observer = observer;
        this.clock = clock;
        this.calls = new Overdue<>("ackbox-handler-overdue", timeout, this::overdue);
    }

    /** No call is begun from now on; what fails now fails because of the stop, is not noted, and counts as no attempt. */
    void stop() {
        stopping = true;
        calls.forEach(HandlerCall::interrupt);
    }

    /** Returns false where a call was abandoned; then another thread goes on, and this one has nothing more to do. */
    boolean run(InboxRecord received, Workers workers) {
        return guarded(received, received::succeeded, () -> readAndCall(received, workers));
    }

    /** Calls the remaining handlers; returns like {@link #run}. */
    boolean goOn(Attempt attempt, Workers workers) {
        return guarded(attempt.received(), attempt::succeeded, () -> callAll(attempt, workers));
    }

    /**
     * What goes wrong outside of a handler, such as a lack of memory while reading, costs an attempt and nothing else.
     *
     * @param succeeded the handlers that have succeeded by then
     */
    private boolean guarded(InboxRecord received, Supplier<Set<String>> succeeded, BooleanSupplier work) {
        try {
            return work.getAsBoolean();
        } catch (Throwable ex) {
            // First of all, since logging may fail as well.
            Outcome outcome = failure(received, succeeded.get(), "the attempt itself failed: " + Failure.describe(ex));
            consumer.done(received, outcome);
            report(received, received.failedAttempts() + 1, outcome);
            return true;
        }
    }

    /** The outcome of an attempt that failed as a whole. */
    Outcome failure(InboxRecord received, Set<String> succeeded, String reason) {
        int attempt = received.failedAttempts() + 1;
        return schedule.isLast(attempt)
                ? new Outcome.Dead(succeeded, reason)
                : new Outcome.Retry(clock.instant().plus(schedule.delayAfter(attempt)), succeeded, reason);
    }

    private boolean readAndCall(InboxRecord received, Workers workers) {
        int number = received.failedAttempts() + 1;
        if (Probe.isRecognisedBy(received.field())) {
            done(received, number, new Outcome.Completed());
            return true;
        }
        ReadChange read;
        try {
            read = reader.read(received.payload());
        } catch (UnreadablePayloadException ex) {
            done(received, number, new Outcome.Dead(received.succeeded(), String.valueOf(ex.getMessage())));
            return true;
        }
        if (isNew(received)) {
            read.unknown().forEach(part -> observer.unknown(received.field(), part));
        }
        Change<?> change = read.change();
        Screen.Verdict verdict = screen.of(received.endpoint(), change);
        if (verdict instanceof Screen.Verdict.Quarantine quarantine) {
            observer.screened(received.endpoint(), Screening.QUARANTINED);
            done(received, number, new Outcome.Dead(received.succeeded(), "quarantined, " + quarantine.reason()));
            return true;
        }
        if (verdict instanceof Screen.Verdict.Skip) {
            observer.screened(received.endpoint(), Screening.SKIPPED);
            done(received, number, new Outcome.Completed());
            return true;
        }
        boolean observes = isNew(received) && !stopping;
        if (observes) {
            observe(received, change);
        }
        List<Invocation> invocations = handlers.invocationsFor(received, change, () -> consumer.owns(received), clock);
        Attempt attempt = new Attempt(received, invocations);
        if (observes) {
            attempt.observed();
        }
        return goOn(attempt, workers);
    }

    /** Whether nothing has counted it. A replay brings what was counted when it came, and a requeue what was counted before. */
    private boolean isNew(InboxRecord received) {
        return received.failedAttempts() == 0
                && !received.succeeded().contains(Attempt.BUILT_IN_STAGE)
                && handlers.replay() == null;
    }

    /** The built-in stage. Its failure is no reason to keep a record from its handlers, or to call it again. */
    private void observe(InboxRecord received, Change<?> change) {
        try {
            watch.observe(received, change);
        } catch (Throwable ex) { // an Error too
            log.error(
                    "Record {}: counting it, or keeping what it says of an account, failed: {}. Its handlers are called",
                    received.id(),
                    Failure.describe(ex));
        }
    }

    private boolean callAll(Attempt attempt, Workers workers) {
        for (Invocation next = attempt.current(); next != null; next = attempt.current()) {
            if (stopping) {
                return true;
            }
            if (!call(attempt, next, workers)) {
                return false;
            }
        }
        if (!(stopping && attempt.hasFailed())) {
            done(attempt.received(), attempt.number(), attempt.outcome(schedule, clock.instant()));
        }
        return true;
    }

    private boolean call(Attempt attempt, Invocation invocation, Workers workers) {
        HandlerCall call = new HandlerCall(attempt, invocation, workers);
        Throwable thrown = null;
        calls.begin(call);
        try {
            invocation.call();
        } catch (Throwable ex) { // an Error of a handler's library must not end the worker either
            thrown = ex;
        } finally {
            calls.end(call);
        }
        if (!call.returned()) {
            workers.cameBack();
            return false;
        }
        note(attempt, call, thrown);
        return true;
    }

    private void note(Attempt attempt, HandlerCall call, @Nullable Throwable thrown) {
        Invocation invocation = call.invocation();
        CallOutcome outcome = CallOutcome.FAILED;
        if (thrown != null) {
            observer.threw(attempt.received(), call.handler(), thrown);
        }
        if (thrown == null) {
            outcome = CallOutcome.COMPLETED;
            attempt.succeeded(invocation);
        } else if (Failure.find(thrown) instanceof PermanentFailureException permanent) {
            attempt.failedForGood(invocation, Failure.reasonOf(permanent));
        } else if (Failure.find(thrown) instanceof RetryLaterException later) {
            attempt.failedUntil(invocation, Failure.reasonOf(later), later.delay());
        } else if (call.isInterrupted() && !stopping) {
            outcome = CallOutcome.TIMED_OUT;
            attempt.failed(invocation, "took longer than " + timeout + ", then " + Failure.describe(thrown));
        } else {
            attempt.failed(invocation, Failure.describe(thrown));
        }
        observe(call, outcome);
    }

    private void observe(HandlerCall call, CallOutcome outcome) {
        observer.called(
                call.attempt().received().field(), call.handler(), outcome, Duration.ofNanos(call.elapsedNanos()));
    }

    /** A call that does not return after its interruption is abandoned. */
    private boolean overdue(HandlerCall call, Duration elapsed) {
        if (call.interrupt()) {
            log.warn(
                    "Record {}: handler {} takes longer than {} and is interrupted",
                    call.attempt().received().id(),
                    call.handler(),
                    timeout);
        }
        if (stopping || elapsed.compareTo(timeout.plus(abandonAfter)) < 0) {
            return false;
        }
        return call.workers().abandon(call, () -> {
            call.attempt().failed(call.invocation(), "took longer than " + timeout + " and ignored its interruption");
            observe(call, CallOutcome.ABANDONED);
            log.error(
                    "Record {}: handler {} ignores its interruption and is abandoned; its conversation goes on while it may still run",
                    call.attempt().received().id(),
                    call.handler());
        });
    }

    private void done(InboxRecord received, int attempt, Outcome outcome) {
        report(received, attempt, outcome);
        consumer.done(received, outcome);
    }

    private void report(InboxRecord received, int attempt, Outcome outcome) {
        String where = handlers.replay() == null ? "" : " of " + handlers.replay();
        if (outcome instanceof Outcome.Retry retry) {
            log.warn(
                    "Record {}{} failed in attempt {} and is tried again at {}: {}",
                    received.id(),
                    where,
                    attempt,
                    retry.notBefore(),
                    retry.reason());
        } else if (outcome instanceof Outcome.Dead dead) {
            log.error(
                    "Record {}{} is a dead letter after attempt {}: {}", received.id(), where, attempt, dead.reason());
        }
    }

    @Override
    public void close() {
        calls.close();
    }
}
