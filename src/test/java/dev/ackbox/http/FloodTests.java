package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.Payloads;
import dev.ackbox.ServiceTest;
import dev.ackbox.SignedClient;
import dev.ackbox.http.tomcat.PublicPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Strangers send first, and all the time; the first genuine notification comes when they have taken what they can get. */
@ServiceTest({
    "ackbox.http.max-bytes-in-flight=12MB",
    "server.tomcat.max-connections=" + FloodTests.MAX_CONNECTIONS,
    "server.tomcat.connection-timeout=60s",
    "ackbox.http.body-timeout=60s"
})
@Timeout(120)
class FloodTests {

    static final int MAX_CONNECTIONS = 1024;

    private static final int NETWORKS = 64;

    /** Before JDK 24 there are fewer places for bodies, and so for fewer networks. */
    private static final int NETWORKS_WITH_BODIES = PublicPort.canUseVirtualThreads() ? NETWORKS : 28;

    /** With more, the senders' own threads take the processors from the few on which the service's virtual threads run. */
    private static final int FORGERS = 4;

    private static final int GENUINE = 30;
    private static final int FORGED_BYTES = 3_000_000;

    @LocalServerPort
    private int port;

    private SignedClient client;
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Socket> sockets = new ArrayList<>();
    private final Map<String, AtomicInteger> forgedAnswers = new ConcurrentHashMap<>();

    @BeforeEach
    void createClient() {
        Loopback.assumeAddress(network(1));
        client = SignedClient.ofServiceTest(port);
    }

    @AfterEach
    void closeSockets() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void forgedBodiesDoNotPushOutGenuineOnes() throws Exception {
        List<Thread> forgers = new ArrayList<>();
        try {
            for (int i = 0; i < FORGERS; i++) {
                String address = network(i % 2);
                Thread forger = new Thread(() -> forge(address), "forger-" + i);
                forger.start();
                forgers.add(forger);
            }
            genuineOnesAreStored();
        } finally {
            over.set(true);
            for (Thread forger : forgers) {
                forger.join();
            }
        }
        assertThat(forgedAnswers).containsKey("401");
        assertThat(forgedAnswers.keySet()).isSubsetOf("401", "503", "closed");
    }

    @Test
    void twoStrangersWithStalledBodiesDoNotPushOutGenuineOnes() throws Exception {
        // Smaller and smaller ones fill what larger ones leave.
        for (int size = 4 << 20; size >= 512; size /= 2) {
            for (int i = 0; i < 4; i++) {
                sendInPart(network(i % 2), head(size), new byte[size - 1]);
            }
        }
        genuineOnesAreStored();
    }

    @Test
    void manyNetworksWithStalledBodiesDoNotPushOutGenuineOnes() throws Exception {
        byte[] part = new byte[100];
        for (int i = 0; i < MAX_CONNECTIONS; i++) {
            sendInPart(network(i % NETWORKS_WITH_BODIES), head(16_384), part);
        }
        genuineOnesAreStored();
    }

    @Test
    void manyNetworksWithIdleConnectionsDoNotPushOutGenuineOnes() throws Exception {
        for (int i = 0; i < 2 * MAX_CONNECTIONS; i++) {
            sockets.add(connect(network(i % NETWORKS)));
        }
        genuineOnesAreStored();
    }

    private void genuineOnesAreStored() throws Exception {
        for (int i = 0; i < GENUINE; i++) {
            assertThat(client.post(Payloads.read("messages/text_full")).statusCode())
                    .as("notification " + i)
                    .isEqualTo(200);
        }
    }

    private static String network(int number) {
        return "127.0." + (number + 1) + ".1";
    }

    private Socket connect(String address) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 5_000);
        return socket;
    }

    /** Whether that much is taken at all, is up to the service. */
    private void sendInPart(String address, byte[] head, byte[] part) throws IOException {
        Socket socket = connect(address);
        sockets.add(socket);
        try {
            socket.getOutputStream().write(head);
            socket.getOutputStream().write(part);
        } catch (IOException ex) {
            // The service has closed it.
        }
    }

    private void forge(String address) {
        byte[] body = new byte[FORGED_BYTES];
        byte[] head = head(FORGED_BYTES);
        while (!over.get()) {
            forgedAnswers
                    .computeIfAbsent(forgeOne(address, head, body), answer -> new AtomicInteger())
                    .incrementAndGet();
        }
    }

    private static byte[] head(int length) {
        return ("POST /webhooks/whatsapp HTTP/1.1\r\nHost: localhost\r\nX-Hub-Signature-256: sha256=" + "0".repeat(64)
                        + "\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The answer's status. */
    private String forgeOne(String address, byte[] head, byte[] body) {
        try (Socket socket = connect(address)) {
            socket.getOutputStream().write(head);
            socket.getOutputStream().write(body);
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII).substring(9);
        } catch (IOException | StringIndexOutOfBoundsException ex) {
            return "closed";
        }
    }
}
