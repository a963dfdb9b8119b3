package dev.ackbox.http.tomcat;

import dev.ackbox.security.SenderNetwork;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections that are open, all of them and by network. Tomcat does not tell of those that were closed: they are looked
 * for.
 */
final class Connections {

    private final ConnectionBounds bounds;
    private final ConnectionObserver observer;
    private final Map<SocketChannel, Connection> open = new ConcurrentHashMap<>();
    private final Map<SenderNetwork, Set<Connection>> byNetwork = new HashMap<>();

    Connections(ConnectionBounds bounds, ConnectionObserver observer) {
        this.bounds = bounds;
        this.observer = observer;
    }

    /** Takes a new connection in, or returns false where its network has too many. */
    boolean accept(SocketChannel channel) {
        Connection connection = new Connection(channel, bounds);
        if (!admit(SenderNetwork.of(channel.socket().getInetAddress().getHostAddress()), connection)) {
            observer.closed(ConnectionObserver.Reason.TOO_MANY);
            return false;
        }
        open.put(channel, connection);
        return true;
    }

    private synchronized boolean admit(SenderNetwork network, Connection connection) {
        Set<Connection> others = byNetwork.computeIfAbsent(network, any -> new HashSet<>());
        if (others.size() >= bounds.perNetwork()) {
            others.removeIf(other -> !other.isOpen());
        }
        return others.size() < bounds.perNetwork() && others.add(connection);
    }

    /** One that was accepted and is still open. */
    @Nullable
    Connection of(SocketChannel channel) {
        return open.get(channel);
    }

    /** To be called every now and then: cuts off whoever is overdue, forgets those that were closed. */
    void watch() {
        open.values().removeIf(connection -> !connection.isOpen());
        for (Connection connection : open.values()) {
            if (connection.cutIfOverdue()) {
                observer.closed(ConnectionObserver.Reason.TOO_SLOW);
            }
        }
        forgetClosed();
    }

    private synchronized void forgetClosed() {
        byNetwork.values().removeIf(connections -> {
            connections.removeIf(connection -> !connection.isOpen());
            return connections.isEmpty();
        });
    }
}
