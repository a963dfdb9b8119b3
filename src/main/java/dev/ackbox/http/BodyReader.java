package dev.ackbox.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/**
 * Reads a body as it came, within bounds that hold while it is read: whatever the sender announced, and however slowly it
 * sends. Memory is taken as bytes arrive, so that an announcement alone costs nothing.
 */
final class BodyReader {

    private static final int FIRST_BYTES = 16 << 10;

    private final int maxBytes;
    private final long timeoutNanos;

    BodyReader(HttpProperties properties) {
        this.maxBytes = Math.toIntExact(properties.maxBodySize().toBytes());
        this.timeoutNanos = properties.bodyTimeout().toNanos();
    }

    /**
     * Reads all of it.
     *
     * @throws RefusedException where it is too large, too slow, or more than memory is kept for
     * @throws IOException where the sender went away
     */
    byte[] read(HttpServletRequest request, Budget.Share share) throws IOException, RefusedException {
        long announced = request.getContentLengthLong();
        if (announced > maxBytes) {
            throw new RefusedException(Outcome.TOO_LARGE);
        }
        byte[] buffer = allocate(announced < 0 ? FIRST_BYTES : (int) Math.min(announced, FIRST_BYTES), share);
        int length = 0;
        long deadline = System.nanoTime() + timeoutNanos;
        try (InputStream in = request.getInputStream()) {
            while (length != announced) {
                if (length == buffer.length) {
                    buffer = grow(buffer, announced, share);
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
            // Whoever is overdue is cut off, and looks as if it had gone away.
            if (ex instanceof SocketTimeoutException || System.nanoTime() > deadline) {
                throw new RefusedException(Outcome.TOO_SLOW);
            }
            throw ex;
        }
        return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
    }

    /** One byte more than the limit is enough to see that it is passed. */
    private byte[] grow(byte[] buffer, long announced, Budget.Share share) throws RefusedException {
        long wanted = Math.min(Math.max(FIRST_BYTES, buffer.length * 2L), maxBytes + 1L);
        int size = (int) (announced < 0 ? wanted : Math.min(wanted, announced));
        byte[] larger = allocate(size, share);
        System.arraycopy(buffer, 0, larger, 0, buffer.length);
        share.shrink(buffer.length);
        return larger;
    }

    private static byte[] allocate(int size, Budget.Share share) throws RefusedException {
        if (!share.grow(size)) {
            throw new RefusedException(Outcome.OVERLOADED);
        }
        return new byte[size];
    }
}
