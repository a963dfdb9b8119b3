package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.ServiceTest;
import dev.ackbox.inbox.Consumer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** Synthetic notifications leave nothing behind but compiled code. */
@ExtendWith(OutputCaptureExtension.class)
@ServiceTest("ackbox.warm-up=500ms")
class WarmUpTests {

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
