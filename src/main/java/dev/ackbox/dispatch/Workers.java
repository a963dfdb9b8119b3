package dev.ackbox.dispatch;

import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that call handlers for one lane:
 *
 * <ol>
 *   <li>a worker takes the next record whose conversation is free, calls its handlers, and takes the next one;
 *   <li>the last idle worker starts another one when it takes a record, up to a bound; one that has been idle for a while ends unless it
 *       is the only one;
 *   <li>where a call is abandoned, another worker goes on in the place of its thread; as many threads as there are workers may be left
 *       behind like this.
 * </ol>
 *
 * <p>They are platform threads on every JDK: virtual threads share a few carriers with the requests, and a handler that computes
 * would stop acknowledgements.
 */
final class Workers {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Lane lane;
    private final int most;
    private final Consumer consumer;
    private final AttemptRunner runner;
    private int workers;
    private int idle;
    private int leftBehind;
    private int started;
    private boolean stopping;

    Workers(Lane lane, int most, Consumer consumer, AttemptRunner runner) {
        this.lane = lane;
        this.most = most;
        this.consumer = consumer;
        this.runner = runner;
    }

    Lane lane() {
        return lane;
    }

    synchronized void start() {
        stopping = false;
        startWorker(this::work);
    }

    private synchronized boolean startWorker(Runnable work) {
        try {
            Thread thread = new Thread(
                    () -> {
                        try {
                            work.run();
                        } finally {
                            ended();
                        }
                    },
                    "ackbox-handler-" + lane.name().toLowerCase(Locale.ROOT) + "-" + ++started);
            thread.setDaemon(true);
            workers++;
            thread.start();
            return true;
        } catch (RuntimeException | OutOfMemoryError ex) {
            // A machine that has no thread to give at the moment may have one soon.
            workers--;
            log.error("No further thread could be started for handlers: {}", ex.toString());
            return false;
        }
    }

    private synchronized void ended() {
        workers--;
        notifyAll();
    }

    private void work() {
        boolean goesOn = true;
        while (goesOn && !isStopping()) {
            try {
                InboxRecord next = next();
                goesOn = next == null ? isNeeded() : runner.run(next, this);
            } catch (InterruptedException ex) {
                log.debug("A worker was interrupted outside of a handler and goes on");
            } catch (Throwable ex) { // an Error too: nothing but the stop ends a worker
                log.error("A worker failed and goes on", ex);
            }
        }
    }

    private @Nullable InboxRecord next() throws InterruptedException {
        synchronized (this) {
            idle++;
        }
        InboxRecord next = null;
        try {
            next = consumer.next(lane, IDLE);
        } finally {
            synchronized (this) {
                idle--;
                if (next != null && idle == 0 && workers < most && !stopping) {
                    startWorker(this::work);
                }
            }
        }
        return next;
    }

    /** Whether a worker that found nothing stays: one of those that are idle does. */
    private synchronized boolean isNeeded() {
        return !stopping && idle == 0;
    }

    /**
     * Leaves the thread of a call behind, and goes on with its attempt on another one.
     *
     * @param abandoned called between the two, where the call was abandoned
     * @return false where that cannot be done now
     */
    synchronized boolean abandon(HandlerCall call, Runnable abandoned) {
        if (leftBehind >= most || !call.abandon()) {
            return false;
        }
        leftBehind++;
        workers--; // its place is taken by another one
        abandoned.run();
        if (!startWorker(() -> goOn(call.attempt()))) {
            Attempt attempt = call.attempt();
            consumer.done(
                    attempt.received(),
                    runner.failure(attempt.received(), attempt.succeeded(), "there was no thread to go on with it"));
        }
        return true;
    }

    private void goOn(Attempt attempt) {
        boolean goesOn = true;
        try {
            goesOn = runner.goOn(attempt, this);
        } catch (Throwable ex) {
            log.error("A worker failed and goes on", ex);
        }
        if (goesOn) {
            work();
        }
    }

    /** The thread of an abandoned call has come back, and ends. */
    synchronized void cameBack() {
        leftBehind--;
        workers++; // its end counts it down
    }

    /** How many threads of abandoned calls still run. */
    synchronized int leftBehind() {
        return leftBehind;
    }

    /** How long nothing was taken although something could be; zero where all is well. */
    Duration standstill() {
        return consumer.readyFor(lane);
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    /** Starts no more. What is in memory and not begun stays in the inbox. */
    synchronized void stop() {
        stopping = true;
    }

    /** Waits until no worker is left. */
    synchronized boolean awaitEnd(long deadlineNanos) throws InterruptedException {
        long remaining = deadlineNanos - System.nanoTime();
        while (workers > 0 && remaining > 0) {
            wait(remaining / 1_000_000 + 1);
            remaining = deadlineNanos - System.nanoTime();
        }
        return workers == 0;
    }
}
