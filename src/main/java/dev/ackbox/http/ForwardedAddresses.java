package dev.ackbox.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.apache.catalina.Globals;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Whose {@code X-Forwarded-For} counts: nobody's by default. An address list is worth as much as this is strict.
 *
 * @param strategy {@code server.forward-headers-strategy}; without one, Spring Boot decides, and on Kubernetes believes each private
 *     address
 */
public record ForwardedAddresses(@Nullable ForwardHeadersStrategy strategy, Environment environment) {

    private static final String REMOTE_IP = "server.tomcat.remoteip.";

    /**
     * Checks the settings.
     *
     * @param prefix the settings of the address list
     * @throws InvalidSettingException where a client could choose its own address
     */
    void require(String prefix) {
        if (strategy == null) {
            throw new InvalidSettingException(
                    "'" + prefix + ".mode' is on, but 'server.forward-headers-strategy' is empty.",
                    "Set it to 'none' if clients connect directly, or to 'native' if they connect through a proxy.");
        }
        if (strategy == ForwardHeadersStrategy.FRAMEWORK) {
            throw new InvalidSettingException(
                    "'" + prefix
                            + ".mode' is on, but with 'server.forward-headers-strategy' as 'framework' anybody could"
                            + " claim any address in a header.",
                    "Set it to 'native', which believes proxies alone.");
        }
        if (areBelieved() && !environment.containsProperty(REMOTE_IP + "internal-proxies")) {
            throw new InvalidSettingException(
                    "'" + prefix + ".mode' is on, but '" + REMOTE_IP + "internal-proxies' is not set.",
                    "Set it to the addresses of your proxies. By default every private address counts as a proxy.");
        }
    }

    /** Where the addresses of clients come from, for an operator. */
    public String source() {
        if (strategy == ForwardHeadersStrategy.FRAMEWORK) {
            return "X-Forwarded-For of anybody";
        }
        if (areBelieved()) {
            return environment.getProperty(REMOTE_IP + "remote-ip-header", "X-Forwarded-For") + " of "
                    + environment.getProperty(REMOTE_IP + "internal-proxies", "each private address");
        }
        return strategy == null
                ? "the connection; on Kubernetes, X-Forwarded-For of each private address"
                : "the connection";
    }

    /** Whether a request tells of another address than that of its connection, and is not believed. */
    static boolean areIgnoredOf(HttpServletRequest request) {
        return request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE) == null
                && (request.getHeader("X-Forwarded-For") != null || request.getHeader("Forwarded") != null);
    }

    /** Either header makes Tomcat believe proxies, whatever the strategy. */
    private boolean areBelieved() {
        return strategy == ForwardHeadersStrategy.NATIVE
                || Stream.of("remote-ip-header", "protocol-header")
                        .anyMatch(header -> StringUtils.hasText(environment.getProperty(REMOTE_IP + header)));
    }
}
