package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.Consumer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Synthetic notifications leave nothing behind but compiled code. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "ackbox.endpoints.default.verify-tokens=token",
            "ackbox.endpoints.default.app-secrets=secret",
            "ackbox.warm-up=500ms"
        })
@DirtiesContext
@Timeout(60)
class WarmUpTests {

    @TempDir
    private static Path directory;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry registry) {
        registry.add("ackbox.inbox.sqlite.directory", directory::toString);
    }

    @LocalManagementPort
    private int managementPort;

    @Autowired
    private Consumer handlers;

    @Test
    void sendsNotificationsThroughTheWholePath() throws Exception {
        assertThat(new WarmUp(Duration.ofMillis(500), Clock.systemUTC()).warmUp())
                .isPositive();
    }

    @Test
    void leavesNothingBehind(CapturedOutput output) throws Exception {
        assertThat(output).doesNotContain("Warming up failed");
        assertThat(handlers.backlog().assigned()).isZero();
        assertThat(meters())
                .doesNotContain("ackbox_records_stored_total")
                .doesNotContain("ackbox_webhook_requests_seconds_count")
                .doesNotContain("ackbox_whatsapp_messages_total{");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("ackbox-warm-up");
    }

    private String meters() throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + managementPort + "/actuator/prometheus"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
