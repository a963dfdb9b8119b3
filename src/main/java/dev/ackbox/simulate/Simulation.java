package dev.ackbox.simulate;

import java.time.Clock;
import java.util.concurrent.Semaphore;

/** One run: sends all of the traffic at its pace, and waits for the answers. */
final class Simulation {

    private final Traffic traffic;
    private final Pace pace;
    private final int connections;
    private final Webhook webhook;
    private final Clock clock;

    /** @param connections most notifications outstanding at a time */
    Simulation(Traffic traffic, Pace pace, int connections, Webhook webhook, Clock clock) {
        this.traffic = traffic;
        this.pace = pace;
        this.connections = connections;
        this.webhook = webhook;
        this.clock = clock;
    }

    void run(Tally tally) throws InterruptedException {
        Semaphore outstanding = new Semaphore(connections);
        while (traffic.hasNext()) {
            // Composed while waiting, about the moment at which it goes out.
            byte[] notification = traffic.next(clock.instant().plus(pace.untilNext()));
            long since = pace.awaitTurn(outstanding);
            var unused = webhook.post(notification)
                    .thenAccept(answer -> tally.count(answer, since))
                    .whenComplete((counted, failure) -> outstanding.release());
        }
        outstanding.acquire(connections);
    }
}
