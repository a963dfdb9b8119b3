package dev.ackbox.http.tomcat;

import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Objects;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 with a limit of connections by network. Tomcat limits all connections together, so that one sender of none but idle ones could
 * keep everybody else out; a valve sees no connection before its first request. For this reason alone Ackbox extends a class of Tomcat's
 * that may change. Looks at the connections that Tomcat has, and keeps no record of its own.
 *
 * <p>Tomcat creates it by its name.
 */
public final class ConnectionLimitProtocol extends Http11NioProtocol {

    private final LimitedEndpoint endpoint;

    /** Limits nothing before it is observed and started. */
    public ConnectionLimitProtocol() {
        this(new LimitedEndpoint());
    }

    private ConnectionLimitProtocol(LimitedEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    void observe(PortObserver observer) {
        endpoint.observer = observer;
    }

    /** Accepts connections. */
    private static final class LimitedEndpoint extends NioEndpoint {

        private @Nullable PortObserver observer;

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            if (admits(socket.socket().getInetAddress())) {
                return super.setSocketOptions(socket);
            }
            Objects.requireNonNull(observer).connectionRejected();
            // Tomcat closes only what it has registered, which this is not.
            destroySocket(socket);
            return false;
        }

        private boolean admits(InetAddress address) {
            if (getMaxConnections() < 0) {
                return true;
            }
            Allowance allowance = Allowance.of(getMaxConnections());
            long others = connections.size();
            // To count those of the network takes longer; it is not needed while there are few.
            return allowance.admits(others, allowance.share(), 1)
                    || allowance.admits(others, countOf(networkOf(address)), 1);
        }

        private long countOf(byte[] network) {
            return connections.keySet().stream()
                    .map(other -> other.socket().getInetAddress())
                    .filter(Objects::nonNull)
                    .filter(other -> Arrays.equals(networkOf(other), network))
                    .count();
        }

        /** All of an IPv4 address, the first 64 bits of an IPv6 address. */
        private static byte[] networkOf(InetAddress address) {
            byte[] bytes = address.getAddress();
            return bytes.length == 4 ? bytes : Arrays.copyOf(bytes, 8);
        }
    }
}
