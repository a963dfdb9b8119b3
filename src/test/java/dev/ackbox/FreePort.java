package dev.ackbox;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports for what a test has to name before it listens: another process, or a server that ends and comes back. */
public final class FreePort {

    /**
     * Below the ports that the operating system gives to connections and to servers that ask for any; one of those could be taken
     * between the moment it is found and the moment it is used.
     */
    private static final int FIRST = 20_000;

    private static final int PORTS = 12_000;

    /** Starts anywhere, so that two runs of tests on one machine rarely look at the same port. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

    private FreePort() {}

    /** A port where nobody listens on any address of this machine; the next call gives another one. */
    public static int find() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = FIRST + NEXT.getAndIncrement() % PORTS;
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException ex) {
                // in use; try another one
            }
        }
        throw new IllegalStateException("No free port found");
    }
}
