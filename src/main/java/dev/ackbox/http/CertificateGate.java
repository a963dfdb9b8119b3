package dev.ackbox.http;

import dev.ackbox.http.tomcat.PeerAddressValve;
import dev.ackbox.security.AddressList;
import dev.ackbox.security.certificate.CertificateVerdict;
import dev.ackbox.security.certificate.ClientCertificateCheck;
import dev.ackbox.security.certificate.ForwardedCertificate;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Admits by the client certificate: seen here in TLS, or told by a proxy. */
final class CertificateGate implements Gate {

    /** Where the servlet container puts what the client presented. */
    private static final String CHAIN = "jakarta.servlet.request.X509Certificate";

    private final String endpoint;
    private final Function<HttpServletRequest, CertificateVerdict> check;
    private final boolean enforced;
    private final RequestObserver observer;

    private CertificateGate(
            String endpoint,
            Function<HttpServletRequest, CertificateVerdict> check,
            boolean enforced,
            RequestObserver observer) {
        this.endpoint = endpoint;
        this.check = check;
        this.enforced = enforced;
        this.observer = observer;
    }

    /** Where TLS ends here. */
    static CertificateGate ofTls(
            String endpoint, ClientCertificateCheck check, boolean enforced, RequestObserver observer) {
        return new CertificateGate(
                endpoint,
                request -> check.check(
                        request.getAttribute(CHAIN) instanceof X509Certificate[] chain ? List.of(chain) : List.of()),
                enforced,
                observer);
    }

    /** Where TLS ends at one of these proxies. */
    static CertificateGate ofProxy(
            String endpoint,
            AddressList proxies,
            ForwardedCertificate proxy,
            ClientCertificateCheck check,
            boolean enforced,
            RequestObserver observer) {
        return new CertificateGate(
                endpoint,
                request -> proxies.contains(PeerAddressValve.peerOf(request))
                        ? check.check(proxy, name -> Collections.list(request.getHeaders(name)))
                        : CertificateVerdict.MISSING,
                enforced,
                observer);
    }

    @Override
    public boolean admits(HttpServletRequest request) {
        CertificateVerdict verdict = check.apply(request);
        if (verdict == CertificateVerdict.VERIFIED) {
            return true;
        }
        observer.mismatched(endpoint, "certificate", verdict.name().toLowerCase(Locale.ROOT), enforced);
        return !enforced;
    }
}
