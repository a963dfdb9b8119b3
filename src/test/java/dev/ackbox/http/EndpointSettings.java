package dev.ackbox.http;

import dev.ackbox.endpoint.EndpointProperties;
import dev.ackbox.endpoint.EndpointProperties.AuthenticatorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings of an endpoint of the platform. */
final class EndpointSettings {

    private EndpointSettings() {}

    static EndpointProperties of(
            String path, List<String> verifyTokens, List<String> appSecrets, boolean printPayloads) {
        return of(path, verifyTokens, appSecrets, AuthenticatorType.META, printPayloads);
    }

    static EndpointProperties of(
            String path,
            List<String> verifyTokens,
            List<String> appSecrets,
            AuthenticatorType authenticator,
            boolean printPayloads) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("path", path);
        for (int i = 0; i < verifyTokens.size(); i++) {
            settings.put("verify-tokens[" + i + "]", verifyTokens.get(i));
        }
        for (int i = 0; i < appSecrets.size(); i++) {
            settings.put("app-secrets[" + i + "]", appSecrets.get(i));
        }
        settings.put("authenticator", authenticator);
        settings.put("signature-header", "X-Gateway-Signature");
        settings.put("signature-prefix", "");
        settings.put("signature-encoding", "base64");
        settings.put("secret-header", "X-Gateway-Secret");
        settings.put("print-payloads", printPayloads);
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("", EndpointProperties.class)
                .get();
    }
}
