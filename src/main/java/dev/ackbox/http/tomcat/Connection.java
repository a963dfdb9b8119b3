package dev.ackbox.http.tomcat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection, and until when its sender has to be done with what it is sending. Used by one thread of Tomcat at a time, and
 * watched by another.
 */
final class Connection {

    /** So many requests are answered while others wait for the thread. */
    private static final int MOST_IN_A_ROW = 100;

    private final SocketChannel channel;
    private final ConnectionBounds bounds;

    /** In {@link System#nanoTime()}; none while nothing is expected of the sender. */
    private volatile @Nullable Long due;

    private boolean answered;
    private int inARow;

    /** A sender that connects has to send the head of a request, and to agree on TLS before it. */
    Connection(SocketChannel channel, ConnectionBounds bounds) {
        this.channel = channel;
        this.bounds = bounds;
        expect(bounds.head());
    }

    /** Some bytes have come. They may be anything, even empty lines: from the first one on a whole head is expected. */
    void bytesCame() {
        answered = false;
        inARow = 0;
        if (due == null) {
            expect(bounds.head());
        }
    }

    /** The head is complete. */
    void headCame() {
        inARow++;
        expect(bounds.body());
    }

    /** The sender always has its next request there before the last one is answered, so that its thread never gets to others. */
    boolean isWithoutPause() {
        return inARow >= MOST_IN_A_ROW;
    }

    /** The body is complete, trailers included. */
    void bodyCame() {
        due = null;
    }

    /** The request is answered. What may still come of it, and the next one's head, have the time of a head together. */
    void answered() {
        answered = true;
        expect(bounds.head());
    }

    /** All bytes that have come are used up. */
    void nothingLeft() {
        if (answered) {
            due = null;
        }
    }

    private void expect(Duration within) {
        due = within.isZero() ? null : (Long) (System.nanoTime() + within.toNanos());
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /**
     * Reads no more of a sender that is overdue: for whoever reads it, it has ended its half, and may still be answered. To close
     * the connection would be up to that thread, since its buffers go to the next one.
     *
     * @return whether it was overdue
     */
    boolean cutIfOverdue() {
        Long due = this.due;
        if (due == null || System.nanoTime() - due < 0) {
            return false;
        }
        this.due = null;
        try {
            channel.shutdownInput();
        } catch (IOException ex) {
            return false; // the sender was faster
        }
        return true;
    }
}
