package dev.ackbox.http;

import dev.ackbox.http.EndpointProperties.AuthenticatorType;
import dev.ackbox.intake.PayloadShape;
import dev.ackbox.security.SignatureScheme;
import java.util.List;

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
        return new EndpointProperties(
                path,
                verifyTokens,
                appSecrets,
                authenticator,
                "X-Gateway-Signature",
                "",
                SignatureScheme.Encoding.BASE64,
                "X-Gateway-Secret",
                PayloadShape.CLOUD,
                List.of(),
                List.of(),
                printPayloads);
    }
}
