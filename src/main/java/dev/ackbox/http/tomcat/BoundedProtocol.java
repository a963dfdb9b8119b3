package dev.ackbox.http.tomcat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 that holds out against senders who take their time. Tomcat bounds how long the next byte may take; whoever sends one
 * now and then may go on for ever, in a body at the cost of a thread. Here heads and bodies are bounded as a whole, and so is
 * the number of connections from one network.
 *
 * <p>Tomcat creates it by its name.
 */
public final class BoundedProtocol extends Http11NioProtocol {

    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

    /** What one network may have of all connections: one part of so many. */
    private static final int NETWORKS_TO_FILL_IT = 4;

    /** Where a request of Tomcat's holds its connection. Unlike its attributes, its notes stay from one request to the next. */
    private static final int CONNECTION_NOTE = 30;

    private final BoundedEndpoint endpoint;
    private Duration bodyTimeout = Duration.ZERO;
    private @Nullable ConnectionObserver observer;
    private @Nullable ScheduledFuture<?> watch;

    /** Without bounds until it is told of them. */
    public BoundedProtocol() {
        this(new BoundedEndpoint());
    }

    private BoundedProtocol(BoundedEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    void bound(Duration bodyTimeout, ConnectionObserver observer) {
        this.bodyTimeout = bodyTimeout;
        this.observer = observer;
    }

    /** The connection that a request comes from. */
    static @Nullable Connection connectionOf(Request request) {
        return (Connection) request.getNote(CONNECTION_NOTE);
    }

    @Override
    public void start() throws Exception {
        Connections connections = new Connections(
                new ConnectionBounds(
                        Duration.ofMillis(Math.max(0, getConnectionTimeout())),
                        // Whoever reads the body finds out first, and answers.
                        bodyTimeout.plus(WATCH_INTERVAL),
                        perNetwork(getMaxConnections())),
                Objects.requireNonNull(observer));
        endpoint.watched = connections;
        super.start();
        watch = getUtilityExecutor()
                .scheduleWithFixedDelay(
                        connections::watch,
                        WATCH_INTERVAL.toMillis(),
                        WATCH_INTERVAL.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Tomcat takes -1 for no limit. */
    private static int perNetwork(int maxConnections) {
        return maxConnections < 0 ? Integer.MAX_VALUE : Math.max(1, maxConnections / NETWORKS_TO_FILL_IT);
    }

    @Override
    public void stop() throws Exception {
        if (watch != null) {
            watch.cancel(false);
        }
        super.stop();
    }

    @Override
    protected Processor createProcessor() {
        return new BoundedProcessor();
    }

    /** Notes what comes of each connection. */
    private final class BoundedProcessor extends Http11Processor {

        BoundedProcessor() {
            super(BoundedProtocol.this, BoundedProtocol.this.getAdapter());
            request.setInputBuffer(new BoundedBody(request, request.getInputBuffer()));
        }

        @Override
        public SocketState service(SocketWrapperBase<?> socket) throws IOException {
            Connection connection = endpoint.connectionOf(socket);
            request.setNote(CONNECTION_NOTE, connection);
            if (connection == null) {
                return super.service(socket);
            }
            connection.bytesCame();
            SocketState state = super.service(socket);
            if (state == SocketState.OPEN) {
                connection.nothingLeft();
            }
            return state;
        }
    }

    /** Notes when the last of a body has been read: what is done with it then takes none of the sender's time. */
    private record BoundedBody(Request request, InputBuffer body) implements InputBuffer {

        @Override
        public int doRead(ApplicationBufferHandler handler) throws IOException {
            int bytes = body.doRead(handler);
            Connection connection = connectionOf(request);
            if (connection != null && request.isFinished()) {
                connection.bodyCame();
            }
            return bytes;
        }

        @Override
        public int available() {
            return body.available();
        }
    }

    /** Takes connections in. */
    private static final class BoundedEndpoint extends NioEndpoint {

        private volatile @Nullable Connections watched;

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            if (!Objects.requireNonNull(watched).accept(socket)) {
                // Nobody else would: Tomcat closes what it has a wrapper for.
                destroySocket(socket);
                return false;
            }
            return super.setSocketOptions(socket);
        }

        @Nullable
        Connection connectionOf(SocketWrapperBase<?> socket) {
            Connections present = watched;
            return present != null && socket.getSocket() instanceof NioChannel channel
                    ? present.of(channel.getIOChannel())
                    : null;
        }
    }
}
