package dev.ackbox.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A sender that sends a byte now and then, and never stops by itself. */
final class SlowSender implements AutoCloseable {

    private static final String POST = "POST /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\n";
    private static final String SIGNED = "X-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final Socket socket = new Socket();
    private final CompletableFuture<String> heard = new CompletableFuture<>();
    private final StringBuilder received = new StringBuilder();
    private final byte[] drip;
    private int sent;

    /**
     * What a slow sender does.
     *
     * @param start what it sends at once
     * @param drip what it sends over and over, a byte at a time
     * @param answer how what it is answered begins; empty for nothing
     */
    record Manner(String name, String start, String drip, String answer) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** Each place where the head of a request can be slow. It holds a connection, but no thread. */
    static Stream<Manner> heads() {
        return Stream.of(
                new Manner("empty lines before a request line", "", "\r\n", ""),
                new Manner("a request line", "GET /", "a", ""),
                new Manner("a header", POST + "X-Slow: ", "a", ""),
                new Manner("headers", POST, "X-A: b\r\n", ""));
    }

    /** Each place behind the head where a request can be slow. */
    static Stream<Manner> bodies() {
        return Stream.of(
                new Manner("a body", POST + SIGNED + "Content-Length: 100000\r\n\r\n", "a", "HTTP/1.1 408"),
                new Manner("a body without an announced length", POST + SIGNED + CHUNKED, "1\r\na\r\n", "HTTP/1.1 408"),
                new Manner("a chunk's length", POST + SIGNED + CHUNKED, "0", "HTTP/1.1 400"),
                new Manner("a chunk's extension", POST + SIGNED + CHUNKED + "1;", "a", "HTTP/1.1 400"),
                new Manner("trailers", POST + SIGNED + CHUNKED + "0\r\n", "X-A: b\r\n", "HTTP/1.1 400"),
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

    static Stream<Manner> manners() {
        return Stream.concat(heads(), bodies());
    }

    /** One that connects and goes on to send by the clock. */
    SlowSender(Manner manner, String address, int port, ScheduledExecutorService clock) throws IOException {
        drip = manner.drip().getBytes(StandardCharsets.ISO_8859_1);
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MILLIS);
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

    /** Completes with all that it was answered, once the server has ended the connection. */
    CompletableFuture<String> heard() {
        return heard;
    }

    /** The next byte; -1 where the server has ended the connection. */
    int read(int timeoutMillis) throws IOException {
        socket.setSoTimeout(timeoutMillis);
        return socket.getInputStream().read();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
