package dev.ackbox.dispatch;

import dev.ackbox.dispatch.DispatchObserver.CallOutcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for calls that take too long. One look over those at work costs less than a timer for each of them. */
final class HandlerWatch {

    private static final Logger log = LoggerFactory.getLogger(HandlerWatch.class);
    private static final long LOOKS_PER_TIMEOUT = 20;
    private static final long LONGEST_INTERVAL_MILLIS = 1_000;

    private final Duration timeout;
    private final DispatchObserver observer;
    private final Map<HandlerCall, LaneDispatcher> atWork = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ackbox-handler-watch");
        thread.setDaemon(true);
        return thread;
    });

    HandlerWatch(Duration timeout, DispatchObserver observer) {
        this.timeout = timeout;
        this.observer = observer;
    }

    void start() {
        long interval = Math.max(1, Math.min(LONGEST_INTERVAL_MILLIS, timeout.toMillis() / LOOKS_PER_TIMEOUT));
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::look, interval, interval, TimeUnit.MILLISECONDS);
    }

    void begin(HandlerCall call, LaneDispatcher lane) {
        atWork.put(call, lane);
    }

    void end(HandlerCall call) {
        atWork.remove(call);
    }

    private void look() {
        try {
            atWork.forEach((call, lane) -> {
                if (call.elapsedNanos() > timeout.toNanos()) {
                    timeOut(call, lane);
                }
            });
        } catch (Throwable ex) { // otherwise it would have been the last look
            log.error("Looking for handlers that take too long failed; the next look follows", ex);
        }
    }

    /** A call that cannot be abandoned yet is interrupted, and looked at again. */
    private void timeOut(HandlerCall call, LaneDispatcher lane) {
        try {
            if (!lane.overdue(call, "took longer than " + timeout)) {
                return;
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt(); // stopping
            return;
        }
        atWork.remove(call);
        log.warn(
                "Record {}: handler {} takes longer than {} and is interrupted",
                call.attempt().claimed().id(),
                call.handler().name(),
                timeout);
        observer.called(
                call.attempt().claimed().field(),
                call.handler().name(),
                CallOutcome.TIMED_OUT,
                Duration.ofNanos(call.elapsedNanos()));
    }

    /** Interrupts whatever is at work. */
    void interruptAll() {
        atWork.keySet().forEach(HandlerCall::interrupt);
    }

    void stop() {
        thread.shutdownNow();
    }
}
