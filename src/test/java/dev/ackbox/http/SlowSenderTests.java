package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.Payloads;
import dev.ackbox.RawHttp;
import dev.ackbox.security.AppSecret;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Senders that never stop sending, a byte at a time, to a service that has few threads and no virtual ones. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "ackbox.endpoints.default.verify-tokens=token",
            "ackbox.endpoints.default.app-secrets=secret",
            "ackbox.http.body-timeout=1s",
            "ackbox.http.refusals-per-minute=100000",
            "server.tomcat.connection-timeout=1s",
            "server.tomcat.keep-alive-timeout=20s",
            "server.tomcat.threads.max=8",
            "server.tomcat.max-connections=" + SlowSenderTests.MAX_CONNECTIONS,
            "spring.threads.virtual.enabled=false"
        })
@DirtiesContext
@Timeout(60)
class SlowSenderTests {

    static final int MAX_CONNECTIONS = 400;

    private static final AppSecret SECRET = new AppSecret("secret");
    private static final byte[] BODY = Payloads.read("messages/text_full");
    private static final String STRANGER = "127.0.0.3";
    private static final int SENDERS = 40;

    /** The timeouts that are set above, twice; and what a busy machine adds. */
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private static final String POST = "POST /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\n";
    private static final String SIGNED = "X-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    @TempDir
    private static Path directory;

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

    private ScheduledExecutorService clock;
    private final List<Slow> slow = new ArrayList<>();

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry registry) {
        registry.add("ackbox.inbox.sqlite.directory", directory::toString);
    }

    /**
     * What a slow sender does.
     *
     * @param start what it sends at once
     * @param drip what it sends over and over, a byte at a time
     * @param answer how what it is answered begins; empty for nothing
     */
    private record Manner(String name, String start, String drip, String answer) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Manner> manners() {
        return Stream.of(
                new Manner("empty lines before a request line", "", "\r\n", ""),
                new Manner("a request line", "GET /", "a", ""),
                new Manner("a header", POST + "X-Slow: ", "a", ""),
                new Manner("headers", POST, "X-A: b\r\n", ""),
                new Manner("a body", POST + SIGNED + "Content-Length: 100000\r\n\r\n", "a", "HTTP/1.1 408"),
                new Manner("a body without an announced length", POST + SIGNED + CHUNKED, "1\r\na\r\n", "HTTP/1.1 408"),
                new Manner("a chunk's length", POST + SIGNED + CHUNKED, "0", ""),
                new Manner("a chunk's extension", POST + SIGNED + CHUNKED + "1;", "a", ""),
                new Manner("trailers", POST + SIGNED + CHUNKED + "0\r\n", "X-A: b\r\n", ""),
                new Manner(
                        "a body that is refused unread", POST + "Content-Length: 60000\r\n\r\n", "a", "HTTP/1.1 401"),
                new Manner("chunks of a body that is refused unread", POST + CHUNKED, "1\r\na\r\n", "HTTP/1.1 401"),
                new Manner(
                        "a body to nobody",
                        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n",
                        "a",
                        "HTTP/1.1 404"),
                new Manner("a second request line", "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /", "a", "HTTP/1.1 404"),
                new Manner("empty lines after an answer", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\r\n", "HTTP/1.1 404"));
    }

    @BeforeEach
    void startClock() {
        clock = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterEach
    void stop() throws Exception {
        clock.shutdownNow();
        assertThat(clock.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        for (Slow sender : slow) {
            sender.socket.close();
        }
    }

    @ParameterizedTest
    @MethodSource("manners")
    void isCutOff(Manner manner) throws Exception {
        Slow sender = new Slow(manner, "127.0.0.1");
        String heard = sender.heard.get(LONGEST.toSeconds(), TimeUnit.SECONDS);

        if (manner.answer().isEmpty()) {
            assertThat(heard).matches("(HTTP/1\\.1 4\\d\\d [^\\x00]*)?");
        } else {
            assertThat(heard).startsWith(manner.answer());
        }
    }

    @ParameterizedTest
    @MethodSource("manners")
    void othersAreAnsweredMeanwhile(Manner manner) throws Exception {
        Assumptions.assumeTrue(hasAddress(STRANGER), "This system has no second loopback address");
        assertThat(genuine()).startsWith("HTTP/1.1 200");
        for (int i = 0; i < SENDERS; i++) {
            slow.add(new Slow(manner, STRANGER));
        }
        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            assertThat(genuine()).startsWith("HTTP/1.1 200");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void oneAddressCannotTakeAllConnections() throws Exception {
        Assumptions.assumeTrue(hasAddress(STRANGER), "This system has no second loopback address");
        Manner idle = new Manner("nothing", "", "", "");
        double before = closed("too_many");
        // Those that are refused are closed, and do not count: otherwise nobody would be accepted any more.
        while (closed("too_many") - before <= MAX_CONNECTIONS) {
            slow.add(new Slow(idle, STRANGER));
        }
        Slow last = slow.get(slow.size() - 1);
        last.socket.setSoTimeout(10_000);
        assertThat(last.socket.getInputStream().read()).isEqualTo(-1);
        assertThat(genuine()).startsWith("HTTP/1.1 200");
    }

    @Test
    void aConnectionThatWaitsForItsNextRequestIsNotCutOff() throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            double before = closed("too_slow");
            for (int i = 0; i < 3; i++) {
                http.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(http.readHead()).startsWith("HTTP/1.1 404");
                Slow other = new Slow(manners().findFirst().orElseThrow(), "127.0.0.1");
                other.heard.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            }
            assertThat(closed("too_slow") - before).isEqualTo(3);
        }
    }

    private double closed(String reason) {
        Counter counter =
                meters.find("ackbox.connections.closed").tag("reason", reason).counter();
        return counter == null ? 0 : counter.count();
    }

    private String genuine() throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.send(signed("Connection: close\r\n")).send(BODY).readAll();
        }
    }

    private static String signed(String header) {
        return POST + header + "X-Hub-Signature-256: " + SECRET.sign(BODY) + "\r\nContent-Length: " + BODY.length
                + "\r\n\r\n";
    }

    private static boolean hasAddress(String address) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException ex) {
            return false;
        }
    }

    /** A sender at work until the server ends the connection. */
    private final class Slow {

        private final Socket socket;
        private final CompletableFuture<String> heard = new CompletableFuture<>();
        private final StringBuilder received = new StringBuilder();
        private final byte[] drip;
        private int sent;

        Slow(Manner manner, String address) throws IOException {
            drip = manner.drip().getBytes(StandardCharsets.ISO_8859_1);
            socket = new Socket();
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
            socket.getOutputStream().write(manner.start().getBytes(StandardCharsets.ISO_8859_1));
            if (drip.length > 0) {
                clock.scheduleAtFixedRate(this::goOn, 0, 50, TimeUnit.MILLISECONDS);
            }
        }

        private void goOn() {
            if (heard.isDone()) {
                return;
            }
            try {
                int available = socket.getInputStream().available();
                received.append(new String(socket.getInputStream().readNBytes(available), StandardCharsets.ISO_8859_1));
                socket.getOutputStream().write(drip[sent++ % drip.length]);
            } catch (IOException ex) {
                heard.complete(received.toString());
            }
        }
    }
}
