package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class SendersHealthIndicatorTests {

    @Test
    void saysWhatCannotBeReadAndStaysUp() {
        Map<String, String> unreadable = Map.of(
                "ackbox.endpoints.a.addresses.file", "there is no such file",
                "ackbox.endpoints.a.app-secrets", "the rights to read it are missing");
        Health health = new SendersHealthIndicator(() -> unreadable).health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("unreadableFiles", unreadable);
    }
}
