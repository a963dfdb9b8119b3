package dev.ackbox.command;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a callback URL what Meta asks when the URL is entered: {@code GET} with a token, answered by 200 and the challenge and nothing else
 * (documented: Graph API webhooks, "Verification requests"). Follows no redirect, as Meta does not.
 */
public final class Handshake {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int MOST_BYTES = 4096;

    private final HttpClient client;

    /** @param client follows no redirects */
    public Handshake(HttpClient client) {
        this.client = client;
    }

    /** With a client of its own. */
    public Handshake() {
        this(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build());
    }

    /**
     * How a handshake came out.
     *
     * @param problem what is wrong, as one sentence without the token; absent where all is well
     * @param status what was answered; 0 where nothing was
     */
    public record Result(@Nullable String problem, int status) {

        public boolean succeeded() {
            return problem == null;
        }
    }

    public Result with(URI url, String verifyToken) throws InterruptedException {
        String challenge = Integer.toString(ThreadLocalRandom.current().nextInt(100_000_000, 1_000_000_000));
        String separator = url.getRawQuery() == null ? "?" : "&";
        URI asked = URI.create(url + separator + "hub.mode=subscribe&hub.challenge=" + challenge + "&hub.verify_token="
                + URLEncoder.encode(verifyToken, StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(asked)
                .timeout(TIMEOUT)
                .header("User-Agent", "facebookplatform/1.0 (+http://developers.facebook.com)")
                .header("Accept", "*/*")
                .build();
        try {
            WholeExchange.Answer answer = WholeExchange.send(client, request, MOST_BYTES);
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            return new Result(problem(answer.status(), text, challenge), answer.status());
        } catch (IOException ex) {
            return new Result(problem(ex), 0);
        }
    }

    private static @Nullable String problem(int status, String body, String challenge) {
        if (status == 200 && body.equals(challenge)) {
            return null;
        } else if (status == 200 && body.strip().equals(challenge)) {
            return "it answers the challenge with white space around it: the body must be the challenge and nothing else";
        } else if (status == 200 && body.contains(challenge)) {
            return "it answers more than the challenge: the body must be the challenge and nothing else";
        } else if (status == 200) {
            return "it answers 200, but not the challenge: something else answers at this URL";
        } else if (status >= 300 && status < 400) {
            return "it answers " + status + ", a redirect, which Meta does not follow: enter the URL that it leads to";
        }
        return "it answers " + status
                + switch (status) {
                    case 401 -> ": something asks for a login in front of the webhook";
                    case 403 -> ": the verify token differs, or something in front of the webhook refuses the request";
                    case 404 -> ": there is no webhook at this path";
                    default -> " in place of 200";
                };
    }

    /** Why nothing was answered, as one sentence. */
    public static String problem(IOException ex) {
        for (@Nullable Throwable cause = ex; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "there is no such host";
            } else if (cause instanceof HttpTimeoutException) {
                return "nothing is answered in time";
            } else if (cause instanceof SSLException) {
                return "there is no TLS connection: " + tls(cause);
            } else if (cause instanceof ConnectException) {
                return "nobody listens there";
            }
        }
        return "the connection is lost";
    }

    private static String tls(Throwable cause) {
        for (@Nullable Throwable each = cause; each != null; each = each.getCause()) {
            String said = String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT);
            if (each instanceof java.security.cert.CertificateExpiredException) {
                return "its certificate has expired";
            } else if (said.contains("unable to find valid certification path")) {
                return "its certificate is not of a public authority, or its chain is not complete";
            } else if (said.contains("no subject alternative") || said.contains("no name matching")) {
                return "its certificate is for another host";
            }
        }
        return "the handshake of TLS fails";
    }
}
