package dev.ackbox.simulate;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** One run: sends all of the traffic at its pace, and waits for the answers and the retries. */
final class Simulation {

    /** Those that wait for a retry are in memory. */
    private static final int MOST_AT_ONCE = 60_000;

    private final Traffic traffic;
    private final Pace pace;
    private final int connections;
    private final List<Webhook> apps;
    private final @Nullable RetrySchedule schedule;
    private final Clock clock;

    /**
     * Creates a run.
     *
     * @param connections most notifications outstanding at a time
     * @param apps each gets each notification
     * @param schedule absent for no retries
     */
    Simulation(
            Traffic traffic,
            Pace pace,
            int connections,
            List<Webhook> apps,
            @Nullable RetrySchedule schedule,
            Clock clock) {
        this.traffic = traffic;
        this.pace = pace;
        this.connections = connections;
        this.apps = apps;
        this.schedule = schedule;
        this.clock = clock;
    }

    void run(Tally tally) throws InterruptedException {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        Semaphore unfinished = new Semaphore(MOST_AT_ONCE);
        Semaphore outstanding = new Semaphore(connections);
        try {
            Delivery delivery = new Delivery(apps, schedule, timer, tally);
            while (traffic.hasNext()) {
                // Composed while waiting, about the moment at which it goes out.
                byte[] notification = traffic.next(clock.instant().plus(pace.untilNext()));
                unfinished.acquire();
                long planned = pace.awaitTurn(outstanding);
                tally.began(planned);
                var unused = delivery.start(notification, planned, outstanding::release)
                        .whenComplete((done, failure) -> unfinished.release());
            }
            unfinished.acquire(MOST_AT_ONCE);
        } finally {
            timer.shutdownNow();
        }
    }
}
