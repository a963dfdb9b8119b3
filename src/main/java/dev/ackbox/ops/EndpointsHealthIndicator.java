package dev.ackbox.ops;

import java.time.Instant;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Names the endpoints that were verified or tested and get no notifications. Always up: a quiet number looks the same. */
final class EndpointsHealthIndicator implements HealthIndicator {

    private final AwaitedEndpoints awaited;

    EndpointsHealthIndicator(AwaitedEndpoints awaited) {
        this.awaited = awaited;
    }

    @Override
    public Health health() {
        Map<String, Instant> since = awaited.since();
        Health.Builder health = Health.up().withDetail("nothingSince", since);
        return since.isEmpty()
                ? health.build()
                : health.withDetail("advice", AwaitedEndpoints.ADVICE).build();
    }
}
