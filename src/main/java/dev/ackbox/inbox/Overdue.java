package dev.ackbox.inbox;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds work that takes longer than it may. One look now and then at all that is under way costs less than a timer for each piece of
 * work: that was a fifth of the processor time of a request.
 *
 * <p>Any thread may begin and end work.
 *
 * @param <W> a piece of work, told apart by its identity
 */
public final class Overdue<W> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Overdue.class);
    private static final long LOOKS_PER_TIMEOUT = 20;
    private static final long LONGEST_INTERVAL_MILLIS = 1_000;

    /** What happens to work that is overdue. Called by one thread; must be quick. */
    public interface Action<W> {

        /**
         * Work is overdue.
         *
         * @return whether it is dealt with; otherwise the next look finds it again
         */
        boolean onOverdue(W work, Duration elapsed);
    }

    private final Duration timeout;
    private final Action<W> action;
    private final Map<W, Long> underWay = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread;

    /**
     * Starts looking.
     *
     * @param threadName of the thread that looks
     * @param timeout how long work may take
     */
    public Overdue(String threadName, Duration timeout, Action<W> action) {
        this.timeout = timeout;
        this.action = action;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread looking = new Thread(task, threadName);
            looking.setDaemon(true);
            return looking;
        });
        long interval = Math.max(1, Math.min(LONGEST_INTERVAL_MILLIS, timeout.toMillis() / LOOKS_PER_TIMEOUT));
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::look, interval, interval, TimeUnit.MILLISECONDS);
    }

    /** Work begins now. */
    public void begin(W work) {
        underWay.put(work, System.nanoTime());
    }

    /** Work has ended in time, or at least before it was dealt with. */
    public void end(W work) {
        underWay.remove(work);
    }

    /** Passes everything that is under way to an action. */
    public void forEach(java.util.function.Consumer<W> each) {
        underWay.keySet().forEach(each);
    }

    private void look() {
        long now = System.nanoTime();
        for (Map.Entry<W, Long> next : underWay.entrySet()) {
            long elapsed = now - next.getValue();
            if (elapsed > timeout.toNanos()) {
                act(next.getKey(), Duration.ofNanos(elapsed));
            }
        }
    }

    private void act(W work, Duration elapsed) {
        try {
            if (action.onOverdue(work, elapsed)) {
                underWay.remove(work);
            }
        } catch (Throwable ex) { // an Error too: otherwise it would have been the last look
            log.error("Dealing with work that takes too long failed; the next look tries again", ex);
        }
    }

    /** Stops looking. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
