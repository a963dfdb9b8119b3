package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.Payloads;
import dev.ackbox.ServiceTest;
import dev.ackbox.SignedClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Many large forged notifications from one address beside genuine ones from another, with little memory for bodies. */
@ServiceTest({"ackbox.http.max-bytes-in-flight=12MB", "ackbox.http.refusals-per-minute=5"})
@Timeout(120)
class FloodTests {

    private static final String FORGER = "127.0.0.2";
    private static final int FORGERS = 16;
    private static final int GENUINE = 30;
    private static final int FORGED_BYTES = 3_000_000;

    @LocalServerPort
    private int port;

    private SignedClient client;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Map<String, AtomicInteger> forgedAnswers = new ConcurrentHashMap<>();

    @BeforeEach
    void createClient() {
        client = SignedClient.ofServiceTest(port);
    }

    @Test
    void forgedOnesDoNotPushOutGenuineOnes() throws Exception {
        Loopback.assumeAddress(FORGER);
        List<Thread> forgers = new ArrayList<>();
        try {
            assertThat(send(Payloads.read("messages/text_full"))).isEqualTo(200);
            for (int i = 0; i < FORGERS; i++) {
                Thread forger = new Thread(this::forge, "forger-" + i);
                forger.start();
                forgers.add(forger);
            }
            for (int i = 0; i < GENUINE; i++) {
                assertThat(send(Payloads.read("messages/text_full")))
                        .as("notification " + i)
                        .isEqualTo(200);
            }
        } finally {
            over.set(true);
            for (Thread forger : forgers) {
                forger.join();
            }
        }
        assertThat(forgedAnswers).containsKey("401");
        assertThat(forgedAnswers.keySet()).isSubsetOf("401", "503", "closed");
    }

    private int send(byte[] body) throws IOException, InterruptedException {
        return client.post(body).statusCode();
    }

    private void forge() {
        byte[] body = new byte[FORGED_BYTES];
        byte[] head =
                ("POST /webhooks/whatsapp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Hub-Signature-256: sha256="
                                + "0".repeat(64) + "\r\nContent-Length: " + FORGED_BYTES + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        while (!over.get()) {
            forgedAnswers
                    .computeIfAbsent(forgeOne(head, body), answer -> new AtomicInteger())
                    .incrementAndGet();
        }
    }

    /** The answer's status; what is left of the body is refused by closing the connection. */
    private String forgeOne(byte[] head, byte[] body) {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(FORGER), 0)) {
            socket.getOutputStream().write(head);
            socket.getOutputStream().write(body);
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII).substring(9);
        } catch (IOException | StringIndexOutOfBoundsException ex) {
            return "closed";
        }
    }
}
