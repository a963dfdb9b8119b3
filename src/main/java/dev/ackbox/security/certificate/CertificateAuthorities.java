package dev.ackbox.security.certificate;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The authorities trusted at one time: during a change of authority, the old generation and the new. Safe for use by
 * several threads; to reload, build another.
 */
public final class CertificateAuthorities {

    /** Intermediates between the client's certificate and an authority. */
    private static final int MAX_PATH_LENGTH = 5;

    private final List<CertificateAuthority> authorities;

    public CertificateAuthorities(List<CertificateAuthority> authorities) {
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("'authorities' must not be empty");
        }
        this.authorities = List.copyOf(authorities);
    }

    /**
     * When each authority ends, by its name, for metrics and health. Of authorities with the same name, the second is
     * called {@code name #2} and so on, in the order given.
     */
    public Map<String, Instant> expiries() {
        Map<String, Instant> expiries = new LinkedHashMap<>();
        for (CertificateAuthority authority : authorities) {
            String name = authority.name();
            for (int i = 2; expiries.containsKey(name); i++) {
                name = authority.name() + " #" + i;
            }
            expiries.put(name, authority.notAfter());
        }
        return Collections.unmodifiableMap(expiries);
    }

    /** The certificates, for a trust store. */
    public List<X509Certificate> certificates() {
        return authorities.stream().map(CertificateAuthority::certificate).toList();
    }

    /**
     * Whether a path of valid certificates leads from the first of the chain to an authority (PKIX, RFC 5280). The
     * others may come in any order and may be superfluous. Revocation is not looked up.
     */
    boolean trust(List<X509Certificate> chain, Instant now) {
        // PKIX itself does not ask whether an anchor is still valid.
        Set<TrustAnchor> anchors = authorities.stream()
                .filter(authority -> authority.isValidAt(now))
                .map(authority -> new TrustAnchor(authority.certificate(), null))
                .collect(Collectors.toSet());
        if (anchors.isEmpty()) {
            return false;
        }
        try {
            X509CertSelector client = new X509CertSelector();
            client.setCertificate(chain.get(0));
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, client);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setDate(Date.from(now));
            parameters.setMaxPathLength(MAX_PATH_LENGTH);
            parameters.setRevocationEnabled(false);
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return true;
        } catch (GeneralSecurityException | RuntimeException ex) {
            // Whatever a hostile chain makes the runtime throw: it has not led to an authority.
            return false;
        }
    }
}
