package dev.ackbox.http;

import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.Probe;
import dev.ackbox.intake.Intake;
import dev.ackbox.security.Authenticator.Claim;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that answers on the public port. A servlet of its own, in front of everything else there, so that no resource, error
 * page or converter of the framework can answer in its place.
 *
 * <p>A notification passes these checks, the cheap ones first; the first that fails answers it:
 *
 * <ol>
 *   <li>its path is an endpoint's, its method is POST;
 *   <li>the sender's address and certificate are those that the endpoint is for;
 *   <li>its body is not encoded;
 *   <li>its headers claim that it is genuine, in the form that the endpoint expects;
 *   <li>its body comes whole, in time and within bounds;
 *   <li>one of the endpoint's secrets proves that claim;
 *   <li>it is durable.
 * </ol>
 */
final class WebhookServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(WebhookServlet.class);
    private static final byte[] NOTHING = {};

    private final transient Endpoints endpoints;
    private final transient Intake intake;
    private final transient BodyReader bodyReader;
    private final transient Admission admission;
    private final transient PayloadPrinter printer;
    private final transient RefusalSamples samples;
    private final transient Gates gates;
    private final transient RequestObserver observer;
    private final transient RequestLog requestLog;
    private final transient Clock clock;
    private final String retryAfterSeconds;

    /** @param maxBodies how many bodies may be read at once; each keeps a thread busy until it has come */
    WebhookServlet(
            Endpoints endpoints,
            Intake intake,
            Gates gates,
            RefusalSamples samples,
            HttpProperties properties,
            int maxBodies,
            RequestObserver observer,
            Clock clock) {
        this.endpoints = endpoints;
        this.intake = intake;
        this.gates = gates;
        this.samples = samples;
        this.bodyReader = new BodyReader(properties);
        this.admission = new Admission(maxBodies, properties);
        this.printer = new PayloadPrinter(System.out);
        this.observer = observer;
        this.requestLog = new RequestLog(clock);
        this.clock = clock;
        this.retryAfterSeconds =
                Long.toString(Math.max(1, properties.retryAfter().toSeconds()));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long start = System.nanoTime();
        // As it came: neither decoded nor normalised.
        Endpoint endpoint = endpoints.at(request.getRequestURI());
        Outcome outcome = Outcome.FAILED;
        try {
            outcome = endpoint == null ? notFound(request) : serve(endpoint, request, response);
        } catch (RefusedException ex) {
            outcome = ex.outcome();
        } catch (IOException ex) {
            outcome = Outcome.ABORTED;
        } catch (RuntimeException ex) {
            log.error("A request could not be answered", ex);
        }
        if (endpoint != null
                && (outcome == Outcome.OVERLOADED || outcome == Outcome.SENDER_REFUSED)
                && ForwardedAddresses.areIgnoredOf(request)) {
            requestLog.proxyUnknown(endpoint);
        }
        answer(response, outcome);
        observer.answered(
                endpoint == null ? RequestObserver.NO_ENDPOINT : endpoint.name(),
                outcome,
                Duration.ofNanos(System.nanoTime() - start));
        if (isBodyLeft(request, outcome)) {
            response.flushBuffer();
            drop(request);
        }
    }

    private Outcome notFound(HttpServletRequest request) {
        Endpoint near = endpoints.near(request.getRequestURI());
        if (near != null) {
            requestLog.nearMiss(near);
        }
        return Outcome.NOT_FOUND;
    }

    private Outcome serve(Endpoint endpoint, HttpServletRequest request, HttpServletResponse response)
            throws IOException, RefusedException {
        return switch (request.getMethod()) {
            case "GET" -> verify(endpoint, request, response);
            case "POST" -> receive(endpoint, request, response);
            default -> Outcome.METHOD_NOT_ALLOWED;
        };
    }

    private Outcome verify(Endpoint endpoint, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Handshake handshake;
        try {
            handshake = Handshake.of(request);
        } catch (MalformedHandshakeException ex) {
            if (Handshake.isIntendedBy(request)) {
                requestLog.malformed(endpoint, ex);
            }
            return Outcome.HANDSHAKE_MALFORMED;
        }
        if (!endpoint.accepts(handshake.verifyToken())) {
            requestLog.wrongToken(endpoint);
            return Outcome.TOKEN_MISMATCH;
        }
        byte[] challenge = handshake.challenge().getBytes(StandardCharsets.US_ASCII);
        response.setContentType("text/plain;charset=us-ascii");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(challenge.length);
        response.getOutputStream().write(challenge);
        requestLog.handshakeSucceeded(endpoint);
        if (request.getParameter(Probe.FIELD) == null) {
            observer.verified(endpoint.name());
        }
        return Outcome.VERIFIED;
    }

    private Outcome receive(Endpoint endpoint, HttpServletRequest request, HttpServletResponse response)
            throws IOException, RefusedException {
        Instant receivedAt = clock.instant();
        for (Gate gate : gates.of(endpoint)) {
            if (!gate.admits(request)) {
                requestLog.senderRefused(endpoint);
                return Outcome.SENDER_REFUSED;
            }
        }
        Function<String, List<String>> headers = name -> Collections.list(request.getHeaders(name));
        for (String encoding : headers.apply("Content-Encoding")) {
            if (!encoding.equalsIgnoreCase("identity")) {
                return Outcome.ENCODED;
            }
        }
        Optional<Claim> claim = endpoint.authenticator().claim(headers);
        if (claim.isEmpty()) {
            samples.refused(endpoint, headers, () -> unsignedBody(request));
            return Outcome.UNAUTHENTICATED;
        }
        try (Admission.Body admitted = admission.admit(request.getRemoteAddr())) {
            if (admitted == null) {
                return Outcome.OVERLOADED;
            }
            byte[] body = bodyReader.read(request, admitted);
            Optional<String> secret = claim.get().provenBy(body);
            if (secret.isEmpty()) {
                samples.refused(endpoint, headers, body, admitted);
                return Outcome.UNAUTHENTICATED;
            }
            admitted.isGenuine();
            observer.authenticated(endpoint.name(), secret.get());
            return store(endpoint, body, receivedAt, response);
        }
    }

    /** What shows how a gateway has wrapped a notification; empty where reading it takes too much. */
    private byte[] unsignedBody(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        if (length <= 0 || length > Admission.SMALL_BODY || request.getHeader("Expect") != null) {
            return NOTHING;
        }
        try (Admission.Body admitted = admission.admit(request.getRemoteAddr())) {
            return admitted == null ? NOTHING : bodyReader.read(request, admitted);
        } catch (RefusedException ex) {
            return NOTHING;
        }
    }

    private Outcome store(Endpoint endpoint, byte[] body, Instant receivedAt, HttpServletResponse response)
            throws IOException {
        try {
            intake.accept(endpoint.name(), endpoint.payloadShape().toCloud(body), receivedAt);
        } catch (InboxUnavailableException ex) {
            log.debug("A notification was refused with 503", ex);
            return Outcome.UNAVAILABLE;
        }
        if (endpoint.printPayloads()) {
            // Meta must not wait for a terminal.
            answer(response, Outcome.STORED);
            response.flushBuffer();
            printer.print(endpoint.name(), receivedAt, body);
        }
        return Outcome.STORED;
    }

    private void answer(HttpServletResponse response, Outcome outcome) {
        if (response.isCommitted()) {
            return;
        }
        response.setStatus(outcome.status());
        if (outcome == Outcome.VERIFIED) {
            return;
        }
        switch (outcome) {
            case METHOD_NOT_ALLOWED -> response.setHeader("Allow", "GET, POST");
            case OVERLOADED, UNAVAILABLE -> response.setHeader("Retry-After", retryAfterSeconds);
            default -> {}
        }
        if (outcome != Outcome.STORED) {
            // Idle connections are kept for those alone that have sent something genuine.
            response.setHeader("Connection", "close");
        }
        response.setContentLength(0);
    }

    /** Whether a sender that is answered early may still be busy with its body. One that asked whether to send it is not. */
    private static boolean isBodyLeft(HttpServletRequest request, Outcome outcome) {
        return switch (outcome) {
            case STORED, VERIFIED, TOO_SLOW, MALFORMED, ABORTED -> false;
            default ->
                (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null)
                        && request.getHeader("Expect") == null;
        };
    }

    private void drop(HttpServletRequest request) {
        try (Admission.Body admitted = admission.admit(request.getRemoteAddr())) {
            if (admitted != null) {
                bodyReader.drop(request);
            }
        }
    }
}
