package dev.ackbox.ops.inbox;

import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.Inbox;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Names the consumers that are paused. Always up: somebody wanted it so. */
final class ConsumersHealthIndicator implements HealthIndicator {

    private final Inbox inbox;

    ConsumersHealthIndicator(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public Health health() {
        List<String> paused = inbox.consumers().stream()
                .filter(Consumer::isPaused)
                .map(Consumer::name)
                .toList();
        return Health.up().withDetail("paused", paused).build();
    }
}
