package dev.ackbox.http;

import static dev.ackbox.http.Admission.SMALL_BODY;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.apache.catalina.connector.ClientAbortException;

/**
 * Reads a body as it came, within bounds that hold while it is read: whatever the sender announced, and however slowly it
 * sends. Memory is taken as bytes arrive, so that an announcement alone costs nothing.
 */
final class BodyReader {

    private static final int CHUNK = 8 << 10;

    /** Buffers fill a power of two with their header. One that is a little longer takes twice the memory where G1 gives it regions of its own. */
    private static final int ARRAY_HEADER = 16;

    private static final int FIRST_BYTES = SMALL_BODY - ARRAY_HEADER;

    private final int maxBytes;
    private final long timeoutNanos;

    BodyReader(HttpProperties properties) {
        this.maxBytes = Math.toIntExact(properties.maxBodySize().toBytes());
        this.timeoutNanos = properties.bodyTimeout().toNanos();
    }

    /**
     * Reads all of it.
     *
     * @throws RefusedException where it is too large, too slow, malformed, or more than memory is kept for
     * @throws IOException where the sender went away
     */
    byte[] read(HttpServletRequest request, Admission.Body body) throws IOException, RefusedException {
        long announced = request.getContentLengthLong();
        if (announced > maxBytes) {
            throw new RefusedException(Outcome.TOO_LARGE);
        }
        byte[] buffer = allocate(announced < 0 ? FIRST_BYTES : (int) Math.min(announced, FIRST_BYTES), body);
        int length = 0;
        long deadline = System.nanoTime() + timeoutNanos;
        try {
            InputStream in = request.getInputStream();
            while (length != announced) {
                if (length == buffer.length) {
                    buffer = grow(buffer, announced, body);
                }
                int read = in.read(buffer, length, buffer.length - length);
                if (read < 0) {
                    break;
                }
                length += read;
                if (length > maxBytes) {
                    throw new RefusedException(Outcome.TOO_LARGE);
                }
                if (System.nanoTime() > deadline) {
                    throw new RefusedException(Outcome.TOO_SLOW);
                }
            }
        } catch (IOException ex) {
            if (ex.getCause() instanceof SocketTimeoutException) {
                throw new RefusedException(Outcome.TOO_SLOW);
            }
            if (ex instanceof ClientAbortException) {
                throw ex;
            }
            throw new RefusedException(Outcome.MALFORMED);
        }
        return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
    }

    /** One byte more than the limit is enough to see that it is passed. */
    private byte[] grow(byte[] buffer, long announced, Admission.Body body) throws RefusedException {
        long wanted = Math.min(2L * buffer.length + ARRAY_HEADER, maxBytes + 1L);
        int size = (int) (announced < 0 ? wanted : Math.min(wanted, announced));
        byte[] larger = allocate(size, body);
        System.arraycopy(buffer, 0, larger, 0, buffer.length);
        body.giveBack(beyondPlace(buffer.length));
        return larger;
    }

    private static byte[] allocate(int size, Admission.Body body) throws RefusedException {
        if (!body.take(beyondPlace(size))) {
            throw new RefusedException(Outcome.OVERLOADED);
        }
        return new byte[size];
    }

    private static int beyondPlace(int size) {
        return Math.max(0, size - SMALL_BODY);
    }

    /**
     * Reads and drops what is left of a body whose sender has been answered: most clients, and proxies, look for an answer only when they
     * have sent everything, and a connection that is closed before is reset and takes the answer with it. Ends after twice the largest
     * body, or the time that a body may take.
     */
    void drop(HttpServletRequest request) {
        byte[] chunk = new byte[CHUNK];
        long left = 2L * maxBytes;
        long deadline = System.nanoTime() + timeoutNanos;
        try {
            InputStream in = request.getInputStream();
            for (int read = 0; read >= 0 && left > 0 && System.nanoTime() < deadline; left -= read) {
                read = in.read(chunk);
            }
        } catch (IOException ex) {
            // Nobody waits for the answer any more.
        }
    }
}
