package dev.ackbox.http;

import dev.ackbox.intake.PayloadShape;
import dev.ackbox.security.Authenticator;
import dev.ackbox.security.SecretList;
import dev.ackbox.security.VerifyToken;

/**
 * A URL that is served.
 *
 * @param name as it is configured
 * @param path what the request's path has to be, but for a slash at its end
 * @param verifyTokens what a handshake may present; none where there are no handshakes
 * @param authenticator how a notification is told to be genuine
 * @param payloadShape in which form its notifications come
 * @param printPayloads whether to print genuine notifications to standard output
 */
record Endpoint(
        String name,
        String path,
        SecretList<VerifyToken> verifyTokens,
        Authenticator authenticator,
        PayloadShape payloadShape,
        boolean printPayloads) {

    boolean accepts(String verifyToken) {
        return verifyTokens.idOf(token -> token.matches(verifyToken)).isPresent();
    }
}
