package dev.ackbox.security.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a proxy that ended TLS tells about the client certificate in headers. Safe for use by several threads.
 *
 * <p>Anybody can send these headers. Read them only of requests whose peer, the address at the other end of the connection and not
 * one out of {@code X-Forwarded-For}, is a configured proxy, and make sure that the proxy replaces or drops what clients send
 * under these names.
 */
public final class ForwardedCertificate {

    static final String ALB_SUBJECT = "X-Amzn-Mtls-Clientcert-Subject";
    static final String ALB_VALIDITY = "X-Amzn-Mtls-Clientcert-Validity";
    static final String ALB_LEAF = "X-Amzn-Mtls-Clientcert-Leaf";
    static final String ALB_CHAIN = "X-Amzn-Mtls-Clientcert";
    static final String ENVOY = "X-Forwarded-Client-Cert";
    static final String TRAEFIK_CHAIN = "X-Forwarded-Tls-Client-Cert";
    static final String TRAEFIK_INFO = "X-Forwarded-Tls-Client-Cert-Info";
    static final String RFC9440_LEAF = "Client-Cert";
    static final String RFC9440_CHAIN = "Client-Cert-Chain";

    private static final Pattern ALB_PERIOD = Pattern.compile("NotBefore=([^;]+);NotAfter=([^;]+)");

    private final boolean saysVerified;
    private final List<String> names;
    private final Reader reader;

    @FunctionalInterface
    private interface Reader {

        /** Absent where the client presented no certificate. */
        @Nullable
        Presented read(Headers headers) throws RejectedException;
    }

    private ForwardedCertificate(boolean saysVerified, Reader reader, String... names) {
        this.saysVerified = saysVerified;
        this.reader = reader;
        this.names = List.of(names);
    }

    /** Whether the headers themselves say that the proxy has verified the certificate. Where not, its authority has to be checked. */
    public boolean saysVerified() {
        return saysVerified;
    }

    /** The lines of each header that is read: where they are equal, so is what is read. */
    List<List<String>> evidence(Function<String, List<String>> headers) {
        return names.stream().map(headers).toList();
    }

    /** Absent where the client presented no certificate. */
    @Nullable
    Presented read(Function<String, List<String>> headers) throws RejectedException {
        return reader.read(new Headers(headers));
    }

    /**
     * nginx and others where the operator chooses the headers. {@code $ssl_client_verify} is {@code SUCCESS}, {@code NONE} or
     * {@code FAILED:reason} (documented: nginx, ngx_http_ssl_module). nginx leaves out a header whose variable is empty.
     *
     * @param verify the header that holds {@code $ssl_client_verify}
     * @param subject the header that may hold {@code $ssl_client_s_dn}
     * @param certificate the header that may hold {@code $ssl_client_escaped_cert}
     */
    public static ForwardedCertificate nginx(String verify, String subject, String certificate) {
        return new ForwardedCertificate(
                true,
                headers -> {
                    String state = headers.single(verify).orElse("NONE");
                    Optional<String> name = headers.single(subject);
                    Optional<String> pem = headers.single(certificate);
                    if (state.equals("NONE") && name.isEmpty() && pem.isEmpty()) {
                        return null;
                    }
                    if (!state.equals("SUCCESS")) {
                        throw new RejectedException(CertificateVerdict.NOT_VERIFIED);
                    }
                    return new Presented(true, commonName(name), Certificates.ofPem(pem));
                },
                verify,
                subject,
                certificate);
    }

    /**
     * An AWS Application Load Balancer in verify mode: the subject in the form of RFC 2253, the validity as
     * {@code NotBefore=…;NotAfter=…} in ISO 8601, the leaf as PEM (documented: Elastic Load Balancing, "Mutual authentication
     * with TLS").
     */
    public static ForwardedCertificate albVerify() {
        return new ForwardedCertificate(
                true,
                headers -> {
                    Optional<String> subject = headers.single(ALB_SUBJECT);
                    Optional<String> validity = headers.single(ALB_VALIDITY);
                    Optional<String> leaf = headers.single(ALB_LEAF);
                    if (subject.isEmpty() && validity.isEmpty() && leaf.isEmpty()) {
                        return null;
                    }
                    return new Presented(
                            true,
                            commonName(subject),
                            Certificates.ofPem(leaf),
                            validity.isEmpty() ? Instant.MIN : end(validity.get(), 1),
                            validity.isEmpty() ? Instant.MAX : end(validity.get(), 2));
                },
                ALB_SUBJECT,
                ALB_VALIDITY,
                ALB_LEAF);
    }

    /** The same in pass-through mode: the chain as the client sent it, leaf first, as PEM. Nobody has verified it. */
    public static ForwardedCertificate albPassThrough() {
        return new ForwardedCertificate(
                false, headers -> presented(Certificates.ofPem(headers.single(ALB_CHAIN))), ALB_CHAIN);
    }

    /**
     * Envoy and Istio. Each proxy on the way may add an element to the end of the header. The last is of the proxy that is
     * connected here and can be no one else's; what stands before it is only as good as that proxy's care, and may come from the
     * client. Where there are fewer elements, the certificate is missing. Envoy may be told to let unverified certificates pass.
     *
     * @param fromEnd which element counts: 1 for the last, 2 where a sidecar adds one about the gateway that ended TLS
     */
    public static ForwardedCertificate envoy(int fromEnd) {
        if (fromEnd < 1) {
            throw new IllegalArgumentException("'fromEnd' must be 1 or more");
        }
        return new ForwardedCertificate(
                false,
                headers -> {
                    List<XfccElement> elements = new ArrayList<>();
                    for (String line : headers.list(ENVOY)) {
                        elements.addAll(XfccElement.parse(line));
                    }
                    return elements.size() < fromEnd
                            ? null
                            : elements.get(elements.size() - fromEnd).presented();
                },
                ENVOY);
    }

    /**
     * Traefik's middleware PassTLSClientCert with {@code pem: true}: the Base64 of each certificate, leaf first, apart by commas;
     * URL-encoded up to version 2 and plain since (observed in the source of Traefik). {@code info} alone is not enough.
     */
    public static ForwardedCertificate traefik() {
        return new ForwardedCertificate(
                false,
                headers -> {
                    Optional<String> chain = headers.single(TRAEFIK_CHAIN);
                    if (chain.isEmpty() && headers.single(TRAEFIK_INFO).isPresent()) {
                        throw new RejectedException(CertificateVerdict.NOTHING_TO_CHECK);
                    }
                    return chain.isEmpty()
                            ? null
                            : presented(Certificates.ofBase64(
                                    Certificates.decoded(chain.get()).split(",", -1)));
                },
                TRAEFIK_CHAIN,
                TRAEFIK_INFO);
    }

    /**
     * Proxies that follow RFC 9440: {@code Client-Cert} is a byte sequence, {@code :base64:}, of the leaf in DER;
     * {@code Client-Cert-Chain} a list of such sequences for the certificates above it, possibly in several lines.
     */
    public static ForwardedCertificate rfc9440() {
        return new ForwardedCertificate(
                false,
                headers -> {
                    Optional<String> leaf = headers.single(RFC9440_LEAF);
                    List<String> sequences = new ArrayList<>();
                    leaf.ifPresent(sequences::add);
                    for (String line : headers.list(RFC9440_CHAIN)) {
                        sequences.addAll(List.of(line.split(",", -1)));
                    }
                    if (leaf.isEmpty() && !sequences.isEmpty()) {
                        throw new RejectedException(CertificateVerdict.NOTHING_TO_CHECK);
                    }
                    for (int i = 0; i < sequences.size(); i++) {
                        String item = sequences.get(i).strip();
                        if (item.length() < 2 || !item.startsWith(":") || !item.endsWith(":")) {
                            throw new RejectedException(CertificateVerdict.MALFORMED_HEADER);
                        }
                        sequences.set(i, item.substring(1, item.length() - 1));
                    }
                    return presented(Certificates.ofBase64(sequences.toArray(String[]::new)));
                },
                RFC9440_LEAF,
                RFC9440_CHAIN);
    }

    private static @Nullable Presented presented(List<X509Certificate> chain) {
        return chain.isEmpty() ? null : new Presented(false, null, chain);
    }

    private static @Nullable String commonName(Optional<String> subject) throws RejectedException {
        return subject.isPresent() ? Subject.commonName(subject.get()) : null;
    }

    private static Instant end(String validity, int which) throws RejectedException {
        Matcher period = ALB_PERIOD.matcher(validity);
        try {
            if (period.matches()) {
                return Instant.parse(period.group(which));
            }
            throw new RejectedException(CertificateVerdict.MALFORMED_HEADER);
        } catch (DateTimeParseException ex) {
            throw new RejectedException(CertificateVerdict.MALFORMED_HEADER);
        }
    }
}
