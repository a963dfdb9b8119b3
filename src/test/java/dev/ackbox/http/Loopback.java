package dev.ackbox.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Assumptions;

/** Further addresses of this machine, so that a test can be several senders. */
final class Loopback {

    private Loopback() {}

    /** Skips the test where nothing can be sent from the address. */
    static void assumeAddress(String address) {
        Assumptions.assumeTrue(canSendFrom(address), "This system has no second loopback address");
    }

    private static boolean canSendFrom(String address) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException ex) {
            return false;
        }
    }
}
