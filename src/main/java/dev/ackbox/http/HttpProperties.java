package dev.ackbox.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds on what the public port takes in.
 *
 * @param maxBodySize larger bodies are answered 413; Meta sends up to 3 MB
 * @param maxBytesInFlight bytes of bodies that may be in memory at once, without the first 16 KB of each; beyond them requests are
 *     answered 503. By default an eighth of the heap, at most 64 MB.
 * @param bodyTimeout how long a body may take to arrive before it is answered 408
 * @param retryAfter what 503 answers ask the sender to wait
 */
@ConfigurationProperties("ackbox.http")
public record HttpProperties(
        @DefaultValue("4MB") DataSize maxBodySize,
        @Nullable DataSize maxBytesInFlight,
        @DefaultValue("10s") Duration bodyTimeout,
        @DefaultValue("5s") Duration retryAfter) {

    private static final DataSize LARGEST_NOTIFICATION = DataSize.ofMegabytes(3);

    /** A buffer grows by copying: the old half and the new whole are there at once. */
    private static final int BUFFERS_PER_BODY = 3;

    private static final DataSize MOST_BY_DEFAULT = DataSize.ofMegabytes(64);
    private static final int PARTS_OF_HEAP = 8;

    public HttpProperties {
        if (bodyTimeout.isZero() || bodyTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "'ackbox.http.body-timeout' is " + bodyTimeout + ", but must be more than nothing");
        }
        if (maxBodySize.compareTo(LARGEST_NOTIFICATION) < 0) {
            throw new IllegalArgumentException("'ackbox.http.max-body-size' is " + maxBodySize
                    + ", but must be at least 3MB: Meta sends that much, and sends again what is rejected");
        }
        if (maxBytesInFlight != null && maxBytesInFlight.toBytes() < BUFFERS_PER_BODY * maxBodySize.toBytes()) {
            throw new IllegalArgumentException("'ackbox.http.max-bytes-in-flight' is " + maxBytesInFlight
                    + ", but must be at least three times 'ackbox.http.max-body-size', " + maxBodySize);
        }
    }

    /** {@link #maxBytesInFlight}, or what the heap has room for. */
    public long bytesInFlight() {
        if (maxBytesInFlight != null) {
            return maxBytesInFlight.toBytes();
        }
        long part = Math.min(Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP, MOST_BY_DEFAULT.toBytes());
        return Math.max(part, BUFFERS_PER_BODY * maxBodySize.toBytes());
    }
}
