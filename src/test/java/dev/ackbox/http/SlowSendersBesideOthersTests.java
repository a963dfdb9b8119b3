package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.Payloads;
import dev.ackbox.RawHttp;
import dev.ackbox.ServiceTest;
import dev.ackbox.http.SlowSender.Manner;
import dev.ackbox.security.AppSecret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Many slow senders at a service that has few threads, and no virtual ones. What they may take is longer than the others wait
 * for an answer.
 */
@ServiceTest({
    "ackbox.http.body-timeout=5m",
    "server.tomcat.connection-timeout=5m",
    "server.tomcat.threads.max=8",
    "spring.threads.virtual.enabled=false"
})
@Timeout(120)
class SlowSendersBesideOthersTests {

    private static final AppSecret SECRET = new AppSecret("secret");
    private static final byte[] BODY = Payloads.read("messages/text_full");
    private static final String STRANGER = "127.0.0.3";
    private static final int SENDERS = 40;

    @LocalServerPort
    private int port;

    private ScheduledExecutorService clock;
    private final List<SlowSender> slow = new ArrayList<>();

    @BeforeEach
    void startClock() {
        clock = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterEach
    void stop() throws Exception {
        clock.shutdownNow();
        assertThat(clock.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        for (SlowSender sender : slow) {
            sender.close();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ackbox.http.SlowSender#manners")
    void genuineOnesAreAnswered(Manner manner) throws Exception {
        Loopback.assumeAddress(STRANGER);
        assertThat(genuine()).startsWith("HTTP/1.1 200");
        for (int i = 0; i < SENDERS; i++) {
            slow.add(new SlowSender(manner, STRANGER, port, clock));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(genuine()).startsWith("HTTP/1.1 200");
        }
    }

    private String genuine() throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.send("POST /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Hub-Signature-256: "
                            + SECRET.sign(BODY) + "\r\nContent-Length: " + BODY.length + "\r\n\r\n")
                    .send(BODY)
                    .readAll();
        }
    }
}
