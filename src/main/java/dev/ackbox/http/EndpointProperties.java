package dev.ackbox.http;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One URL that a Meta app is given.
 *
 * @param path its path on the public port
 * @param verifyTokens tokens that a handshake may present: what was entered beside the URL
 * @param appSecrets secrets that a notification may be signed with: the current one, and the previous one during a rotation
 * @param printPayloads whether to print each genuine notification to standard output; for a developer's machine
 */
record EndpointProperties(
        @DefaultValue("/webhooks/whatsapp") String path,
        @DefaultValue List<String> verifyTokens,
        @DefaultValue List<String> appSecrets,
        @DefaultValue("false") boolean printPayloads) {

    boolean isUnconfigured() {
        return verifyTokens.isEmpty() && appSecrets.isEmpty();
    }

    /** Never a secret. */
    @Override
    public String toString() {
        return "EndpointProperties[" + path + "]";
    }
}
