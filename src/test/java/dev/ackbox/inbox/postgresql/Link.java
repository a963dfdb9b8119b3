package dev.ackbox.inbox.postgresql;

import dev.ackbox.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between a store and its server, which a test can cut in several ways. */
final class Link implements AutoCloseable {

    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private volatile ServerSocket listening;
    private boolean hangs;
    private volatile boolean closed;

    Link(int target) throws IOException {
        this.target = target;
        this.port = FreePort.find();
        this.listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        start(listening);
    }

    int port() {
        return port;
    }

    private void start(ServerSocket server) {
        run("accept", () -> {
            while (true) {
                Socket near = server.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(near);
                sockets.add(far);
                run("to server", () -> copy(near, far));
                run("to client", () -> copy(far, near));
            }
        });
    }

    private interface Work {

        void run() throws IOException;
    }

    private static void run(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException ex) {
                        // the link is cut
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void copy(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                passGate();
                out.write(buffer, 0, read);
            }
        }
    }

    private void passGate() throws IOException {
        synchronized (gate) {
            while (hangs && !closed) {
                try {
                    gate.wait();
                } catch (InterruptedException ex) {
                    throw new IOException(ex);
                }
            }
        }
    }

    /** Connections stay, and nothing gets through. */
    void hang() {
        synchronized (gate) {
            hangs = true;
        }
    }

    /** What hung goes on where it still has two ends. */
    void goOn() {
        synchronized (gate) {
            hangs = false;
            gate.notifyAll();
        }
    }

    /** Connections are reset; new ones can be made. */
    void reset() throws IOException {
        for (Socket socket : Set.copyOf(sockets)) {
            sockets.remove(socket);
            try (socket) {
                socket.setSoLinger(true, 0); // its end is a reset
            } catch (SocketException ex) {
                // it was closed before
            }
        }
    }

    /** Connections are reset, and new ones refused. */
    void refuse() throws IOException {
        listening.close();
        reset();
    }

    /** The end of {@link #refuse}. */
    void accept() throws IOException {
        listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        start(listening);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        goOn();
        refuse();
    }
}
