package dev.ackbox.endpoint;

import dev.ackbox.model.json.ChangeReader;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The URLs that are served.
 *
 * @param endpoints by name; the name stands in metrics and records
 * @param secretsInterval how often to look whether files that secrets and tokens came from have changed
 * @param printPayloadsOutsideLocal lets {@code print-payloads} work without the profile 'local': payloads are personal data
 * @param objects what a notification may be about, by the name that Meta gives it there; others are about Meta's other products
 */
@ConfigurationProperties("ackbox")
public record EndpointsProperties(
        @DefaultValue Map<String, EndpointProperties> endpoints,
        @DefaultValue("10s") Duration secretsInterval,
        @DefaultValue("false") boolean printPayloadsOutsideLocal,

        @DefaultValue({ChangeReader.BUSINESS_ACCOUNT, ChangeReader.ACCOUNT})
        Set<String> objects) {

    /** The endpoint that the short environment names configure. */
    public static final String DEFAULT = "default";

    /** Those that are served, by name: the default one only if it is configured, or alone. */
    public SortedMap<String, EndpointProperties> served() {
        SortedMap<String, EndpointProperties> served = new TreeMap<>(endpoints);
        EndpointProperties byDefault = served.get(DEFAULT);
        if (served.size() > 1 && byDefault != null && byDefault.isUnconfigured()) {
            served.remove(DEFAULT);
        }
        return served;
    }
}
