package dev.ackbox.security.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client certificate as it was seen in TLS, or as a proxy tells of it.
 *
 * @param verified whether TLS ended at somebody who says that the certificate was verified
 * @param commonName of the subject, where a proxy forwards the subject
 * @param chain the client's certificate, then those above it; empty where a proxy forwards the subject alone
 * @param notBefore from when on a proxy says that the certificate is valid
 * @param notAfter until when
 */
record Presented(
        boolean verified,
        @Nullable String commonName,
        List<X509Certificate> chain,
        Instant notBefore,
        Instant notAfter) {

    Presented {
        chain = List.copyOf(chain);
    }

    Presented(boolean verified, @Nullable String commonName, List<X509Certificate> chain) {
        this(verified, commonName, chain, Instant.MIN, Instant.MAX);
    }
}
