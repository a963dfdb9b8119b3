package dev.ackbox.dispatch;

import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.Lane;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off one lane:
 *
 * <ol>
 *   <li>one thread claims records from the inbox, which bounds how many are in memory;
 *   <li>a record of a conversation that is being worked on joins that conversation's queue;
 *   <li>any other one takes a slot, as soon as there is one, and a thread, which works off its conversation's queue until
 *       that is empty;
 *   <li>a call that takes too long is abandoned, and another thread goes on in its place, so that a stuck handler blocks
 *       neither its conversation nor a slot; as many threads as there are slots may be left behind like this.
 * </ol>
 */
final class LaneDispatcher {

    private static final Logger log = LoggerFactory.getLogger(LaneDispatcher.class);
    private static final int CLAIM_LIMIT = 256;
    private static final Duration CLAIM_WAIT = Duration.ofMillis(250);
    private static final long PAUSE_AFTER_FAULT_MILLIS = 1_000;

    private final Lane lane;
    private final int concurrency;
    private final Inbox inbox;
    private final Executor threads;
    private final AttemptRunner runner;
    private final Thread claimer;
    private final Semaphore slots;
    private final Semaphore abandonable;
    private final Map<String, Queue<InboxRecord>> active = new HashMap<>();
    private volatile boolean running;

    LaneDispatcher(Lane lane, int concurrency, Inbox inbox, Executor threads, AttemptRunner runner) {
        this.lane = lane;
        this.concurrency = concurrency;
        this.inbox = inbox;
        this.threads = threads;
        this.runner = runner;
        this.claimer = new Thread(this::claim, "ackbox-claim-" + lane.name().toLowerCase(Locale.ROOT));
        this.slots = new Semaphore(concurrency);
        this.abandonable = new Semaphore(concurrency);
    }

    void start() {
        running = true;
        claimer.start();
    }

    private void claim() {
        try {
            while (running) {
                for (InboxRecord claimed : claimed()) {
                    dispatch(claimed);
                }
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt(); // stopping
        }
    }

    /** Nothing but the stop ends the claiming, since nothing would start it again. */
    private List<InboxRecord> claimed() throws InterruptedException {
        try {
            return inbox.claim(lane, CLAIM_LIMIT, CLAIM_WAIT);
        } catch (InboxUnavailableException ex) {
            log.warn("Records cannot be claimed; trying again: {}", ex.getMessage());
        } catch (RuntimeException | OutOfMemoryError ex) {
            log.error("Records cannot be claimed; trying again", ex);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAULT_MILLIS);
        return List.of();
    }

    private void dispatch(InboxRecord claimed) throws InterruptedException {
        if (!joins(claimed)) {
            slots.acquire();
            synchronized (active) {
                active.put(claimed.conversation(), new ArrayDeque<>());
            }
            execute(() -> work(claimed));
        }
    }

    /** A machine that has no thread to give at the moment may have one soon; until then the slot stays taken. */
    private void execute(Runnable work) throws InterruptedException {
        while (true) {
            try {
                threads.execute(work);
                return;
            } catch (RuntimeException | OutOfMemoryError ex) {
                log.error("No thread could be started for a conversation; trying again: {}", ex.toString());
                TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAULT_MILLIS);
            }
        }
    }

    private boolean joins(InboxRecord claimed) {
        synchronized (active) {
            Queue<InboxRecord> queue = active.get(claimed.conversation());
            return queue != null && queue.add(claimed);
        }
    }

    private void work(InboxRecord first) {
        InboxRecord next = first;
        while (next != null && runner.run(next, this)) {
            next = next(next);
        }
    }

    /** Goes on with an attempt whose call was abandoned. */
    private void workOn(Attempt attempt) {
        if (runner.runOn(attempt, this)) {
            InboxRecord next = next(attempt.claimed());
            if (next != null) {
                work(next);
            }
        }
    }

    /** The next record of a conversation; where there is none, or no more are to be started, the slot is free. */
    private @Nullable InboxRecord next(InboxRecord done) {
        synchronized (active) {
            Queue<InboxRecord> queue = active.get(done.conversation());
            InboxRecord next = running && queue != null ? queue.poll() : null;
            if (next == null) {
                active.remove(done.conversation());
                slots.release();
            }
            return next;
        }
    }

    /**
     * Takes an overdue call's attempt away from its thread and goes on with it.
     *
     * @return false where that was not done: the call has just returned, or too many threads are left behind already, so
     *     that it was only interrupted
     */
    boolean overdue(HandlerCall call, String reason) throws InterruptedException {
        if (!abandonable.tryAcquire()) {
            call.interrupt();
            return false;
        }
        if (!call.abandon()) {
            abandonable.release();
            return false;
        }
        call.attempt().failed(call.handler(), reason);
        execute(() -> workOn(call.attempt()));
        return true;
    }

    /** An abandoned call's thread has come back after all. */
    void cameBack() {
        abandonable.release();
    }

    /** Starts no more. What is in memory and not begun stays in the inbox. */
    void stop() {
        running = false;
        claimer.interrupt();
    }

    /** Waits until nothing is being worked on. */
    boolean awaitIdle(long timeoutNanos) throws InterruptedException {
        long deadline = System.nanoTime() + timeoutNanos;
        claimer.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos)));
        boolean idle = slots.tryAcquire(concurrency, Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (idle) {
            slots.release(concurrency);
        }
        return idle;
    }
}
