package dev.ackbox.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends prepared requests over keep-alive connections, from one thread, so that it leaves as much of the machine as it can
 * to the server. A connection has at most one request under way.
 */
final class LoadClient implements AutoCloseable {

    static final int CONNECTIONS = 64;

    /** An answer that takes longer is not waited for. */
    private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private static final byte[] OK = {'2', '0', '0'};
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final Selector selector = Selector.open();
    private final Requests requests;
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final List<Connection> connections = new ArrayList<>();
    private final Latencies latencies = new Latencies();
    private final List<Latencies> seconds = new ArrayList<>();
    private long start;
    private int next;
    private int underWay;
    private long refused;

    LoadClient(int port, Requests requests) throws IOException {
        this(port, requests, CONNECTIONS);
    }

    LoadClient(int port, Requests requests, int connections) throws IOException {
        this(List.of(port), requests, connections);
    }

    /** @param ports of servers that take the connections in turns */
    LoadClient(List<Integer> ports, Requests requests, int connections) throws IOException {
        this.requests = requests;
        for (int i = 0; i < connections; i++) {
            Connection connection = new Connection(ports.get(i % ports.size()));
            this.connections.add(connection);
            idle.add(connection);
        }
    }

    /**
     * Sends the next request of each connection as soon as the last one is answered.
     *
     * @param repeat whether to start over when all requests have been sent; otherwise that is the end
     */
    LoadResult saturate(Duration duration, boolean repeat) throws IOException {
        start = System.nanoTime();
        long end = start + duration.toNanos();
        while (underWay > 0 || (System.nanoTime() < end && hasNext(repeat))) {
            while (!idle.isEmpty() && System.nanoTime() < end && hasNext(repeat)) {
                idle.remove().send(System.nanoTime());
            }
            if (underWay > 0) {
                awaitAnswer();
            }
        }
        return new LoadResult(latencies, seconds, refused, System.nanoTime() - start);
    }

    /** Sends each request at its time, whether or not others have been answered, as far as a connection is free. */
    LoadResult sendPlanned(int requestsPerSecond) throws IOException {
        double interval = TimeUnit.SECONDS.toNanos(1) / (double) requestsPerSecond;
        start = System.nanoTime();
        while (hasNext(false) || underWay > 0) {
            long planned = start + (long) (next * interval);
            while (hasNext(false) && !idle.isEmpty() && planned <= System.nanoTime()) {
                idle.remove().send(planned);
                planned = start + (long) (next * interval);
            }
            if (hasNext(false) && !idle.isEmpty()) {
                long wait = TimeUnit.NANOSECONDS.toMillis(planned - System.nanoTime());
                selector.select(this::receive, Math.max(1, wait));
            } else if (underWay > 0) {
                awaitAnswer();
            }
        }
        return new LoadResult(latencies, seconds, refused, System.nanoTime() - start);
    }

    private boolean hasNext(boolean repeat) {
        if (repeat && next == requests.size()) {
            next = 0;
        }
        return next < requests.size();
    }

    private void awaitAnswer() throws IOException {
        if (selector.select(this::receive, PATIENCE_MILLIS) == 0) {
            throw new IOException("No answer came within a minute");
        }
    }

    private void record(long since, long nanos) {
        latencies.add(nanos);
        int second = (int) TimeUnit.NANOSECONDS.toSeconds(since - start);
        while (seconds.size() <= second) {
            seconds.add(new Latencies());
        }
        seconds.get(second).add(nanos);
    }

    private void receive(SelectionKey key) {
        ((Connection) key.attachment()).receive();
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.channel.close();
        }
        selector.close();
    }

    private final class Connection {

        private final SocketChannel channel;
        private final ByteBuffer out = requests.view();
        private final ByteBuffer in = ByteBuffer.allocateDirect(4096);
        private long since;

        Connection(int port) throws IOException {
            this.channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send(long since) throws IOException {
            this.since = since;
            requests.select(next++, out);
            // It fits the socket's buffer, which is empty: one pass, as a rule.
            while (out.hasRemaining()) {
                channel.write(out);
            }
            underWay++;
        }

        void receive() {
            try {
                if (channel.read(in) < 0) {
                    throw new EOFException("The server has closed a connection");
                }
            } catch (IOException ex) {
                throw new IllegalStateException(ex);
            }
            if (isWhole()) {
                record(since, System.nanoTime() - since);
                for (int i = 0; i < OK.length; i++) {
                    if (in.get(STATUS_AT + i) != OK[i]) {
                        refused++;
                        break;
                    }
                }
                in.clear();
                underWay--;
                idle.add(this);
            }
        }

        /** Neither application sends a body. */
        private boolean isWhole() {
            int end = in.position();
            return end > 4 && in.get(end - 1) == '\n' && in.get(end - 3) == '\n' && in.get(end - 4) == '\r';
        }
    }
}
