package dev.ackbox.ops;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what another site had a browser send, unless it only reads: a browser sends the password of HTTP Basic along with it.
 * The browser itself says where a request comes from, in headers that no page can set; whatever is not a browser sends neither
 * and is let through.
 */
final class SameOriginFilter extends OncePerRequestFilter {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    /** {@code none}: the person itself, not a page. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private static final String SITE = "Sec-Fetch-Site";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (READS.contains(request.getMethod()) || isOfOwnOrigin(request)) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(HttpStatus.FORBIDDEN.value());
        }
    }

    /** Older browsers, and over plain HTTP all of them, send the origin alone. */
    private static boolean isOfOwnOrigin(HttpServletRequest request) {
        String site = request.getHeader(SITE);
        if (site != null) {
            return OWN_SITES.contains(site);
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || isOf(origin, request.getHeader(HttpHeaders.HOST));
    }

    /** The scheme may differ: TLS may end in front. */
    private static boolean isOf(String origin, @Nullable String host) {
        return origin.equalsIgnoreCase("https://" + host) || origin.equalsIgnoreCase("http://" + host);
    }
}
