package dev.ackbox.security.certificate;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks a subject, a chain, or the two against each other. */
final class Forwarded {

    private Forwarded() {}

    /** Checks whatever there is of the two, at least one. */
    static CertificateVerdict check(
            ClientCertificateCheck check, @Nullable String commonName, @Nullable List<X509Certificate> chain)
            throws RefusedException {
        if (chain == null) {
            if (commonName == null) {
                throw new RefusedException(RefusalReason.NOTHING_TO_CHECK);
            }
            return check.checkSubject(commonName);
        }
        CertificateVerdict verdict = check.checkChain(chain);
        if (commonName != null && !agree(check, commonName)) {
            throw new RefusedException(RefusalReason.CONTRADICTION);
        }
        return verdict;
    }

    private static boolean agree(ClientCertificateCheck check, String commonName) {
        try {
            check.checkCommonName(commonName);
            return true;
        } catch (RefusedException ex) {
            return false;
        }
    }
}
