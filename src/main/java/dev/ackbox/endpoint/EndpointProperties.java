package dev.ackbox.endpoint;

import dev.ackbox.intake.PayloadShape;
import dev.ackbox.model.messages.MessageStatus;
import dev.ackbox.security.AddressListFormat;
import dev.ackbox.security.SignatureScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One URL that a Meta app is given.
 *
 * @param path its path on the public port
 * @param verifyTokens tokens that a handshake may present: what was entered beside the URL
 * @param appSecrets secrets that a notification may be signed with: the current one, and the previous one during a rotation
 * @param authenticator how a notification is told to be genuine: 'meta' by Meta's signature, 'hmac' by a gateway's, 'header'
 *     by a secret in a header, 'none' by the sender's address or client certificate alone
 * @param signatureHeader with 'hmac', the header that holds the signature
 * @param signaturePrefix with 'hmac', what stands before the digest in it
 * @param signatureEncoding with 'hmac', how the digest is written: 'hex' or 'base64'
 * @param secretHeader with 'header', the header that holds one of the app secrets
 * @param payloadShape 'cloud' for notifications of Meta, 'on-premises' for those of gateways and archives, which have no envelope
 * @param addresses from where notifications may come
 * @param clientCertificate with which client certificate notifications may come
 * @param allowedAccounts ids of the WhatsApp Business Accounts that it is for; notifications of others are stored, answered 200 and
 *     set aside as dead letters. Empty for any. Some fields of partners come from a portfolio: list its id too. Not for notifications
 *     without an envelope, which name no account.
 * @param allowedPhoneNumbers ids of the phone numbers that it is for; like the accounts. Empty for any.
 * @param forwardStatuses statuses of messages that go to handlers, such as 'failed,read'; others are answered 200, counted and done
 *     with. Empty for all.
 * @param printPayloads whether to print each genuine notification to standard output; for a developer's machine
 */
public record EndpointProperties(
        @DefaultValue("/webhooks/whatsapp") String path,
        @DefaultValue List<String> verifyTokens,
        @DefaultValue List<String> appSecrets,
        @DefaultValue("meta") AuthenticatorType authenticator,
        @DefaultValue("X-Hub-Signature-256") String signatureHeader,
        @DefaultValue("sha256=") String signaturePrefix,
        @DefaultValue("hex") SignatureScheme.Encoding signatureEncoding,
        @DefaultValue("Authorization") String secretHeader,
        @DefaultValue("cloud") PayloadShape payloadShape,
        @DefaultValue Addresses addresses,
        @DefaultValue ClientCertificate clientCertificate,
        @DefaultValue List<String> allowedAccounts,
        @DefaultValue List<String> allowedPhoneNumbers,
        @DefaultValue List<MessageStatus> forwardStatuses,
        @DefaultValue("false") boolean printPayloads) {

    /** How a notification may be told to be genuine. */
    public enum AuthenticatorType {
        META,
        HMAC,
        HEADER,
        NONE
    }

    /** What becomes of a request that does not pass a check. */
    public enum CheckMode {
        /** Nothing is checked. */
        OFF,
        /** It is counted, and goes on: to find out what would be refused. */
        REPORT,
        /** It is answered 403. */
        ENFORCE
    }

    /**
     * From where an endpoint may be asked.
     *
     * @param mode 'report' counts what would be refused, 'enforce' answers it 403
     * @param ranges addresses or ranges such as 31.13.24.0/21, separated by commas
     * @param file a file with ranges instead: a plain list, a geofeed (RFC 8805), or the output of a query for the routes of a
     *     network; read again when it changes
     * @param format 'plain', 'geofeed' or 'radb'; 'auto' tells by the content
     * @param interval how often to look whether the file has changed
     * @param whenUnreadable with 'closed', the last good list holds while the file cannot be read; with 'open', everybody is let
     *     through until it can
     */
    public record Addresses(
            @DefaultValue("off") CheckMode mode,
            @DefaultValue List<String> ranges,
            @Nullable Path file,
            @DefaultValue("auto") AddressListFormat format,
            @DefaultValue("30s") Duration interval,
            @DefaultValue("closed") WhenUnreadable whenUnreadable) {}

    /** What holds while a file cannot be read. */
    public enum WhenUnreadable {
        CLOSED,
        OPEN
    }

    /**
     * With which client certificate an endpoint may be asked.
     *
     * @param mode 'report' counts what would be refused, 'enforce' answers it 403
     * @param source where TLS ends: 'tls' here ('server.ssl.client-auth' must be 'want' or 'need'), or at a proxy that tells of
     *     the certificate in headers: 'nginx', 'alb', 'alb-pass-through', 'envoy', 'traefik', 'rfc9440'
     * @param commonName exactly the common name that the certificate has to have
     * @param proxies addresses or ranges of the proxies whose headers are believed; required unless TLS ends here
     * @param bundle SSL bundle ('spring.ssl.bundle.*') whose trust store holds the authorities that the certificate has to come
     *     from, several generations at once. Required with 'alb-pass-through', 'envoy', 'traefik' and 'rfc9440', whose headers do
     *     not say that anybody has verified the certificate.
     * @param verifyHeader with 'nginx', the header that holds $ssl_client_verify
     * @param subjectHeader with 'nginx', the header that holds $ssl_client_s_dn
     * @param certificateHeader with 'nginx', the header that holds $ssl_client_escaped_cert
     * @param envoyElement with 'envoy', which element counts, from the end
     */
    public record ClientCertificate(
            @DefaultValue("off") CheckMode mode,
            @DefaultValue("tls") Source source,

            @DefaultValue("client.webhooks.fbclientcerts.com")
            String commonName,

            @DefaultValue List<String> proxies,
            @Nullable String bundle,
            @DefaultValue("ssl-client-verify") String verifyHeader,
            @DefaultValue("ssl-client-subject-dn") String subjectHeader,
            @DefaultValue("ssl-client-cert") String certificateHeader,
            @DefaultValue("1") int envoyElement) {}

    /** Where TLS ends. */
    public enum Source {
        TLS,
        NGINX,
        ALB,
        ALB_PASS_THROUGH,
        ENVOY,
        TRAEFIK,
        RFC9440
    }

    /** Whether it has neither token nor secret. */
    public boolean isUnconfigured() {
        return verifyTokens.isEmpty() && appSecrets.isEmpty();
    }

    /** Never a secret. */
    @Override
    public String toString() {
        return "EndpointProperties[" + path + "]";
    }
}
