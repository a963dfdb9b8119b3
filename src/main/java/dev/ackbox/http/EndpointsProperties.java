package dev.ackbox.http;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The URLs that are served.
 *
 * @param endpoints by name; the name stands in metrics and records
 * @param printPayloadsOutsideLocal lets {@code print-payloads} work without the profile 'local': payloads are personal data
 */
@ConfigurationProperties("ackbox")
record EndpointsProperties(
        Map<String, EndpointProperties> endpoints,
        @DefaultValue("false") boolean printPayloadsOutsideLocal) {}
