package dev.ackbox.security.certificate;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code Client-Cert} is a byte sequence, {@code :base64:}, of the leaf in DER; {@code Client-Cert-Chain} a list of such
 * sequences for the certificates above it, possibly in several lines (documented: RFC 9440, RFC 9651).
 */
final class Rfc9440Certificate implements HeaderReader {

    static final String LEAF = "Client-Cert";
    static final String CHAIN = "Client-Cert-Chain";

    private final ClientCertificateCheck check;

    Rfc9440Certificate(ClientCertificateCheck check) {
        this.check = check;
    }

    @Override
    public CertificateVerdict read(HeaderValues headers) throws RefusedException {
        Optional<String> leaf = Headers.single(headers, LEAF);
        List<String> above = sequences(headers);
        if (leaf.isEmpty()) {
            if (!above.isEmpty()) {
                throw new RefusedException(RefusalReason.NOTHING_TO_CHECK);
            }
            return new CertificateVerdict.Missing();
        }
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(certificate(leaf.get()));
        for (String sequence : above) {
            chain.add(certificate(sequence));
        }
        return check.checkChain(chain);
    }

    private static List<String> sequences(HeaderValues headers) throws RefusedException {
        List<String> sequences = new ArrayList<>();
        for (String line : Headers.all(headers, CHAIN)) {
            if (!line.isBlank()) {
                sequences.addAll(List.of(line.split(",", -1)));
            }
        }
        if (sequences.size() >= Certificates.MAX_CHAIN) {
            throw new RefusedException(RefusalReason.TOO_LONG);
        }
        return sequences;
    }

    private static X509Certificate certificate(String sequence) throws RefusedException {
        String item = sequence.strip();
        if (item.length() < 2 || !item.startsWith(":") || !item.endsWith(":")) {
            throw new RefusedException(RefusalReason.MALFORMED_HEADER);
        }
        return Certificates.ofBase64(item.substring(1, item.length() - 1));
    }
}
