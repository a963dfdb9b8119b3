package dev.ackbox.intake;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Ends waits that take too long. One look now and then at all that is waited for costs less than a timed wait for each: that
 * was a fifth of the processor time of a request.
 */
final class Deadlines implements AutoCloseable {

    private static final long LOOKS_PER_TIMEOUT = 20;

    private final Duration timeout;

    /** In the order of their deadlines, since all have the same timeout. */
    private final ConcurrentLinkedQueue<Wait> waits = new ConcurrentLinkedQueue<>();

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ackbox-intake-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    private record Wait(CompletableFuture<?> result, long startNanos) {}

    Deadlines(Duration timeout) {
        this.timeout = timeout;
        long interval = Math.max(1, timeout.toMillis() / LOOKS_PER_TIMEOUT);
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::look, interval, interval, TimeUnit.MILLISECONDS);
    }

    /** A view of a result that fails with {@link TimeoutException} where the result is not there in time. */
    <T> CompletableFuture<T> limit(CompletableFuture<T> result) {
        CompletableFuture<T> limited = result.copy();
        waits.add(new Wait(limited, System.nanoTime()));
        return limited;
    }

    private void look() {
        long now = System.nanoTime();
        for (@Nullable Wait wait = waits.peek(); wait != null; wait = waits.peek()) {
            if (!wait.result().isDone()) {
                if (now - wait.startNanos() < timeout.toNanos()) {
                    return;
                }
                wait.result().completeExceptionally(new TimeoutException("Not there after " + timeout));
            }
            waits.remove();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
