package dev.ackbox.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.CommandRun;
import dev.ackbox.ServiceTest;
import dev.ackbox.handler.Handler;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.LatestValues;
import dev.ackbox.model.Value;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

/** The doctor with a service that runs. */
@ServiceTest
class ProbeTests {

    private static final Queue<Object> HANDLED = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path directory;

    @LocalServerPort
    private int port;

    @Autowired
    private Consumer handlersConsumer;

    @Autowired
    private LatestValues latestValues;

    @Autowired
    private MeterRegistry registry;

    @TestConfiguration(proxyBeanMethods = false)
    static class Handlers {

        @Bean
        Handler<Value> everything() {
            return (value, received) -> HANDLED.add(value);
        }
    }

    @Test
    void aProbeIsStoredAndCompletedWithoutAHandler() {
        CommandRun ran = CommandRun.of(
                new DoctorCommand(
                        () -> CommandRun.settings(Map.of(
                                "ACKBOX_VERIFY_TOKEN", "token",
                                "ACKBOX_APP_SECRET", "secret",
                                "ACKBOX_DATA_DIR", directory.toString())),
                        HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .build(),
                        Clock.systemUTC(),
                        DoctorTests.LENIENT),
                "--url",
                "http://localhost:" + port + "/webhooks/whatsapp");

        assertThat(ran.out())
                .contains(
                        "the challenge is answered",
                        "a signed notification is answered 200",
                        "an unsigned body of 3 MB is answered 401, as it should be");
        await().until(() -> handlersConsumer.backlog().completed() == 1);
        assertThat(HANDLED).isEmpty();
        assertThat(latestValues.all()).isEmpty();
        assertThat(registry.get("ackbox.webhook.awaiting")
                        .tag("endpoint", "default")
                        .gauge()
                        .value())
                .as("whether the endpoint waits for a first notification")
                .isZero();
        assertThat(registry.find("ackbox.payload.unknown").counters()).allMatch(counter -> counter.count() == 0);
        assertThat(registry.get("ackbox.records.stored")
                        .tag("field", "ackbox_probe")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
