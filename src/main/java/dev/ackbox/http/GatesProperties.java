package dev.ackbox.http;

import dev.ackbox.security.AddressListFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may ask each endpoint at all.
 *
 * @param endpoints by name
 */
@ConfigurationProperties("ackbox")
record GatesProperties(@DefaultValue Map<String, Endpoint> endpoints) {

    /**
     * Who may ask an endpoint.
     *
     * @param addresses from where
     * @param clientCertificate with which certificate
     */
    record Endpoint(
            @DefaultValue Addresses addresses, @DefaultValue ClientCertificate clientCertificate) {}

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
    record Addresses(
            @DefaultValue("off") CheckMode mode,
            @DefaultValue List<String> ranges,
            @Nullable Path file,
            @DefaultValue("auto") AddressListFormat format,
            @DefaultValue("30s") Duration interval,
            @DefaultValue("closed") WhenUnreadable whenUnreadable) {}

    /** What holds while a file cannot be read. */
    enum WhenUnreadable {
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
    record ClientCertificate(
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
    enum Source {
        TLS,
        NGINX,
        ALB,
        ALB_PASS_THROUGH,
        ENVOY,
        TRAEFIK,
        RFC9440
    }
}
