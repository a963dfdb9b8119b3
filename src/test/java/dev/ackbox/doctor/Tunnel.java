package dev.ackbox.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy for https that leads to one port of this machine, whatever it is asked for. */
final class Tunnel implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final int target;

    Tunnel(int target) throws IOException {
        this.target = target;
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                threads.execute(() -> lead(client));
            }
        } catch (IOException ex) {
            // It is closed.
        }
    }

    private void lead(Socket client) {
        try (client;
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target)) {
            skipHead(client.getInputStream());
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            threads.execute(() -> copy(far, client));
            copy(client, far);
        } catch (IOException ex) {
            // One of them has gone.
        }
    }

    private static void skipHead(InputStream in) throws IOException {
        int end = 0;
        while (end < 4) {
            int read = in.read();
            if (read < 0) {
                return;
            }
            end = read == "\r\n\r\n".charAt(end) ? end + 1 : 0;
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ex) {
            // One of them has gone.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
