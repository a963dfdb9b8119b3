package dev.ackbox.security.certificate;

/**
 * What a proxy that ended TLS tells about the client certificate, in the headers of one of the usual proxies.
 *
 * <p>Anybody can send these headers. Ask only for requests whose peer, the address at the other end of the connection
 * and not one out of {@code X-Forwarded-For}, is a configured proxy, and make sure that the proxy replaces or drops what
 * clients send under these names. For any other peer the answer is the one for a missing certificate.
 *
 * <p>Never throws for any content of headers. Called by request threads, several at a time.
 */
@FunctionalInterface
public interface ForwardedCertificate {

    /** Reads and checks; missing where the proxy says, or lets see, that the client presented no certificate. */
    CertificateVerdict verify(HeaderValues headers);

    /**
     * Of nginx, ingress-nginx and others where the operator chooses the headers. The state must be {@code SUCCESS}. A
     * certificate is checked where forwarded, and must not contradict the subject.
     */
    static ForwardedCertificate nginx(NginxHeaders names, ClientCertificateCheck check) {
        return of(new NginxCertificate(names, check));
    }

    /** Of an AWS Application Load Balancer in verify mode. */
    static ForwardedCertificate albVerify(ClientCertificateCheck check) {
        return of(new AlbVerifiedCertificate(check));
    }

    /**
     * Of an AWS Application Load Balancer in pass-through mode, which itself verifies nothing.
     *
     * @throws IllegalArgumentException if the check has no authorities
     */
    static ForwardedCertificate albPassThrough(ClientCertificateCheck check) {
        return of(new AlbPassedCertificate(check));
    }

    /**
     * Of Envoy and Istio. Each proxy on the way may add an element to the end of {@code X-Forwarded-Client-Cert}. The
     * last is of the proxy that is connected here and can be no one else's; what stands before it is only as good as
     * that proxy's care, and may come from the client. Hence elements are counted from the end: 1 for the last; 2 where
     * a sidecar adds one about the gateway behind which the platform's certificate was seen. Where there are fewer, the
     * certificate is missing.
     */
    static ForwardedCertificate envoy(int fromEnd, ClientCertificateCheck check) {
        return of(new EnvoyCertificate(fromEnd, check));
    }

    /**
     * Of Traefik's middleware PassTLSClientCert, best with {@code pem: true}. Where it sends {@code info} alone, that must be
     * {@code subject.commonName: true} and nothing else, since Traefik escapes nothing: another attribute of a
     * certificate could hold what looks like a common name.
     */
    static ForwardedCertificate traefik(ClientCertificateCheck check) {
        return of(new TraefikCertificate(check));
    }

    /** Of proxies that follow RFC 9440: {@code Client-Cert} and {@code Client-Cert-Chain}. */
    static ForwardedCertificate rfc9440(ClientCertificateCheck check) {
        return of(new Rfc9440Certificate(check));
    }

    private static ForwardedCertificate of(HeaderReader reader) {
        return headers -> {
            try {
                return reader.read(headers);
            } catch (RefusedException ex) {
                return new CertificateVerdict.Refused(ex.reason());
            }
        };
    }
}
