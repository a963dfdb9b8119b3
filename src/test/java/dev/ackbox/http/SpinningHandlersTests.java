package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.handler.Handler;
import dev.ackbox.handler.Received;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.model.Value;
import dev.ackbox.security.AppSecret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Handlers that compute, as many as there are processors, do not stop acknowledgements. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "ackbox.endpoints.default.verify-tokens=token",
            "ackbox.endpoints.default.app-secrets=secret"
        })
@Import(SpinningHandlersTests.Spinning.class)
@DirtiesContext
@Timeout(60)
class SpinningHandlersTests {

    private static final AppSecret SECRET = new AppSecret("secret");
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @TempDir
    private static Path directory;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry registry) {
        registry.add("ackbox.inbox.sqlite.directory", directory::toString);
    }

    @LocalServerPort
    private int port;

    @Autowired
    private Spinning handler;

    @Autowired
    private Consumer handlers;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Computes until it is released. */
    static final class Spinning implements Handler<Value> {

        private final AtomicBoolean released = new AtomicBoolean();
        private final AtomicInteger atWork = new AtomicInteger();

        @Override
        public void handle(Value value, Received received) {
            atWork.incrementAndGet();
            while (!released.get()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void acknowledgementsGoOn() throws Exception {
        for (int i = 0; i < PROCESSORS; i++) {
            assertThat(send(i)).isEqualTo(200);
        }
        await().until(() -> handler.atWork.get() == PROCESSORS);
        try {
            for (int i = PROCESSORS; i < PROCESSORS + 50; i++) {
                assertThat(send(i)).isEqualTo(200);
            }
        } finally {
            handler.released.set(true);
        }
        await().until(() -> handlers.backlog().waiting() == 0);
    }

    /** Each is of a user of its own. */
    private int send(int number) throws Exception {
        byte[] body =
                ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"messages\","
                                + "\"value\":{\"messages\":[{\"id\":\"wamid." + number + "\",\"from\":\"1555000"
                                + number
                                + "\",\"type\":\"text\",\"text\":{\"body\":\"hello\"}}]}}]}]}")
                        .getBytes(StandardCharsets.UTF_8);
        HttpResponse<Void> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/webhooks/whatsapp"))
                        .header("X-Hub-Signature-256", SECRET.sign(body))
                        .timeout(Duration.ofSeconds(20))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.discarding());
        return answer.statusCode();
    }
}
