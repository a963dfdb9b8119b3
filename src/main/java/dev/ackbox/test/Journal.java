package dev.ackbox.test;

import dev.ackbox.dispatch.DispatchObserver;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.model.json.UnknownPart;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;

/** Notes what becomes of each record, and which handlers are called. Safe for use by several threads. */
final class Journal implements DispatchObserver {

    private final Clock clock;
    private final Map<Long, HandledRecord> records = new TreeMap<>();
    private final Map<Long, Thread> threads = new HashMap<>();
    private final List<HandlerCall> calls = new ArrayList<>();
    private long stored;
    private volatile DispatchObserver next = DispatchObserver.NONE;

    Journal(Clock clock) {
        this.clock = clock;
    }

    /** Whoever counts what is noted here as well. */
    void passTo(DispatchObserver observer) {
        next = observer;
    }

    /** The consumer, with each record that it gives and each outcome that it is told noted here. */
    Consumer watch(Consumer consumer) {
        ProxyFactory watched = new ProxyFactory(consumer);
        watched.addAdvice((MethodInterceptor) call -> {
            @Nullable Object[] arguments = call.getArguments();
            if (arguments.length == 2
                    && arguments[0] instanceof InboxRecord record
                    && arguments[1] instanceof Outcome outcome) {
                // First, since the inbox may give the record to the next thread at once.
                done(record, outcome);
            }
            @Nullable Object result = call.proceed();
            if (result instanceof InboxRecord next) {
                begun(next);
            }
            return result;
        });
        return (Consumer) watched.getProxy();
    }

    /** So many new records are stored. */
    synchronized void stored(int count) {
        stored += count;
    }

    private synchronized void begun(InboxRecord record) {
        long id = record.id().value();
        HandledRecord known = records.getOrDefault(
                id, new HandledRecord(id, record.field(), HandledRecord.State.IN_WORK, 0, null, null, null));
        records.put(id, known.begun(record.failedAttempts() + 1));
        threads.put(id, Thread.currentThread());
    }

    private synchronized void done(InboxRecord record, Outcome outcome) {
        long id = record.id().value();
        threads.remove(id);
        records.computeIfPresent(id, (same, known) -> {
            if (outcome instanceof Outcome.Retry retry) {
                return known.failed(retry.notBefore(), retry.reason());
            }
            return outcome instanceof Outcome.Dead dead ? known.dead(dead.reason()) : known.handled();
        });
        notifyAll();
    }

    @Override
    public void threw(InboxRecord received, String handler, Throwable thrown) {
        synchronized (this) {
            records.computeIfPresent(received.id().value(), (id, known) -> known.thrown(thrown));
        }
        next.threw(received, handler, thrown);
    }

    @Override
    public void called(String field, String handler, CallOutcome outcome, Duration duration) {
        synchronized (this) {
            calls.add(new HandlerCall(handler, field, outcome == CallOutcome.COMPLETED));
        }
        next.called(field, handler, outcome, duration);
    }

    @Override
    public void screened(String endpoint, Screening screening) {
        next.screened(endpoint, screening);
    }

    @Override
    public void unknown(String field, UnknownPart part) {
        next.unknown(field, part);
    }

    synchronized List<HandledRecord> records() {
        return List.copyOf(records.values());
    }

    synchronized List<HandlerCall> calls() {
        return List.copyOf(calls);
    }

    /** Waits until nothing more happens unless the clock is moved. Returns false where that takes too long. */
    synchronized boolean awaitRest(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!isAtRest()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    private boolean isAtRest() {
        Instant now = clock.instant();
        return records.size() == stored && records.values().stream().allMatch(record -> record.restsAt(now));
    }

    /** What is not at rest, a line each. */
    synchronized List<String> unrest() {
        Instant now = clock.instant();
        List<String> lines = new ArrayList<>();
        for (HandledRecord record : records.values()) {
            if (!record.restsAt(now)) {
                lines.add(Sentences.of(record, now) + whereIs(threads.get(record.id())));
            }
        }
        if (stored > records.size()) {
            lines.add((stored - records.size())
                    + " more are not begun: an earlier record of their conversation is in work, or no thread is free");
        }
        return lines;
    }

    private static String whereIs(@Nullable Thread thread) {
        if (thread == null) {
            return "";
        }
        StringBuilder where = new StringBuilder(", its thread is at:");
        for (StackTraceElement element : thread.getStackTrace()) {
            if (element.getClassName().startsWith("dev.ackbox.dispatch.")) {
                break;
            }
            where.append(System.lineSeparator()).append("      ").append(element);
        }
        return where.toString();
    }
}
