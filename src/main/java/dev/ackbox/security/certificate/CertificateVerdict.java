package dev.ackbox.security.certificate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known about the client certificate of a request. */
public sealed interface CertificateVerdict {

    /**
     * The certificate of the expected client.
     *
     * @param notAfter when that certificate expires; null where only its subject was forwarded
     */
    record Verified(@Nullable Instant notAfter) implements CertificateVerdict {}

    /** The client presented none. */
    record Missing() implements CertificateVerdict {}

    /** Something was presented or forwarded, and is not what it should be. */
    record Refused(RefusalReason reason) implements CertificateVerdict {}
}
