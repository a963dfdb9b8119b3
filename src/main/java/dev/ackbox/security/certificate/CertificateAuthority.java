package dev.ackbox.security.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An authority that is trusted to issue the client's certificate. A root as a rule; an intermediate can be one, for
 * proxies that forward the client's certificate without those above it.
 *
 * @param name what to call it in metrics and messages: its common name, or else the alias of its file
 */
public record CertificateAuthority(String name, X509Certificate certificate) {

    /**
     * Reads all authorities of a PEM file, which may hold text besides.
     *
     * @param alias names the file, in messages and where a certificate has no common name
     * @throws IllegalArgumentException if it holds no certificate, or one that cannot be read
     */
    public static List<CertificateAuthority> parse(String alias, String pem) {
        try {
            List<CertificateAuthority> authorities = new ArrayList<>();
            for (X509Certificate certificate : Certificates.ofFile(pem)) {
                authorities.add(new CertificateAuthority(nameOf(certificate, alias), certificate));
            }
            return authorities;
        } catch (RefusedException ex) {
            throw new IllegalArgumentException(
                    "'" + alias + "' must hold certificates in PEM form, '-----BEGIN CERTIFICATE-----' and so on", ex);
        }
    }

    private static String nameOf(X509Certificate certificate, String alias) {
        try {
            return Subject.commonName(certificate.getSubjectX500Principal());
        } catch (RefusedException ex) {
            return alias;
        }
    }

    /** From when on it is trusted no longer. */
    public Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    boolean isValidAt(Instant instant) {
        return !instant.isBefore(certificate.getNotBefore().toInstant()) && !instant.isAfter(notAfter());
    }

    /** Its name and its end. */
    @Override
    public String toString() {
        return "CertificateAuthority[" + name + ", notAfter=" + notAfter() + "]";
    }
}
