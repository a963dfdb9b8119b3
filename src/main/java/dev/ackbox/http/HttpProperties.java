package dev.ackbox.http;

import jakarta.validation.constraints.AssertTrue;
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
 * @param storeTimeout how long storing may take before it is answered 503
 * @param retryAfter what 503 answers ask the sender to wait
 */
@ConfigurationProperties("ackbox.http")
@Validated
record HttpProperties(
        @DefaultValue("4MB") DataSize maxBodySize,
        @DefaultValue("64MB") DataSize maxBytesInFlight,
        @DefaultValue("10s") Duration bodyTimeout,
        @DefaultValue("5s") Duration storeTimeout,
        @DefaultValue("5s") Duration retryAfter) {

    @AssertTrue(message = "must be at least 3MB: the platform sends that much, and redelivers for days what is refused")
    boolean isMaxBodySizeEnough() {
        return maxBodySize.compareTo(DataSize.ofMegabytes(3)) >= 0;
    }

    @AssertTrue(message = "must be at least three times 'ackbox.http.max-body-size': a body's buffer grows by copying")
    boolean isMaxBytesInFlightEnough() {
        return maxBytesInFlight.toBytes() >= 3 * maxBodySize.toBytes();
    }
}
