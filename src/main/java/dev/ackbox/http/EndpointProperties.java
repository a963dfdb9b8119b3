package dev.ackbox.http;

import dev.ackbox.intake.PayloadShape;
import dev.ackbox.security.SignatureScheme;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One URL that a Meta app is given.
 *
 * @param path its path on the public port
 * @param verifyTokens tokens that a handshake may present: what was entered beside the URL
 * @param appSecrets secrets that a notification may be signed with: the current one, and the previous one during a rotation
 * @param authenticator how a notification is told to be genuine: 'meta' by the platform's signature, 'hmac' by a gateway's, 'header'
 *     by a secret in a header, 'none' by the sender's address or client certificate alone
 * @param signatureHeader with 'hmac', the header that holds the signature
 * @param signaturePrefix with 'hmac', what stands before the digest in it
 * @param signatureEncoding with 'hmac', how the digest is written: 'hex' or 'base64'
 * @param secretHeader with 'header', the header that holds one of the app secrets
 * @param payloadShape in which form its notifications come
 * @param allowedAccounts accounts that it is for; here only to see that its notifications name any
 * @param allowedPhoneNumbers phone numbers that it is for; likewise
 * @param printPayloads whether to print each genuine notification to standard output; for a developer's machine
 */
record EndpointProperties(
        @DefaultValue("/webhooks/whatsapp") String path,
        @DefaultValue List<String> verifyTokens,
        @DefaultValue List<String> appSecrets,
        @DefaultValue("meta") AuthenticatorType authenticator,
        @DefaultValue("X-Hub-Signature-256") String signatureHeader,
        @DefaultValue("sha256=") String signaturePrefix,
        @DefaultValue("hex") SignatureScheme.Encoding signatureEncoding,
        @DefaultValue("Authorization") String secretHeader,
        @DefaultValue("cloud") PayloadShape payloadShape,
        @DefaultValue List<String> allowedAccounts,
        @DefaultValue List<String> allowedPhoneNumbers,
        @DefaultValue("false") boolean printPayloads) {

    /** How a notification may be told to be genuine. */
    enum AuthenticatorType {
        META,
        HMAC,
        HEADER,
        NONE
    }

    boolean isUnconfigured() {
        return verifyTokens.isEmpty() && appSecrets.isEmpty();
    }

    /** Never a secret. */
    @Override
    public String toString() {
        return "EndpointProperties[" + path + "]";
    }
}
