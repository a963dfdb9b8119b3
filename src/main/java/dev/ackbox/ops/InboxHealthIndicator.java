package dev.ackbox.ops;

import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxUnavailableException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while the inbox cannot store, or while more waits than may. */
final class InboxHealthIndicator implements HealthIndicator {

    private final Inbox inbox;
    private final Consumer consumer;
    private final long maxWaiting;

    InboxHealthIndicator(Inbox inbox, Consumer consumer, long maxWaiting) {
        this.inbox = inbox;
        this.consumer = consumer;
        this.maxWaiting = maxWaiting;
    }

    @Override
    public Health health() {
        long waiting = consumer.backlog().waiting();
        try {
            inbox.check();
        } catch (InboxUnavailableException ex) {
            return Health.down()
                    .withDetail("reason", String.valueOf(ex.getMessage()))
                    .withDetail("waiting", waiting)
                    .build();
        }
        Health.Builder health = waiting > maxWaiting
                ? Health.outOfService().withDetail("reason", "More than " + maxWaiting + " records wait")
                : Health.up();
        return health.withDetail("waiting", waiting)
                .withDetails(inbox.warnings())
                .build();
    }
}
