package dev.ackbox.security.certificate;

/** Ends the check of a certificate; becomes a {@link CertificateVerdict} before it leaves the package. */
final class RejectedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final CertificateVerdict verdict;

    RejectedException(CertificateVerdict verdict) {
        // Anyone can cause it, so it costs nothing: no cause, no stack trace, and no content in its message.
        super(verdict.name(), null, false, false);
        this.verdict = verdict;
    }

    CertificateVerdict verdict() {
        return verdict;
    }
}
