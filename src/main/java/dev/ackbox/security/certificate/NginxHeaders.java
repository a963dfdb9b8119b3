package dev.ackbox.security.certificate;

import org.jspecify.annotations.Nullable;

/**
 * The names of the headers that an operator has nginx set, and how they are written.
 *
 * @param verify holds {@code $ssl_client_verify}
 * @param subject holds {@code $ssl_client_s_dn}; null where it is not forwarded
 * @param certificate holds {@code $ssl_client_escaped_cert}; null where it is not forwarded
 * @param slashForm whether the subject is written {@code /C=US/CN=name}, as by nginx before 1.11.6 and
 *     {@code $ssl_client_s_dn_legacy}. Nothing is escaped in it, so that another attribute may hold what looks like a
 *     common name: only for authorities that issue nothing of the kind
 */
public record NginxHeaders(
        String verify, @Nullable String subject, @Nullable String certificate, boolean slashForm) {

    /** As ingress-nginx names them. */
    public static final NginxHeaders OF_INGRESS =
            new NginxHeaders("ssl-client-verify", "ssl-client-subject-dn", "ssl-client-cert", false);

    public NginxHeaders {
        if (subject == null && certificate == null) {
            throw new IllegalArgumentException("'subject' or 'certificate' must name a header");
        }
    }
}
