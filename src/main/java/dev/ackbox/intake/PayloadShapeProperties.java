package dev.ackbox.intake;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * In which form each endpoint's notifications come.
 *
 * @param endpoints by name
 */
@ConfigurationProperties("ackbox")
record PayloadShapeProperties(@DefaultValue Map<String, Endpoint> endpoints) {

    /**
     * An endpoint's notifications.
     *
     * @param payloadShape 'cloud' for what the platform sends, 'on-premises' for what gateways and archives send without an
     *     envelope
     */
    record Endpoint(@DefaultValue("cloud") PayloadShape payloadShape) {}

    /** The form of an endpoint's notifications. */
    PayloadShape of(String name) {
        Endpoint endpoint = endpoints.get(name);
        return endpoint == null ? PayloadShape.CLOUD : endpoint.payloadShape();
    }
}
