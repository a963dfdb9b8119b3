package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.Payloads;
import dev.ackbox.RawHttp;
import dev.ackbox.ServiceTest;
import dev.ackbox.http.SlowSender.Manner;
import dev.ackbox.security.AppSecret;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** How long a sender may take, and how many connections one address may have. */
@ServiceTest({
    "ackbox.http.body-timeout=1s",
    "server.tomcat.connection-timeout=1s",
    "server.tomcat.keep-alive-timeout=20s",
    "server.tomcat.max-connections=" + SlowSenderTests.MAX_CONNECTIONS
})
class SlowSenderTests {

    static final int MAX_CONNECTIONS = 400;

    private static final AppSecret SECRET = new AppSecret("secret");
    private static final byte[] BODY = Payloads.read("messages/text_full");
    private static final String STRANGER = "127.0.0.3";

    /** The timeouts that are set above, twice; and what a busy machine adds. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final String POST = "POST /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\n";

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

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
    @MethodSource("dev.ackbox.http.SlowSender#bodies")
    void isCutOff(Manner manner) throws Exception {
        String heard = start(manner, "127.0.0.1").heard().get(LONGEST.toSeconds(), TimeUnit.SECONDS);

        assertThat(heard).startsWith(manner.answer());
    }

    /** One address may have a quarter of the connections while nobody else has any. */
    @Test
    void oneAddressCannotTakeAllConnections() throws Exception {
        Loopback.assumeAddress(STRANGER);
        Manner idle = new Manner("nothing", "", "", "");
        double before = rejectedConnections();
        // Those that are rejected do not count: otherwise nobody would be accepted any more.
        while (rejectedConnections() - before <= MAX_CONNECTIONS) {
            start(idle, STRANGER);
        }
        assertThat(slow.get(slow.size() - 1).read(10_000)).isEqualTo(-1);
        assertThat(genuine("Connection: close\r\n")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\n\r\n"})
    void aConnectionIsClosedAfterARejection(String request) throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            assertThat(http.send(request).readAll()).matches("HTTP/1.1 40[04] [^\\x00]*Connection: close[^\\x00]*");
        }
    }

    @Test
    void aConnectionIsKeptAfterSomethingGenuine() throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            for (int i = 0; i < 2; i++) {
                http.send(signed("")).send(BODY);
                assertThat(http.readHead()).startsWith("HTTP/1.1 200").doesNotContain("close");
                // Longer than a connection may take for its first request, or for the next bytes of one.
                Manner other = SlowSender.bodies().findFirst().orElseThrow();
                start(other, "127.0.0.1").heard().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    private SlowSender start(Manner manner, String address) throws IOException {
        SlowSender sender = new SlowSender(manner, address, port, clock);
        slow.add(sender);
        return sender;
    }

    private double rejectedConnections() {
        return meters.get("ackbox.connections.rejected").counter().count();
    }

    private String genuine(String header) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.send(signed(header)).send(BODY).readAll();
        }
    }

    private static String signed(String header) {
        return POST + header + "X-Hub-Signature-256: " + SECRET.sign(BODY) + "\r\nContent-Length: " + BODY.length
                + "\r\n\r\n";
    }
}
