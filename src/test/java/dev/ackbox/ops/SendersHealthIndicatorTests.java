package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.test.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class SendersHealthIndicatorTests {

    private final MovableClock clock = new MovableClock();
    private final Instant end = clock.instant().plus(Duration.ofDays(31));

    @Test
    void saysWhatCannotBeReadAndStaysUp() {
        Map<String, String> unreadable = Map.of(
                "ackbox.endpoints.a.addresses.file", "there is no such file",
                "ackbox.endpoints.a.app-secrets", "the rights to read it are missing");
        Health health = new SendersHealthIndicator(() -> unreadable, Map::of, clock).health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("unreadableFiles", unreadable);
    }

    @Test
    void namesAnAuthorityFromThirtyDaysBeforeItsEnd() {
        SendersHealthIndicator indicator = new SendersHealthIndicator(Map::of, this::expiries, clock);
        assertThat(indicator.health().getDetails()).containsEntry("expiringAuthorities", Map.of());
        clock.advance(Duration.ofDays(1));
        assertThat(indicator.health().getDetails())
                .containsEntry("expiringAuthorities", Map.of("a", Map.of("Old Root", end)));
        clock.advance(Duration.ofDays(40));
        assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
        assertThat(indicator.health().getDetails())
                .containsEntry("expiringAuthorities", Map.of("a", Map.of("Old Root", end)));
    }

    private Map<String, Map<String, Instant>> expiries() {
        return Map.of("a", Map.of("Old Root", end, "New Root", end.plus(Duration.ofDays(3650))));
    }
}
