package dev.ackbox.ops;

import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Names the files of addresses and secrets that cannot be read. Always up: what was read before stays in use. */
final class SendersHealthIndicator implements HealthIndicator {

    private final Supplier<Map<String, String>> unreadable;

    /** @param unreadable the reasons, by the setting that names each file */
    SendersHealthIndicator(Supplier<Map<String, String>> unreadable) {
        this.unreadable = unreadable;
    }

    @Override
    public Health health() {
        return Health.up().withDetail("unreadableFiles", unreadable.get()).build();
    }
}
