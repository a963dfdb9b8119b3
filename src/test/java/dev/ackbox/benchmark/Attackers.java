package dev.ackbox.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Senders of many networks, each of which holds idle connections and stalled bodies, as many as it gets, and sends forged bodies in
 * turn. What the server closes is opened again within a second. Needs a system on which all of 127.0.0.0/8 is this machine.
 */
final class Attackers implements AutoCloseable {

    static final int NETWORKS = 64;
    static final int FORGED_PER_SECOND = Integer.getInteger("benchmark.forged-rate", 5);
    private static final int FORGED_BYTES = 4 << 20;

    /** Of each network. Both together leave some of its 16 connections for forged bodies. */
    private static final int IDLE = 9;

    private static final int STALLED = 3;
    private static final int FORGERS = 4;
    private static final int TIMEOUT_MILLIS = 20_000;

    private final int port;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(FORGERS + 1);
    private final List<Held> held = new ArrayList<>();
    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final LongAdder opened = new LongAdder();
    private final byte[] body = new byte[FORGED_BYTES];
    private int turn;

    Attackers(int port) {
        this.port = port;
    }

    void start() {
        for (int i = 0; i < NETWORKS; i++) {
            for (int j = 0; j < IDLE; j++) {
                held.add(new Held(i, new byte[0]));
            }
            for (int j = 0; j < STALLED; j++) {
                // One large body for some small ones; all but the last byte is sent of none.
                held.add(new Held(i, j % 3 == 0 ? part(4 << 20, 256 << 10) : part(16 << 10, 8 << 10)));
            }
        }
        threads.scheduleWithFixedDelay(this::hold, 0, 200, TimeUnit.MILLISECONDS);
        for (int i = 0; i < FORGERS; i++) {
            threads.scheduleAtFixedRate(
                    this::forge, 0, FORGERS * 1_000_000L / FORGED_PER_SECOND, TimeUnit.MICROSECONDS);
        }
    }

    /** How often what was answered to forged bodies, and how many connections were opened for the others. */
    String figures() {
        return "forged bodies " + new TreeMap<>(answers) + ", idle and stalled connections opened " + opened;
    }

    private static byte[] head(int length) {
        return ("POST " + Notifications.PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Hub-Signature-256: sha256="
                        + "0".repeat(64) + "\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] part(int length, int sent) {
        byte[] head = head(length);
        return ByteBuffer.allocate(head.length + sent).put(head).array();
    }

    private static InetSocketAddress address(int network) {
        return new InetSocketAddress("127.0." + (network + 1) + ".1", 0);
    }

    private void hold() {
        held.forEach(Held::keep);
    }

    private void forge() {
        String answer;
        try (Socket socket = new Socket()) {
            socket.bind(address(nextNetwork()));
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(head(FORGED_BYTES));
            socket.getOutputStream().write(body);
            InputStream in = socket.getInputStream();
            answer = new String(in.readNBytes(12), StandardCharsets.US_ASCII).replace("HTTP/1.1 ", "");
        } catch (IOException ex) {
            answer = "none";
        }
        answers.computeIfAbsent(answer, any -> new LongAdder()).increment();
    }

    private synchronized int nextNetwork() {
        turn = (turn + 1) % NETWORKS;
        return turn;
    }

    /** A connection that is opened again when the server has closed it. Used by one thread, and by another one when that is to end. */
    private final class Held {

        private final int network;
        private final byte[] sent;
        private final ByteBuffer in = ByteBuffer.allocate(512);
        private SocketChannel channel;

        Held(int network, byte[] sent) {
            this.network = network;
            this.sent = sent;
        }

        synchronized void keep() {
            if (threads.isShutdown()) {
                return;
            }
            try {
                if (channel == null) {
                    channel = SocketChannel.open();
                    channel.bind(address(network));
                    channel.connect(new InetSocketAddress("127.0.0.1", port));
                    opened.increment();
                    channel.configureBlocking(false);
                    channel.write(ByteBuffer.wrap(sent));
                }
                in.clear();
                if (channel.read(in) != 0) {
                    close();
                }
            } catch (IOException ex) {
                close();
            }
        }

        synchronized void close() {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException ex) {
                // It is closed all the same.
            }
            channel = null;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        held.forEach(Held::close);
    }
}
