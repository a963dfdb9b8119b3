package dev.ackbox.doctor;

import dev.ackbox.command.Handshake;
import dev.ackbox.command.Settings;
import dev.ackbox.command.WholeExchange;
import dev.ackbox.endpoint.EndpointProperties;
import dev.ackbox.endpoint.EndpointProperties.AuthenticatorType;
import dev.ackbox.endpoint.EndpointsProperties;
import dev.ackbox.inbox.Probe;
import dev.ackbox.security.AppSecret;
import dev.ackbox.security.SignatureScheme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What Meta would meet at the callback URL. */
final class OutsideChecks {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final int LARGEST_NOTIFICATION = 3_000_000;

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_HEALTH = 4096;
    private static final int LAST_PORT = 65_535;

    private final URI url;
    private final Settings settings;
    private final HttpClient client;
    private final Clock clock;
    private final Limits limits;
    private final Report report;

    OutsideChecks(URI url, Settings settings, HttpClient client, Clock clock, Limits limits, Report report) {
        this.url = url;
        this.settings = settings;
        this.client = client;
        this.clock = clock;
        this.limits = limits;
        this.report = report;
    }

    void run() throws InterruptedException {
        if (!host()) {
            return;
        }
        HttpResponse<Void> answer = tls();
        if (answer == null) {
            return;
        }
        redirect(answer.statusCode());
        EndpointProperties endpoint = endpoint();
        handshake(endpoint);
        probe(endpoint);
        largeBody(endpoint);
        managementPort();
    }

    private void restCouldNotBeChecked(Check after, String reason) {
        for (Check check : Check.values()) {
            if (check.place() == Check.Place.OUTSIDE && check.compareTo(after) > 0) {
                report.couldNotCheck(check, reason, "first do what is said above");
            }
        }
    }

    private boolean host() {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(url.getHost());
            boolean isPrivate = Arrays.stream(addresses)
                    .anyMatch(address -> address.isSiteLocalAddress() || address.isLoopbackAddress());
            report.ok(
                    Check.HOST,
                    url.getHost() + " has " + addresses.length + (addresses.length == 1 ? " address" : " addresses")
                            + (isPrivate ? ", a private one from here: Meta may see another" : ""));
            return true;
        } catch (UnknownHostException ex) {
            report.finding(
                    Check.HOST,
                    "there is no host " + url.getHost(),
                    "correct the URL, or create the DNS record; a name that only your network knows is none to Meta");
            restCouldNotBeChecked(Check.HOST, "the host is not found");
            return false;
        }
    }

    /** Returns the answer to a request without parameters; absent where there is none. */
    private @Nullable HttpResponse<Void> tls() throws InterruptedException {
        HttpResponse<Void> answer;
        try {
            answer = WholeExchange.send(client, get(url), 0).head();
        } catch (IOException ex) {
            report.finding(
                    Check.TLS,
                    "no connection to " + url + ": " + Handshake.problem(ex),
                    "see whether the proxy runs, listens on this port, and has a certificate of a public authority for "
                            + url.getHost() + " with its whole chain");
            restCouldNotBeChecked(Check.TLS, "there is no connection");
            return null;
        }
        SSLSession session = answer.sslSession().orElse(null);
        if (session == null) {
            report.finding(
                    Check.TLS,
                    "the URL is not https",
                    "Meta calls https alone: put a proxy with a certificate in front");
        } else {
            expiry(session);
        }
        return answer;
    }

    private void expiry(SSLSession session) {
        ChainEnd end;
        try {
            end = ChainEnd.of(List.of(session.getPeerCertificates()));
        } catch (SSLPeerUnverifiedException ex) {
            report.couldNotCheck(
                    Check.TLS, "the server has shown no certificate", "see the configuration of the proxy");
            return;
        }
        String detail = "the certificate is trusted and ends on " + end.date();
        if (end.isSoon(clock)) {
            report.finding(Check.TLS, detail, "renew it: Meta stops delivering when it has ended");
        } else {
            report.ok(Check.TLS, detail);
        }
    }

    private void redirect(int status) {
        if (status >= 300 && status < 400) {
            report.finding(
                    Check.REDIRECT,
                    "the URL answers " + status + ", a redirect",
                    "Meta follows none, 307 and 308 included: enter the URL that it leads to, often the one with https, with or"
                            + " without www, or without a slash at the end");
        } else {
            report.ok(Check.REDIRECT, "none");
        }
    }

    /** The endpoint of the URL's path; a proxy may have changed the path, so else the one called default. */
    private @Nullable EndpointProperties endpoint() {
        Map<String, EndpointProperties> endpoints =
                settings.bind("ackbox", EndpointsProperties.class).served();
        return endpoints.values().stream()
                .filter(endpoint -> endpoint.path().equals(url.getPath()))
                .findFirst()
                .orElse(endpoints.get("default"));
    }

    private void handshake(@Nullable EndpointProperties endpoint) throws InterruptedException {
        if (endpoint == null || endpoint.verifyTokens().isEmpty()) {
            report.couldNotCheck(
                    Check.HANDSHAKE, "there is no verify token here", "set ACKBOX_VERIFY_TOKEN as the service has it");
            return;
        }
        URI marked = URI.create(url + (url.getRawQuery() == null ? "?" : "&") + Probe.FIELD + "=1");
        Handshake.Result result =
                new Handshake(client).with(marked, endpoint.verifyTokens().get(0));
        if (result.succeeded()) {
            report.ok(Check.HANDSHAKE, "the challenge is answered");
        } else {
            report.finding(
                    Check.HANDSHAKE,
                    String.valueOf(result.problem()),
                    "Meta would not verify the URL: see the log of Ackbox for a handshake of now; if there is none, look at what is"
                            + " in front of it");
        }
    }

    private void probe(@Nullable EndpointProperties endpoint) throws InterruptedException {
        if (endpoint == null || endpoint.appSecrets().isEmpty() || endpoint.authenticator() != AuthenticatorType.META) {
            report.couldNotCheck(
                    Check.PROBE, "there is no app secret here", "set ACKBOX_APP_SECRET as the service has it");
            return;
        }
        AppSecret secret = new AppSecret(endpoint.appSecrets().get(0));
        try {
            Duration fastest = null;
            for (int i = 0; i < Limits.TRIES && (fastest == null || isSlow(fastest)); i++) {
                byte[] body = notification();
                String signature = secret.sign(body);
                long start = System.nanoTime();
                int status = post(body, signature);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                if (status != 200) {
                    report.finding(Check.PROBE, "a signed notification is answered " + status, advice(status));
                    return;
                }
                fastest = fastest == null || took.compareTo(fastest) < 0 ? took : fastest;
            }
            answered(Objects.requireNonNull(fastest));
        } catch (IOException ex) {
            report.finding(Check.PROBE, Handshake.problem(ex), "see the log of what is in front of Ackbox");
        }
    }

    /** One that no handler gets. */
    private byte[] notification() {
        return ("{\"object\":\"ackbox\",\"entry\":[{\"id\":\"" + UUID.randomUUID() + "\",\"time\":"
                        + clock.instant().getEpochSecond() + ",\"changes\":[{\"field\":\"" + Probe.FIELD
                        + "\",\"value\":{}}]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private boolean isSlow(Duration answer) {
        return answer.compareTo(limits.slowAnswer()) > 0;
    }

    private void answered(Duration fastest) {
        String detail = "a signed notification is answered 200 after " + fastest.toMillis() + " ms";
        if (isSlow(fastest)) {
            report.finding(
                    Check.PROBE,
                    detail + ", more than " + limits.slowAnswer().toMillis() + ", each time of " + Limits.TRIES,
                    "look at the disk's fsync and at what is in front of Ackbox; Meta asks for a median of at most 250 ms");
        } else {
            report.ok(Check.PROBE, detail);
        }
    }

    private static String advice(int status) {
        return switch (status) {
            case 401 ->
                "the secret differs from that of the service, or something in between changes the body: see"
                        + " ackbox.webhook.diagnosed";
            case 403 ->
                "address list or client certificate of the endpoint are not for this machine, or a firewall refuses it;"
                        + " Meta may still get through";
            case 404 ->
                "there is no endpoint at this path: see ackbox.endpoints.*.path, and what the proxy makes of the path";
            case 503 -> "Ackbox cannot store, or has too much to do: see its log";
            default -> "see the log of what is in front of Ackbox";
        };
    }

    /** Unsigned, so nothing of it is stored where signatures are checked. */
    private void largeBody(@Nullable EndpointProperties endpoint) throws InterruptedException {
        if (endpoint != null && endpoint.authenticator() == AuthenticatorType.NONE) {
            report.couldNotCheck(
                    Check.LARGE_BODY,
                    "the endpoint checks no signature, so it would store the body",
                    "see the size limit of what is in front of Ackbox: Meta sends up to 3 MB");
            return;
        }
        byte[] body = new byte[LARGEST_NOTIFICATION];
        Arrays.fill(body, (byte) ' ');
        try {
            int status = post(body, null);
            String detail = "an unsigned body of 3 MB is answered " + status;
            if (status == 401) {
                report.ok(Check.LARGE_BODY, detail + ", as it should be");
            } else if (status == 403) {
                // Addresses and certificates are checked before the signature.
                report.couldNotCheck(Check.LARGE_BODY, detail, advice(status));
            } else if (status == 413) {
                report.finding(
                        Check.LARGE_BODY,
                        detail,
                        "let the proxy take 4 MB (nginx: client_max_body_size 4m): Meta sends up to 3 MB and delivers what is refused"
                                + " for 7 days");
            } else if (status == 200) {
                report.finding(
                        Check.LARGE_BODY,
                        detail,
                        "whatever answers there checks no signature: it is not Ackbox, or its endpoint is open");
            } else {
                report.finding(Check.LARGE_BODY, detail, "it should be 401: see the log of what is in front of Ackbox");
            }
        } catch (IOException ex) {
            report.finding(
                    Check.LARGE_BODY,
                    "an unsigned body of 3 MB is cut off: " + Handshake.problem(ex),
                    "see the size limit and the time-outs of what is in front of Ackbox");
        }
    }

    private int post(byte[] body, @Nullable String signature) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("User-Agent", "ackbox-doctor")
                .POST(BodyPublishers.ofByteArray(body));
        if (signature != null) {
            request.header(SignatureScheme.META.header(), signature);
        }
        return WholeExchange.send(client, request.build(), 0).status();
    }

    /** Behind the proxy, and by itself where that says something: on this machine it may be reached. */
    private void managementPort() throws InterruptedException {
        boolean isHere = isLoopback();
        int port = managementPortNumber();
        String found = healthBehindTheProxy();
        if (found == null && !isHere && port > 0) {
            found = directAnswer(port);
        }
        if (found != null) {
            report.finding(
                    Check.MANAGEMENT_PORT,
                    found,
                    "keep the management port inside your network: health and metrics are not for the internet");
        } else if (isHere) {
            report.couldNotCheck(
                    Check.MANAGEMENT_PORT,
                    "the URL is of this machine",
                    "run the doctor with the public URL, best from elsewhere");
        } else {
            report.ok(
                    Check.MANAGEMENT_PORT,
                    "is not reachable at " + url.getHost()
                            + (port > 0 ? "" : "; only looked for behind the proxy, since it has no fixed port"));
        }
    }

    /** 0 where the port is off, chosen anew at each start, or none at all. */
    private int managementPortNumber() {
        try {
            int port = Integer.parseInt(settings.get("management.server.port"));
            return port > 0 && port <= LAST_PORT ? port : 0;
        } catch (NumberFormatException ex) {
            return 0;
        }
    }

    /** What answers there as Ackbox's health does, also while Ackbox is down; absent where nothing does. */
    private @Nullable String healthBehindTheProxy() throws InterruptedException {
        URI proxied = url.resolve("/actuator/health");
        try {
            WholeExchange.Answer answer = WholeExchange.send(client, get(proxied), MOST_HEALTH);
            boolean isHealth = (answer.status() == 200 || answer.status() == 503) && hasStatus(answer.body());
            return isHealth ? proxied + " answers " + answer.status() : null;
        } catch (IOException ex) {
            return null; // as it should be
        }
    }

    private static boolean hasStatus(byte[] body) {
        try {
            return JSON.readTree(body).path("status").isString();
        } catch (JacksonException ex) {
            return false;
        }
    }

    /** Any answer says that the port is reachable. */
    private @Nullable String directAnswer(int port) throws InterruptedException {
        for (String scheme : List.of("http", "https")) {
            URI direct = URI.create(scheme + "://" + url.getHost() + ":" + port + "/actuator/health");
            try {
                return direct + " answers "
                        + WholeExchange.send(client, get(direct), 0).status();
            } catch (SSLHandshakeException ex) {
                if (ex.getCause() instanceof CertificateException) {
                    return direct + " shows a certificate";
                }
            } catch (IOException ex) {
                // As it should be.
            }
        }
        return null;
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(url.getHost()).isLoopbackAddress();
        } catch (UnknownHostException ex) {
            return false;
        }
    }

    private static HttpRequest get(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(10))
                .header("User-Agent", "ackbox-doctor")
                .build();
    }
}
