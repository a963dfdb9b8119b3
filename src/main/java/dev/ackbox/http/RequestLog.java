package dev.ackbox.http;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what an operator looks for while setting up a URL: handshakes, requests that just miss an endpoint's path, and senders that are
 * kept out. Never logs what a request holds. What strangers can cause is logged once in ten seconds for each endpoint and reason.
 */
final class RequestLog {

    private static final Logger log = LoggerFactory.getLogger(RequestLog.class);

    private final Throttle throttle;

    RequestLog(Clock clock) {
        this.throttle = new Throttle(Duration.ofSeconds(10), clock);
    }

    void handshakeSucceeded(Endpoint endpoint) {
        log.info("Handshake at endpoint {} succeeded", endpoint.name());
    }

    void wrongToken(Endpoint endpoint) {
        warn(
                endpoint,
                "Handshake at endpoint {} failed with 403: wrong verify token. Enter the same one in the app dashboard"
                        + " and in 'verify-tokens'");
    }

    void malformed(Endpoint endpoint, MalformedHandshakeException reason) {
        warn(endpoint, "Handshake at endpoint {} failed with 400: " + reason.getMessage());
    }

    /** @param near the endpoint that was meant */
    void nearMiss(Endpoint near) {
        warn(
                near,
                "Answered 404: no endpoint has the path of a request, but it differs from that of endpoint {} only in"
                        + " upper and lower case or in slashes. The URL must end in " + near.path());
    }

    void senderRefused(Endpoint endpoint) {
        warn(
                endpoint,
                "Endpoint {} rejects a sender with 403 by its address or client certificate."
                        + " 'ackbox.webhook.mismatched' counts the reasons");
    }

    /** A rejected request came through a proxy that is not known, or pretends to. */
    void proxyUnknown(Endpoint endpoint) {
        warn(
                endpoint,
                "Endpoint {} rejects a request with 'X-Forwarded-For' or 'Forwarded' from an address that is not one of the"
                        + " known proxies. All senders behind a proxy that is not known have the proxy's address, so one can"
                        + " keep the others out. Set 'server.forward-headers-strategy' to 'native' and"
                        + " 'server.tomcat.remoteip.internal-proxies' to the proxy's addresses");
    }

    private void warn(Endpoint endpoint, String message) {
        if (throttle.permits(endpoint.name() + " " + message)) {
            log.warn(message, endpoint.name());
        }
    }
}
