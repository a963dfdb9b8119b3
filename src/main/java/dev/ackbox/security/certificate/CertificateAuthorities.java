package dev.ackbox.security.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The authorities that are trusted to issue the client's certificate: during a change of authority, the old generation and the new.
 * A root as a rule; an intermediate can be one, for proxies that forward the client's certificate without those above it.
 */
public final class CertificateAuthorities {

    /** Intermediates between the client's certificate and an authority. */
    private static final int MAX_PATH_LENGTH = 5;

    private final List<X509Certificate> authorities = new ArrayList<>();

    /**
     * Takes the certificates of a trust store.
     *
     * @throws IllegalArgumentException if it holds none
     */
    public CertificateAuthorities(KeyStore trustStore) {
        try {
            for (String alias : Collections.list(trustStore.aliases())) {
                if (trustStore.getCertificate(alias) instanceof X509Certificate authority) {
                    authorities.add(authority);
                }
            }
        } catch (KeyStoreException ex) {
            throw new IllegalArgumentException("'trustStore' cannot be read", ex);
        }
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("'trustStore' holds no certificate");
        }
    }

    /**
     * Until when a path of valid certificates leads from the first of the chain to an authority (PKIX, RFC 5280). The others may
     * come in any order and may be superfluous. Revocation is not looked up.
     *
     * @throws RejectedException if none does
     */
    Instant trustedUntil(List<X509Certificate> chain, Instant now) throws RejectedException {
        // PKIX itself does not ask whether an anchor is still valid.
        Set<TrustAnchor> anchors = authorities.stream()
                .filter(authority ->
                        !now.isBefore(authority.getNotBefore().toInstant()) && !now.isAfter(end(authority)))
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        try {
            X509CertSelector client = new X509CertSelector();
            client.setCertificate(chain.get(0));
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, client);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setDate(Date.from(now));
            parameters.setMaxPathLength(MAX_PATH_LENGTH);
            parameters.setRevocationEnabled(false);
            PKIXCertPathBuilderResult path = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters);
            Instant until = end(path.getTrustAnchor().getTrustedCert());
            for (Certificate certificate : path.getCertPath().getCertificates()) {
                Instant end = end((X509Certificate) certificate);
                until = end.isBefore(until) ? end : until;
            }
            return until;
        } catch (GeneralSecurityException | RuntimeException ex) {
            // Whatever a hostile chain makes the runtime throw: it has not led to an authority.
            throw new RejectedException(CertificateVerdict.UNTRUSTED);
        }
    }

    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }
}
