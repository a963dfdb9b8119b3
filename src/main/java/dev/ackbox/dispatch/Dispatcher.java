package dev.ackbox.dispatch;

import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.Lane;
import dev.ackbox.model.Value;
import dev.ackbox.model.json.ChangeReader;
import dev.ackbox.watch.Watch;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Passes the records of a consumer to handlers, from the start of the service to its stop. Starts before requests are taken in and
 * stops after that, so that handlers can finish what they have begun.
 */
public final class Dispatcher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration AFTER_INTERRUPTION = Duration.ofSeconds(2);

    /** Beyond what a handler may take, for a lane to count as standing still. */
    private static final Duration STANDSTILL_MARGIN = Duration.ofSeconds(30);

    private final Consumer consumer;
    private final HandlerRegistry handlers;
    private final AttemptRunner runner;
    private final List<Workers> lanes;
    private final Duration stopTimeout;
    private final Duration standstillAfter;
    private volatile boolean running;

    Dispatcher(
            Consumer consumer,
            ChangeReader reader,
            Screen screen,
            Watch watch,
            HandlerRegistry handlers,
            DispatchProperties properties,
            DispatchObserver observer,
            Clock clock) {
        this.consumer = consumer;
        this.handlers = handlers;
        RetrySchedule schedule = new RetrySchedule(
                properties.retry(), () -> ThreadLocalRandom.current().nextDouble());
        this.runner =
                new AttemptRunner(reader, screen, watch, handlers, consumer, schedule, properties, observer, clock);
        this.lanes = List.of(
                new Workers(Lane.CHANGES, properties.concurrency(), consumer, runner),
                new Workers(Lane.STATUSES, properties.statusConcurrency(), consumer, runner),
                new Workers(Lane.BULK, properties.bulkConcurrency(), consumer, runner));
        this.stopTimeout = properties.stopTimeout();
        this.standstillAfter =
                properties.handlerTimeout().plus(properties.abandonAfter()).plus(STANDSTILL_MARGIN);
    }

    /** A dispatcher that reads each record and calls nobody, for warming up. */
    public static Dispatcher withoutHandlers(Consumer consumer, Clock clock) {
        RegisteredHandler nothing = new RegisteredHandler("nothing", Value.class, (value, received) -> {});
        return new Dispatcher(
                consumer,
                new ChangeReader(),
                Screen.OPEN,
                Watch.NONE,
                new HandlerRegistry(List.of(nothing)),
                DispatchProperties.DEFAULTS,
                DispatchObserver.NONE,
                clock);
    }

    /** Names of the handlers, in the order in which they are called. */
    public List<String> handlers() {
        return handlers.handlers().stream().map(RegisteredHandler::name).toList();
    }

    /** The names of the handlers that are called for each field, in their order. */
    public Map<String, List<String>> handlersByField() {
        return handlers.namesByField();
    }

    @Override
    public void start() {
        lanes.forEach(Workers::start);
        running = true;
    }

    /** Lanes in which nothing was begun for longer than any handler may take, although records are ready; with that time. */
    public Map<Lane, Duration> standstills() {
        Map<Lane, Duration> standstills = new EnumMap<>(Lane.class);
        for (Workers workers : lanes) {
            Duration standstill = workers.standstill();
            if (standstill.compareTo(standstillAfter) > 0) {
                standstills.put(workers.lane(), standstill);
            }
        }
        return standstills;
    }

    /** How many threads of abandoned handlers still run. */
    public int leftBehind() {
        return lanes.stream().mapToInt(Workers::leftBehind).sum();
    }

    /** Lets handlers finish, up to a time; then interrupts them. What they were at comes again after the next start. */
    @Override
    public void stop() {
        running = false;
        lanes.forEach(Workers::stop);
        consumer.close();
        try {
            if (!awaitEnd(stopTimeout)) {
                log.warn("Handlers are still at work after {} and are interrupted", stopTimeout);
                runner.stop();
                awaitEnd(AFTER_INTERRUPTION);
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        runner.close();
    }

    private boolean awaitEnd(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean ended = true;
        for (Workers workers : lanes) {
            ended &= workers.awaitEnd(deadline);
        }
        return ended;
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
