package dev.ackbox.http;

import dev.ackbox.security.AppSecret;
import dev.ackbox.security.PayloadSignature;
import dev.ackbox.security.VerifyToken;
import java.util.List;

/**
 * A URL that is served.
 *
 * @param name as it is configured
 * @param path exactly what the request's path has to be
 * @param verifyTokens at least one
 * @param appSecrets at least one
 * @param printPayloads whether to print genuine notifications to standard output
 */
record Endpoint(
        String name, String path, List<VerifyToken> verifyTokens, List<AppSecret> appSecrets, boolean printPayloads) {

    boolean accepts(String verifyToken) {
        boolean accepted = false;
        for (VerifyToken token : verifyTokens) {
            accepted |= token.matches(verifyToken);
        }
        return accepted;
    }

    boolean isGenuine(byte[] body, PayloadSignature signature) {
        return signature.isOf(body, appSecrets);
    }
}
