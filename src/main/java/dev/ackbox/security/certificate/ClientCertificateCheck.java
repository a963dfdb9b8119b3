package dev.ackbox.security.certificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a certificate is that of the expected client: its one common name, its validity, its extended key usage,
 * which must list client authentication, and, with authorities, its chain. Safe for use by several threads.
 */
public final class ClientCertificateCheck {

    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

    private final CommonName name;
    private final @Nullable CertificateAuthorities authorities;
    private final Clock clock;

    /** Where whoever ended TLS, the server here or a proxy in front of it, has validated the chain. */
    public ClientCertificateCheck(CommonName name, Clock clock) {
        this.name = name;
        this.authorities = null;
        this.clock = clock;
    }

    /**
     * Believes nobody about the chain but validates it: then a certificate must be at hand, with the intermediates that
     * lead to one of the authorities. A subject alone is refused.
     */
    public ClientCertificateCheck(CommonName name, CertificateAuthorities authorities, Clock clock) {
        this.name = name;
        this.authorities = authorities;
        this.clock = clock;
    }

    /** Checks what a client presented in TLS, its own certificate first; missing where the chain is empty. */
    public CertificateVerdict check(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return new CertificateVerdict.Missing();
        }
        try {
            return checkChain(chain);
        } catch (RefusedException ex) {
            return new CertificateVerdict.Refused(ex.reason());
        }
    }

    CertificateVerdict checkChain(List<X509Certificate> chain) throws RefusedException {
        X509Certificate certificate = chain.get(0);
        checkCommonName(Subject.commonName(certificate.getSubjectX500Principal()));
        Instant notAfter = certificate.getNotAfter().toInstant();
        checkValidity(certificate.getNotBefore().toInstant(), notAfter);
        if (!isForClients(certificate)) {
            throw new RefusedException(RefusalReason.NOT_FOR_CLIENTS);
        }
        if (authorities != null && !authorities.trust(chain, clock.instant())) {
            throw new RefusedException(RefusalReason.UNTRUSTED);
        }
        return new CertificateVerdict.Verified(notAfter);
    }

    /** For proxies that forward no certificate. */
    CertificateVerdict checkSubject(String commonName) throws RefusedException {
        checkCommonName(commonName);
        if (validatesChains()) {
            throw new RefusedException(RefusalReason.NOTHING_TO_CHECK);
        }
        return new CertificateVerdict.Verified(null);
    }

    void checkCommonName(String commonName) throws RefusedException {
        if (!name.matches(commonName)) {
            throw new RefusedException(RefusalReason.OTHER_NAME);
        }
    }

    void checkValidity(Instant notBefore, Instant notAfter) throws RefusedException {
        Instant now = clock.instant();
        if (now.isBefore(notBefore)) {
            throw new RefusedException(RefusalReason.NOT_YET_VALID);
        }
        if (now.isAfter(notAfter)) {
            throw new RefusedException(RefusalReason.EXPIRED);
        }
    }

    boolean validatesChains() {
        return authorities != null;
    }

    private static boolean isForClients(X509Certificate certificate) throws RefusedException {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages != null && usages.contains(CLIENT_AUTHENTICATION);
        } catch (CertificateParsingException ex) {
            throw new RefusedException(RefusalReason.MALFORMED_CERTIFICATE);
        }
    }
}
