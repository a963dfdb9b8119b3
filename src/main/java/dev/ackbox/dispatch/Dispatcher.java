package dev.ackbox.dispatch;

import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.Lane;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Passes records to handlers, from the start of the service to its stop. Starts before requests are taken in and stops after
 * that, so that handlers can finish what they have begun.
 */
final class Dispatcher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration AFTER_INTERRUPTION = Duration.ofSeconds(2);

    private final HandlerRegistry handlers;
    private final HandlerWatch watch;
    private final AttemptRunner runner;
    private final List<LaneDispatcher> lanes;
    private final Duration stopTimeout;
    private volatile boolean running;

    Dispatcher(
            Inbox inbox,
            Screen screen,
            HandlerRegistry handlers,
            DispatchProperties properties,
            DispatchObserver observer,
            Clock clock) {
        this.handlers = handlers;
        this.watch = new HandlerWatch(properties.handlerTimeout(), observer);
        RetrySchedule schedule = new RetrySchedule(
                properties.retry(), () -> ThreadLocalRandom.current().nextDouble());
        this.runner = new AttemptRunner(screen, handlers, inbox, schedule, watch, observer, clock);
        Executor threads = HandlerThreads.create();
        this.lanes = List.of(
                new LaneDispatcher(Lane.CHANGES, properties.concurrency(), inbox, threads, runner),
                new LaneDispatcher(Lane.STATUSES, properties.statusConcurrency(), inbox, threads, runner),
                new LaneDispatcher(Lane.BULK, properties.bulkConcurrency(), inbox, threads, runner));
        this.stopTimeout = properties.stopTimeout();
    }

    @Override
    public void start() {
        handlers.report();
        watch.start();
        lanes.forEach(LaneDispatcher::start);
        running = true;
    }

    /** Lets handlers finish, up to a time; then interrupts them. What they were at is handed out again after the next start. */
    @Override
    public void stop() {
        running = false;
        lanes.forEach(LaneDispatcher::stop);
        try {
            if (!awaitIdle(stopTimeout)) {
                log.warn("Handlers are still at work after {} and are interrupted", stopTimeout);
                runner.stopping();
                watch.interruptAll();
                awaitIdle(AFTER_INTERRUPTION);
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        watch.stop();
    }

    private boolean awaitIdle(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean idle = true;
        for (LaneDispatcher lane : lanes) {
            idle &= lane.awaitIdle(Math.max(0, deadline - System.nanoTime()));
        }
        return idle;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Lower than the web server's: started before it, stopped after it. */
    @Override
    public int getPhase() {
        return 0;
    }
}
