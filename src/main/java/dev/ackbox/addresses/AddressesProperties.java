package dev.ackbox.addresses;

import dev.ackbox.command.WebUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the file with Meta's addresses is kept up to date. Meta's own advice is to check the client certificate instead, since addresses
 * change.
 *
 * @param file what is written, for 'ackbox.endpoints.*.addresses.file' to read; the service refreshes it if this is set
 * @param url where Meta's geofeed is (RFC 8805)
 * @param interval how long after a refresh the service makes the next one
 */
@ConfigurationProperties("ackbox.addresses")
public record AddressesProperties(
        @Nullable Path file,

        @DefaultValue("https://www.facebook.com/peering/geofeed")
        URI url,

        @DefaultValue("1d") Duration interval) {

    public AddressesProperties {
        if (!WebUrl.isSafe(url)) {
            throw new IllegalArgumentException("'ackbox.addresses.url' must be a whole https URL");
        } else if (interval.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("'ackbox.addresses.interval' must be at least a minute");
        }
    }
}
