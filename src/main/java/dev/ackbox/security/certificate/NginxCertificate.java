package dev.ackbox.security.certificate;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code $ssl_client_verify} is {@code SUCCESS}, {@code NONE} or {@code FAILED:reason} (documented: nginx,
 * ngx_http_ssl_module). nginx leaves out a header whose variable is empty.
 */
final class NginxCertificate implements HeaderReader {

    private final NginxHeaders names;
    private final ClientCertificateCheck check;

    NginxCertificate(NginxHeaders names, ClientCertificateCheck check) {
        this.names = names;
        this.check = check;
    }

    @Override
    public CertificateVerdict read(HeaderValues headers) throws RefusedException {
        Optional<String> verify = Headers.single(headers, names.verify());
        Optional<String> subject = optional(headers, names.subject());
        Optional<String> certificate = optional(headers, names.certificate());
        boolean none = verify.isEmpty() || verify.get().equals("NONE");
        if (none && subject.isEmpty() && certificate.isEmpty()) {
            return new CertificateVerdict.Missing();
        }
        if (none || !verify.get().equals("SUCCESS")) {
            throw new RefusedException(RefusalReason.NOT_VERIFIED);
        }
        return Forwarded.check(
                check,
                subject.isPresent() ? commonName(subject.get()) : null,
                certificate.isPresent() ? Certificates.ofPem(UrlEncoding.decode(certificate.get())) : null);
    }

    private String commonName(String subject) throws RefusedException {
        return names.slashForm() ? Subject.commonNameOfSlashForm(subject) : Subject.commonName(subject);
    }

    private static Optional<String> optional(HeaderValues headers, @Nullable String name) throws RefusedException {
        return name == null ? Optional.empty() : Headers.single(headers, name);
    }
}
