package dev.ackbox.security.certificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a certificate is that of the expected client: its one common name, its validity, its extended key usage, which must list
 * client authentication, and its authority. The last certificate that was verified is remembered until it, or one above it, ends,
 * or other authorities are trusted: Meta presents the same one with each request. Safe for use by several threads.
 */
public final class ClientCertificateCheck {

    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    private final String name;
    private final @Nullable Supplier<CertificateAuthorities> trusted;
    private final Clock clock;
    private volatile @Nullable Memory last;

    /** What was verified, by whose authority, and for what time. */
    private record Memory(Object evidence, @Nullable CertificateAuthorities authorities, Instant from, Instant until) {

        boolean holds(Object evidence, @Nullable CertificateAuthorities authorities, Instant now) {
            return authorities == this.authorities
                    && !now.isBefore(from)
                    && !now.isAfter(until)
                    && evidence.equals(this.evidence);
        }
    }

    @FunctionalInterface
    private interface Reading {

        @Nullable
        Presented read() throws RejectedException;
    }

    /**
     * Creates the check.
     *
     * @param name the common name: a host name, compared as a whole and without regard to letter case
     * @param trusted the authorities that are trusted now, the same object until they change. Without them, whoever ended TLS is
     *     believed about a certificate's authority; with them, a subject without a certificate is not enough.
     * @throws IllegalArgumentException if the name is no host name
     */
    public ClientCertificateCheck(String name, @Nullable Supplier<CertificateAuthorities> trusted, Clock clock) {
        if (!HOST_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("it must be a host name of letters, digits, '-' and '.'");
        }
        this.name = name;
        this.trusted = trusted;
        this.clock = clock;
    }

    /**
     * Checks what a client presented in TLS that ends here.
     *
     * @param chain its own certificate first; empty where it presented none
     */
    public CertificateVerdict check(List<X509Certificate> chain) {
        return check(chain, () -> chain.isEmpty() ? null : new Presented(true, null, chain));
    }

    /**
     * Checks what a proxy tells. Never throws for any content of headers.
     *
     * @param headers the lines of a header by its name, in the order received; ignores letter case
     */
    public CertificateVerdict check(ForwardedCertificate proxy, Function<String, List<String>> headers) {
        return check(proxy.evidence(headers), () -> proxy.read(headers));
    }

    private CertificateVerdict check(Object evidence, Reading reading) {
        CertificateAuthorities authorities = trusted == null ? null : trusted.get();
        Instant now = clock.instant();
        Memory memory = last;
        if (memory != null && memory.holds(evidence, authorities, now)) {
            return CertificateVerdict.VERIFIED;
        }
        try {
            Presented presented = reading.read();
            if (presented == null) {
                return CertificateVerdict.MISSING;
            }
            last = new Memory(evidence, authorities, now, validUntil(presented, authorities, now));
            return CertificateVerdict.VERIFIED;
        } catch (RejectedException ex) {
            return ex.verdict();
        }
    }

    /** Until when the certificate is known to be good. */
    private Instant validUntil(Presented presented, @Nullable CertificateAuthorities authorities, Instant now)
            throws RejectedException {
        requireValid(presented.notBefore(), presented.notAfter(), now);
        String commonName = presented.commonName();
        if (presented.chain().isEmpty()) {
            if (commonName == null) {
                throw new RejectedException(CertificateVerdict.NOTHING_TO_CHECK);
            }
            requireName(commonName, CertificateVerdict.OTHER_NAME);
            if (authorities != null || !presented.verified()) {
                throw new RejectedException(CertificateVerdict.NOTHING_TO_CHECK);
            }
            return presented.notAfter();
        }
        X509Certificate certificate = presented.chain().get(0);
        requireName(Subject.commonName(certificate.getSubjectX500Principal()), CertificateVerdict.OTHER_NAME);
        Instant until = certificate.getNotAfter().toInstant();
        requireValid(certificate.getNotBefore().toInstant(), until, now);
        requireForClients(certificate);
        if (authorities != null) {
            until = authorities.trustedUntil(presented.chain(), now);
        } else if (!presented.verified()) {
            throw new RejectedException(CertificateVerdict.UNTRUSTED);
        }
        if (commonName != null) {
            requireName(commonName, CertificateVerdict.CONTRADICTION);
        }
        return until.isBefore(presented.notAfter()) ? until : presented.notAfter();
    }

    private void requireName(String commonName, CertificateVerdict otherwise) throws RejectedException {
        // Outside ASCII there are letters whose other case is an ASCII letter, the Kelvin sign for one.
        if (commonName.chars().anyMatch(character -> character > 0x7f) || !name.equalsIgnoreCase(commonName)) {
            throw new RejectedException(otherwise);
        }
    }

    private static void requireValid(Instant notBefore, Instant notAfter, Instant now) throws RejectedException {
        if (now.isBefore(notBefore)) {
            throw new RejectedException(CertificateVerdict.NOT_YET_VALID);
        }
        if (now.isAfter(notAfter)) {
            throw new RejectedException(CertificateVerdict.EXPIRED);
        }
    }

    private static void requireForClients(X509Certificate certificate) throws RejectedException {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            if (usages == null || !usages.contains(CLIENT_AUTHENTICATION)) {
                throw new RejectedException(CertificateVerdict.NOT_FOR_CLIENTS);
            }
        } catch (CertificateParsingException ex) {
            throw new RejectedException(CertificateVerdict.MALFORMED_CERTIFICATE);
        }
    }
}
