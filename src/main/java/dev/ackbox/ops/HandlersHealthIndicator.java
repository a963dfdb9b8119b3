package dev.ackbox.ops;

import dev.ackbox.dispatch.Dispatcher;
import dev.ackbox.inbox.Lane;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while a lane stands still. Receiving goes on meanwhile, so readiness does not depend on it.
 */
final class HandlersHealthIndicator implements HealthIndicator {

    private final Dispatcher dispatcher;

    HandlersHealthIndicator(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public Health health() {
        Map<Lane, Duration> standstills = dispatcher.standstills();
        Health.Builder health = standstills.isEmpty() ? Health.up() : Health.down();
        standstills.forEach((lane, duration) -> health.withDetail(
                lane.name().toLowerCase(Locale.ROOT), "No record was begun for " + duration.toSeconds() + " s"));
        return health.withDetail("abandoned", dispatcher.leftBehind()).build();
    }
}
