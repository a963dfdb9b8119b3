package dev.ackbox.dispatch;

import dev.ackbox.inbox.Replay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Has replays worked on: each that has something to do gets a dispatcher of its own, until it is stopped. */
final class ReplayDispatchers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ReplayDispatchers.class);
    private static final long INTERVAL_MILLIS = 100;

    private final Supplier<List<Replay>> replays;
    private final Function<Replay, Dispatcher> newDispatcher;
    private final Map<String, Dispatcher> running = new HashMap<>();

    /** Those whose handler is not there. */
    private final Set<String> withoutHandler = new HashSet<>();

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread looking = new Thread(task, "ackbox-replays");
        looking.setDaemon(true);
        return looking;
    });
    private volatile boolean started;

    ReplayDispatchers(Supplier<List<Replay>> replays, Function<Replay, Dispatcher> newDispatcher) {
        this.replays = replays;
        this.newDispatcher = newDispatcher;
    }

    @Override
    public void start() {
        started = true;
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        try {
            List<Replay> all = replays.get();
            all.stream()
                    .filter(replay -> started && replay.isRunning() && !running.containsKey(replay.id()))
                    .forEach(this::begin);
            Set<String> kept = all.stream().map(Replay::id).collect(Collectors.toSet());
            List<Dispatcher> over = new ArrayList<>();
            running.entrySet().removeIf(next -> !kept.contains(next.getKey()) && over.add(next.getValue()));
            stop(over);
        } catch (Throwable ex) { // an Error too: otherwise it would have been the last look
            log.error("Looking for replays failed; trying again", ex);
        }
    }

    private void begin(Replay replay) {
        Dispatcher dispatcher = newDispatcher.apply(replay);
        if (!dispatcher.handlers().isEmpty()) {
            dispatcher.start();
            running.put(replay.id(), dispatcher);
        } else if (withoutHandler.add(replay.id())) {
            log.warn("{} does not go on, since there is no handler {}", replay.id(), replay.handler());
        }
    }

    /** All at once, since each waits for its handlers. */
    private static void stop(List<Dispatcher> dispatchers) {
        List<Thread> stopping = dispatchers.stream()
                .map(dispatcher -> new Thread(dispatcher::stop, "ackbox-replay-stop"))
                .toList();
        stopping.forEach(Thread::start);
        try {
            for (Thread next : stopping) {
                next.join();
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        started = false;
        thread.shutdown();
        stop(List.copyOf(running.values()));
        running.clear();
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    /** Stopped before the dispatcher of live traffic, which may then finish with all threads. */
    @Override
    public int getPhase() {
        return 1;
    }
}
