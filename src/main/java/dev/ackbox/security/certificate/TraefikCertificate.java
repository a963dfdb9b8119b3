package dev.ackbox.security.certificate;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The chain as the client sent it, leaf first: the Base64 of PEM without its first and last line, certificates apart
 * by commas; URL-encoded up to version 2 and plain since. The info is {@code Subject="CN=name"} for each of these
 * certificates, apart by commas, all of it encoded as a query (observed in the source of Traefik).
 */
final class TraefikCertificate implements HeaderReader {

    static final String CHAIN = "X-Forwarded-Tls-Client-Cert";
    static final String INFO = "X-Forwarded-Tls-Client-Cert-Info";

    /** Nothing but a common name, without characters that could have another meaning. */
    private static final Pattern COMMON_NAME = Pattern.compile("Subject=\"CN=([^\",;=\\\\]*)\"");

    private final ClientCertificateCheck check;

    TraefikCertificate(ClientCertificateCheck check) {
        this.check = check;
    }

    @Override
    public CertificateVerdict read(HeaderValues headers) throws RefusedException {
        Optional<String> chain = Headers.single(headers, CHAIN);
        Optional<String> info = Headers.single(headers, INFO);
        if (chain.isPresent()) {
            // The info then adds nothing that the certificate does not say better.
            return check.checkChain(certificates(chain.get()));
        }
        if (info.isPresent()) {
            return check.checkSubject(commonName(info.get()));
        }
        return new CertificateVerdict.Missing();
    }

    private static List<X509Certificate> certificates(String header) throws RefusedException {
        String[] encoded = UrlEncoding.decode(header).split(",", -1);
        if (encoded.length > Certificates.MAX_CHAIN) {
            throw new RefusedException(RefusalReason.TOO_LONG);
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (String certificate : encoded) {
            certificates.add(Certificates.ofBase64(certificate));
        }
        return certificates;
    }

    private static String commonName(String header) throws RefusedException {
        // The first is the client's; those of the chain follow, and one without a common name leaves an empty place.
        String first = UrlEncoding.decodeQuery(header).split(",", 2)[0];
        Matcher subject = COMMON_NAME.matcher(first);
        if (!subject.matches()) {
            throw new RefusedException(RefusalReason.MALFORMED_SUBJECT);
        }
        return subject.group(1);
    }
}
