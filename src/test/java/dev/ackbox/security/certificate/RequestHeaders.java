package dev.ackbox.security.certificate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Headers of a request, in the making; and what the tests of headers share. */
final class RequestHeaders implements HeaderValues {

    static final Clock CLOCK = clockAt("2026-11-22T10:00:00Z");

    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static RequestHeaders none() {
        return new RequestHeaders();
    }

    RequestHeaders with(String name, String... lines) {
        values.computeIfAbsent(name, any -> new ArrayList<>()).addAll(List.of(lines));
        return this;
    }

    @Override
    public List<String> of(String name) {
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
