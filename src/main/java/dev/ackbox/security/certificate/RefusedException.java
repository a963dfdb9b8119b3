package dev.ackbox.security.certificate;

/** Ends the reading of what a proxy forwarded; becomes a {@link CertificateVerdict.Refused} before it leaves the package. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final RefusalReason reason;

    RefusedException(RefusalReason reason) {
        // Anyone can cause it, so it costs nothing: no cause, no stack trace, and no content in its message.
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    RefusalReason reason() {
        return reason;
    }
}
