package dev.ackbox.ops;

import dev.ackbox.http.SenderFiles;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Names the files of addresses and secrets that cannot be read. Always up: what was read before stays in use. */
final class SendersHealthIndicator implements HealthIndicator {

    private final SenderFiles files;

    SendersHealthIndicator(SenderFiles files) {
        this.files = files;
    }

    @Override
    public Health health() {
        return Health.up().withDetail("unreadableFiles", files.unreadable()).build();
    }
}
