package dev.ackbox.ops;

import dev.ackbox.http.SenderAuthorities;
import dev.ackbox.http.SenderFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says which file of who may send cannot be read, and which authority ends soon. Always up: what was read before holds on, and
 * nothing gets better by taking the service out.
 */
final class SendersHealthIndicator implements HealthIndicator {

    private static final Duration SOON = Duration.ofDays(30);

    private final SenderFiles files;
    private final SenderAuthorities authorities;
    private final Clock clock;

    SendersHealthIndicator(SenderFiles files, SenderAuthorities authorities, Clock clock) {
        this.files = files;
        this.authorities = authorities;
        this.clock = clock;
    }

    @Override
    public Health health() {
        return Health.up()
                .withDetail("unreadableFiles", files.unreadable())
                .withDetail("expiringAuthorities", expiring())
                .build();
    }

    private Map<String, Map<String, Instant>> expiring() {
        Map<String, Map<String, Instant>> expiring = new LinkedHashMap<>();
        Instant soon = clock.instant().plus(SOON);
        authorities
                .expiries()
                .forEach((endpoint, ends) -> ends.forEach((name, end) -> {
                    if (!end.isAfter(soon)) {
                        expiring.computeIfAbsent(endpoint, key -> new LinkedHashMap<>())
                                .put(name, end);
                    }
                }));
        return expiring;
    }
}
