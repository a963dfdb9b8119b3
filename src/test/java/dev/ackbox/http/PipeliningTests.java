package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.Payloads;
import dev.ackbox.RawHttp;
import dev.ackbox.ServiceTest;
import dev.ackbox.security.AppSecret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Senders that do not wait for an answer before they send their next request, to a service of few threads, none of them virtual. */
@ServiceTest({"server.tomcat.threads.max=8", "spring.threads.virtual.enabled=false"})
class PipeliningTests {

    private static final AppSecret SECRET = new AppSecret("secret");
    private static final String STRANGER = "127.0.0.3";
    private static final int SENDERS = 16;
    private static final byte[] REQUESTS =
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);

    @LocalServerPort
    private int port;

    private final List<Socket> sockets = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void whoReadsNoAnswersHoldsNoThread() throws Exception {
        Loopback.assumeAddress(STRANGER);
        for (int i = 0; i < SENDERS; i++) {
            sendWithoutPause(connect());
        }
        genuineOnesAreAnswered();
    }

    @Test
    void whoNeverPausesHoldsNoThread() throws Exception {
        Loopback.assumeAddress(STRANGER);
        for (int i = 0; i < SENDERS; i++) {
            Socket socket = connect();
            sendWithoutPause(socket);
            start(() -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
        }
        genuineOnesAreAnswered();
    }

    @Test
    void aConnectionIsNotClosedForItsManyRequests() throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            for (int i = 0; i < 300; i++) {
                http.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(http.readHead()).startsWith("HTTP/1.1 404").doesNotContain("close");
            }
        }
    }

    private void genuineOnesAreAnswered() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(genuine()).startsWith("HTTP/1.1 200");
        }
    }

    private String genuine() throws IOException {
        byte[] body = Payloads.read("messages/text_full");
        try (RawHttp http = new RawHttp(port)) {
            return http.send("POST /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\nX-Hub-Signature-256: " + SECRET.sign(body)
                            + "\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .send(body)
                    .readAll();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.bind(new InetSocketAddress(InetAddress.getByName(STRANGER), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        sockets.add(socket);
        return socket;
    }

    private void sendWithoutPause(Socket socket) {
        start(() -> {
            while (true) {
                socket.getOutputStream().write(REQUESTS);
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ex) {
                // The server has heard enough.
            }
        });
        thread.start();
        threads.add(thread);
    }
}
