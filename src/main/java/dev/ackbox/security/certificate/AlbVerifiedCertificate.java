package dev.ackbox.security.certificate;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The subject in the form of RFC 2253, the validity as {@code NotBefore=…;NotAfter=…} in ISO 8601, the leaf as PEM,
 * URL-encoded but for {@code + = /} (documented: Elastic Load Balancing, "Mutual authentication with TLS").
 */
final class AlbVerifiedCertificate implements HeaderReader {

    static final String SUBJECT = "X-Amzn-Mtls-Clientcert-Subject";
    static final String VALIDITY = "X-Amzn-Mtls-Clientcert-Validity";
    static final String LEAF = "X-Amzn-Mtls-Clientcert-Leaf";

    private static final Pattern PERIOD = Pattern.compile("NotBefore=([^;]+);NotAfter=([^;]+)");

    private final ClientCertificateCheck check;

    AlbVerifiedCertificate(ClientCertificateCheck check) {
        this.check = check;
    }

    @Override
    public CertificateVerdict read(HeaderValues headers) throws RefusedException {
        Optional<String> subject = Headers.single(headers, SUBJECT);
        Optional<String> validity = Headers.single(headers, VALIDITY);
        Optional<String> leaf = Headers.single(headers, LEAF);
        if (subject.isEmpty() && validity.isEmpty() && leaf.isEmpty()) {
            return new CertificateVerdict.Missing();
        }
        if (validity.isPresent()) {
            checkValidity(validity.get());
        }
        return Forwarded.check(
                check,
                subject.isPresent() ? Subject.commonName(subject.get()) : null,
                leaf.isPresent() ? Certificates.ofPem(UrlEncoding.decode(leaf.get())) : null);
    }

    private void checkValidity(String validity) throws RefusedException {
        Matcher period = PERIOD.matcher(validity);
        if (!period.matches()) {
            throw new RefusedException(RefusalReason.MALFORMED_HEADER);
        }
        check.checkValidity(instant(period.group(1)), instant(period.group(2)));
    }

    private static Instant instant(String text) throws RefusedException {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException ex) {
            throw new RefusedException(RefusalReason.MALFORMED_HEADER);
        }
    }
}
