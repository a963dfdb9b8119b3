package dev.ackbox.security.certificate;

import static dev.ackbox.security.TestCertificates.CLIENT_NAME;
import static dev.ackbox.security.TestCertificates.NEW_INTERMEDIATE;
import static dev.ackbox.security.TestCertificates.NEW_ROOT;
import static dev.ackbox.security.TestCertificates.OLD_INTERMEDIATE;
import static dev.ackbox.security.TestCertificates.OLD_ROOT;

import dev.ackbox.security.TestCertificates.Issued;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Headers of a request, in the making; and what the tests of headers share. */
final class RequestHeaders implements Function<String, List<String>> {

    static final Clock CLOCK = clockAt("2026-11-22T10:00:00Z");

    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static RequestHeaders none() {
        return new RequestHeaders();
    }

    /** Asks who issued a certificate, as every proxy but nginx and the load balancer in verify mode makes it necessary. */
    static ClientCertificateCheck strict(Issued... authorities) {
        CertificateAuthorities trusted = ClientCertificateCheckTests.authorities(authorities);
        return new ClientCertificateCheck(CLIENT_NAME, () -> trusted, CLOCK);
    }

    /** Trusts whoever a proxy may name as the issuer of one of the test certificates. */
    static ClientCertificateCheck strict() {
        return strict(OLD_ROOT, OLD_INTERMEDIATE, NEW_ROOT, NEW_INTERMEDIATE);
    }

    /** Believes whoever ended TLS. */
    static ClientCertificateCheck lenient() {
        return new ClientCertificateCheck(CLIENT_NAME, null, CLOCK);
    }

    RequestHeaders with(String name, String... lines) {
        values.computeIfAbsent(name, any -> new ArrayList<>()).addAll(List.of(lines));
        return this;
    }

    @Override
    public List<String> apply(String name) {
        return values.getOrDefault(name, List.of());
    }

    static Clock clockAt(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }

    /** All but unreserved characters encoded, as nginx and Envoy do. */
    static String urlEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** With {@code + = /} left as they are, as the load balancer does. */
    static String urlEncodedByAlb(String text) {
        return urlEncoded(text).replace("%2B", "+").replace("%3D", "=").replace("%2F", "/");
    }
}
