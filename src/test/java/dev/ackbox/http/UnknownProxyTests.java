package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.CapturedLog;
import dev.ackbox.ServiceTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Stalled bodies of many clients behind one proxy, which is this machine. */
@Timeout(60)
class UnknownProxyTests {

    private static final String WARNING = "All senders behind a proxy that is not known have the proxy's address";

    /** More than a quarter of the 30 that 40 threads allow, and a share. */
    private static final int STALLED = 20;

    /** On Kubernetes, where Spring Boot would believe each private address. */
    @Nested
    @ServiceTest({
        "spring.main.cloud-platform=kubernetes",
        "spring.threads.virtual.enabled=false",
        "server.tomcat.threads.max=40",
        "server.tomcat.connection-timeout=60s",
        "ackbox.http.body-timeout=60s"
    })
    class NotDeclared {

        @LocalServerPort
        private int port;

        @Test
        void allClientsAreOneNetworkAndTheLogSaysSo() throws Exception {
            assertThat(warningsWhile(port, "X-Forwarded-For: 203.0.113.%d", "Forwarded: for=192.0.2.1"))
                    .hasSize(1);
        }
    }

    @Nested
    @ServiceTest({
        "server.forward-headers-strategy=native",
        "server.tomcat.remoteip.internal-proxies=127.0.0.0/8",
        "spring.threads.virtual.enabled=false",
        "server.tomcat.threads.max=40",
        "server.tomcat.connection-timeout=60s",
        "ackbox.http.body-timeout=60s"
    })
    class Declared {

        @LocalServerPort
        private int port;

        /** An address that a client added stays in the header. */
        @Test
        void aClientThatIsRejectedIsNoReason() throws Exception {
            assertThat(warningsWhile(
                            port,
                            "X-Forwarded-For: 192.0.2.%d, 203.0.113.1",
                            "X-Forwarded-For: 192.0.2.7, 203.0.113.1"))
                    .isEmpty();
        }
    }

    /** Stalls bodies until one is answered 503. */
    private static List<CapturedLog.Line> warningsWhile(int port, String headers, String last) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < STALLED; i++) {
                sockets.add(stall(port, String.format(headers, i)));
            }
            await().pollInSameThread().untilAsserted(() -> {
                Socket socket = stall(port, last);
                sockets.add(socket);
                socket.setSoTimeout(500);
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 503");
            });
            return log.lines().stream()
                    .filter(line -> line.text().contains(WARNING))
                    .toList();
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static Socket stall(int port, String header) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream()
                .write(("POST /webhooks/whatsapp HTTP/1.1\r\nHost: localhost\r\n" + header
                                + "\r\nX-Hub-Signature-256: sha256=" + "0".repeat(64)
                                + "\r\nContent-Length: 100\r\n\r\n{")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
