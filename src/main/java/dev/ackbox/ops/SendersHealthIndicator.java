package dev.ackbox.ops;

import dev.ackbox.http.SenderFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says which file of who may send cannot be read, and which authority ends soon. Always up: what was read before holds on, and
 * nothing gets better by taking the service out.
 */
final class SendersHealthIndicator implements HealthIndicator {

    private static final Duration SOON = Duration.ofDays(30);

    private final List<SenderFiles> files;
    private final Clock clock;

    SendersHealthIndicator(List<SenderFiles> files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    @Override
    public Health health() {
        Map<String, String> unreadable = new LinkedHashMap<>();
        Map<String, Map<String, Instant>> expiring = new LinkedHashMap<>();
        Instant soon = clock.instant().plus(SOON);
        for (SenderFiles file : files) {
            unreadable.putAll(file.unreadable());
            file.authorityExpiries()
                    .forEach((endpoint, authorities) -> authorities.forEach((name, end) -> {
                        if (!end.isAfter(soon)) {
                            expiring.computeIfAbsent(endpoint, key -> new LinkedHashMap<>())
                                    .put(name, end);
                        }
                    }));
        }
        return Health.up()
                .withDetail("unreadableFiles", unreadable)
                .withDetail("expiringAuthorities", expiring)
                .build();
    }
}
