package dev.ackbox.http;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds on what the public port takes in.
 *
 * @param maxBodySize larger bodies are answered 413; the platform sends up to 3 MB
 * @param maxBytesInFlight bytes of bodies that may be in memory at once; beyond them requests are answered 503
 * @param bodyTimeout how long a body may take to arrive before it is answered 408
 * @param refusalsPerMinute so many requests of an address may be refused within a minute; of one that sends more, bodies are read
 *     only while little else is in memory. Whoever sent something genuine is not limited.
 * @param retryAfter what 503 answers ask the sender to wait
 */
@ConfigurationProperties("ackbox.http")
@Validated
public record HttpProperties(
        @DefaultValue("4MB") DataSize maxBodySize,
        @DefaultValue("64MB") DataSize maxBytesInFlight,
        @DefaultValue("10s") Duration bodyTimeout,
        @DefaultValue("120") @Positive int refusalsPerMinute,
        @DefaultValue("5s") Duration retryAfter) {

    private static final DataSize LARGEST_NOTIFICATION = DataSize.ofMegabytes(3);

    /** A buffer grows by copying: the old half and the new whole are there at once. */
    private static final int BUFFERS_PER_BODY = 3;

    public HttpProperties {
        if (bodyTimeout.isZero() || bodyTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "'ackbox.http.body-timeout' is " + bodyTimeout + ", but must be more than nothing");
        }
        if (maxBodySize.compareTo(LARGEST_NOTIFICATION) < 0) {
            throw new IllegalArgumentException(
                    "'ackbox.http.max-body-size' is " + maxBodySize
                            + ", but must be at least 3MB: the platform sends that much, and delivers what is refused for days");
        }
        if (maxBytesInFlight.toBytes() < BUFFERS_PER_BODY * maxBodySize.toBytes()) {
            throw new IllegalArgumentException("'ackbox.http.max-bytes-in-flight' is " + maxBytesInFlight
                    + ", but must be at least three times 'ackbox.http.max-body-size', " + maxBodySize);
        }
    }
}
