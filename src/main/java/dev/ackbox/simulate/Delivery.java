package dev.ackbox.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Delivers a notification to each app. Where one of them does not answer with 200, all of them get it again by the schedule, since Meta
 * retries for all apps that are subscribed (documented: Calling FAQ).
 */
final class Delivery {

    private final List<Webhook> apps;
    private final @Nullable RetrySchedule schedule;
    private final ScheduledExecutorService timer;
    private final Tally tally;

    /** @param schedule absent for no retries */
    Delivery(List<Webhook> apps, @Nullable RetrySchedule schedule, ScheduledExecutorService timer, Tally tally) {
        this.apps = apps;
        this.schedule = schedule;
        this.timer = timer;
        this.tally = tally;
    }

    /**
     * Sends it for the first time.
     *
     * @param since the {@link System#nanoTime} from which the latency counts
     * @param answered run once each app has answered for the first time
     * @return complete once it is accepted by each app, or given up
     */
    CompletableFuture<Void> start(byte[] notification, long since, Runnable answered) {
        return attempt(notification, since).thenCompose(accepted -> {
            answered.run();
            return accepted ? accepted(0) : again(notification, 1);
        });
    }

    private CompletableFuture<Boolean> attempt(byte[] notification, long since) {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (Webhook app : apps) {
            answers.add(app.post(notification).thenApply(answer -> {
                tally.count(answer, since);
                return answer instanceof Answer.Status status && status.code() == 200;
            }));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> answers.stream().allMatch(CompletableFuture::join));
    }

    private CompletableFuture<Void> again(byte[] notification, int retry) {
        Optional<Duration> delay = schedule == null ? Optional.empty() : schedule.before(retry);
        if (delay.isEmpty()) {
            tally.gaveUp();
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> due = new CompletableFuture<>();
        var unused = timer.schedule(() -> due.complete(null), delay.get().toNanos(), TimeUnit.NANOSECONDS);
        return due.thenCompose(now -> {
                    tally.retried();
                    return attempt(notification, System.nanoTime());
                })
                .thenCompose(accepted -> accepted ? accepted(retry) : again(notification, retry + 1));
    }

    private CompletableFuture<Void> accepted(int retries) {
        tally.accepted(retries);
        return CompletableFuture.completedFuture(null);
    }
}
