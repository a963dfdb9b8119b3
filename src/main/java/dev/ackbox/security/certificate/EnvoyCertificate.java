package dev.ackbox.security.certificate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code X-Forwarded-Client-Cert}. Envoy escapes nothing when it puts a subject in quotes; it need not, since a
 * subject in the form of RFC 2253 has a backslash before each quote and each backslash of its own. So those
 * backslashes belong to the subject and are left to its parser.
 */
final class EnvoyCertificate implements HeaderReader {

    static final String HEADER = "X-Forwarded-Client-Cert";

    private final int fromEnd;
    private final ClientCertificateCheck check;

    EnvoyCertificate(int fromEnd, ClientCertificateCheck check) {
        if (fromEnd < 1) {
            throw new IllegalArgumentException("'fromEnd' must be 1 or more");
        }
        this.fromEnd = fromEnd;
        this.check = check;
    }

    @Override
    public CertificateVerdict read(HeaderValues headers) throws RefusedException {
        List<XfccElement> elements = new ArrayList<>();
        for (String line : Headers.all(headers, HEADER)) {
            if (!line.isBlank()) {
                elements.addAll(XfccElement.parse(line));
            }
        }
        if (elements.size() < fromEnd) {
            return new CertificateVerdict.Missing();
        }
        return check(elements.get(elements.size() - fromEnd));
    }

    private CertificateVerdict check(XfccElement element) throws RefusedException {
        Optional<String> subject = element.value("subject");
        List<X509Certificate> chain = chain(element);
        Optional<String> hash = element.value("hash");
        if (chain != null && hash.isPresent() && !hash.get().equalsIgnoreCase(hash(chain.get(0)))) {
            throw new RefusedException(RefusalReason.CONTRADICTION);
        }
        return Forwarded.check(check, subject.isPresent() ? Subject.commonName(subject.get()) : null, chain);
    }

    private static @Nullable List<X509Certificate> chain(XfccElement element) throws RefusedException {
        List<X509Certificate> leaf = certificates(element, "cert");
        List<X509Certificate> chain = certificates(element, "chain");
        if (leaf != null && chain != null && !leaf.get(0).equals(chain.get(0))) {
            throw new RefusedException(RefusalReason.CONTRADICTION);
        }
        return chain == null ? leaf : chain;
    }

    private static @Nullable List<X509Certificate> certificates(XfccElement element, String key)
            throws RefusedException {
        Optional<String> pem = element.value(key);
        return pem.isPresent() ? Certificates.ofPem(UrlEncoding.decode(pem.get())) : null;
    }

    private static String hash(X509Certificate certificate) throws RefusedException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (CertificateEncodingException ex) {
            throw new RefusedException(RefusalReason.MALFORMED_CERTIFICATE);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("SHA-256 is part of every Java runtime", ex);
        }
    }
}
