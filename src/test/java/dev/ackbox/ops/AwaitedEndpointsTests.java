package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.ackbox.CapturedLog;
import dev.ackbox.Payloads;
import dev.ackbox.ServiceTest;
import dev.ackbox.SignedClient;
import dev.ackbox.test.MovableClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

class AwaitedEndpointsTests {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-12-01T10:00:00Z"));
    private final List<Runnable> later = new ArrayList<>();
    private final AwaitedEndpoints awaited = new AwaitedEndpoints(List.of("shop"), clock, later::add);

    @Test
    void oneThatGetsNothingIsAWarning() {
        awaited.verified("shop");
        clock.advance(AwaitedEndpoints.PATIENCE);
        awaited.verified("shop");
        awaited.received("shop", true);
        assertThat(warnings()).singleElement().satisfies(line -> {
            assertThat(line.level()).isEqualTo(Level.WARN);
            assertThat(line.text()).contains("Endpoint shop was verified or tested 10 minutes ago", "subscribed_apps");
        });
    }

    @Test
    void oneThatGetsANotificationIsNone() {
        awaited.received("shop", true);
        awaited.received("shop", false);
        assertThat(warnings()).isEmpty();
        clock.advance(Duration.ofDays(1));
        awaited.verified("shop");
        awaited.received("shop", true);
        assertThat(awaited.since()).isEmpty();
        assertThat(warnings()).isEmpty();
    }

    private List<CapturedLog.Line> warnings() {
        try (CapturedLog log = new CapturedLog()) {
            later.forEach(Runnable::run);
            return log.lines();
        }
    }

    @Nested
    @ServiceTest("ackbox.management.password=" + ManagementPortTests.PASSWORD)
    class Service {

        @LocalServerPort
        private int port;

        @LocalManagementPort
        private int managementPort;

        @Autowired
        private MeterRegistry registry;

        private final HttpClient client = HttpClient.newHttpClient();

        @Test
        void showsAnEndpointUntilANotificationComes() throws Exception {
            assertAwaiting(0, "\"nothingSince\":{}}");
            get("http://localhost:" + port
                    + "/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=token&hub.challenge=1");
            assertAwaiting(1, "\"nothingSince\":{\"default\":\"2");
            SignedClient meta = SignedClient.ofServiceTest(port);
            meta.post(Payloads.read("_dashboard_test/messages"));
            assertAwaiting(1, "Subscribe the app");
            meta.post(Payloads.read("messages/text_full"));
            assertAwaiting(0, "\"nothingSince\":{}}");
        }

        /** Counting follows the answer. */
        private void assertAwaiting(int value, String detail) {
            await().untilAsserted(() -> {
                assertThat(registry.get("ackbox.webhook.awaiting")
                                .tag("endpoint", "default")
                                .gauge()
                                .value())
                        .isEqualTo(value);
                assertThat(get("http://localhost:" + managementPort + "/actuator/health"))
                        .contains(detail);
            });
        }

        private String get(String url) throws Exception {
            return client.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .header(
                                            "Authorization",
                                            ManagementPortTests.basic("ackbox", ManagementPortTests.PASSWORD))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
