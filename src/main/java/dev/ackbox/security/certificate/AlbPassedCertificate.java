package dev.ackbox.security.certificate;

import java.util.Optional;

/** The chain as the client sent it, leaf first, as PEM, URL-encoded but for {@code + = /}; nobody has verified it. */
final class AlbPassedCertificate implements HeaderReader {

    static final String CHAIN = "X-Amzn-Mtls-Clientcert";

    private final ClientCertificateCheck check;

    AlbPassedCertificate(ClientCertificateCheck check) {
        if (!check.validatesChains()) {
            throw new IllegalArgumentException(
                    "'check' must have authorities, since the load balancer verifies nothing");
        }
        this.check = check;
    }

    @Override
    public CertificateVerdict read(HeaderValues headers) throws RefusedException {
        Optional<String> chain = Headers.single(headers, CHAIN);
        if (chain.isEmpty()) {
            return new CertificateVerdict.Missing();
        }
        return check.checkChain(Certificates.ofPem(UrlEncoding.decode(chain.get())));
    }
}
