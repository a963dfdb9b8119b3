package dev.ackbox.graph;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls over HTTP. Follows no redirect, since the token would go along. */
final class HttpTransport implements GraphTransport {

    /** Far more than any answer has. */
    private static final int MAX_ANSWER = 8 << 20;

    private final JsonMapper json = new JsonMapper();
    private final RestClient calls;
    private final RestClient downloads;
    private final URI url;
    private final String version;
    private final AccessToken token;

    HttpTransport(GraphProperties properties, AccessToken token) {
        this.url = properties.url();
        this.version = properties.version();
        this.token = token;
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.connectTimeout())
                .build();
        this.calls = restClient(client, properties.readTimeout());
        this.downloads = restClient(client, properties.media().timeout());
    }

    private static RestClient restClient(HttpClient client, Duration timeout) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(client);
        requests.setReadTimeout(timeout);
        return RestClient.builder().requestFactory(requests).build();
    }

    @Override
    public Answer call(Call call) {
        String current = token.value();
        RestClient.RequestBodySpec request = calls.method(HttpMethod.valueOf(call.method()))
                .uri(uri(call, token.proof(current)))
                .headers(headers -> headers.setBearerAuth(current))
                .accept(MediaType.APPLICATION_JSON);
        if (call.body() != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(json.writeValueAsBytes(call.body()));
        }
        try {
            return request.exchange(
                    (sent, response) -> answer(response.getStatusCode().value(), response.getBody()));
        } catch (ResourceAccessException ex) {
            throw failure(ex);
        }
    }

    private URI uri(Call call, @Nullable String proof) {
        UriComponentsBuilder builder = UriComponentsBuilder.fromUri(url).pathSegment(version);
        builder.pathSegment(call.path().split("/"));
        call.parameters().keySet().stream().sorted().forEach(name -> builder.queryParam(name, "{" + name + "}"));
        if (proof != null) {
            builder.queryParam("appsecret_proof", proof);
        }
        return builder.encode().buildAndExpand(call.parameters()).toUri();
    }

    private Answer answer(int status, InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_ANSWER + 1);
        if (status >= 300 && status < 400) {
            throw GraphException.notUnderstood(status, "is a redirect, which is not followed");
        }
        try {
            JsonNode read = json.readTree(bytes);
            if (read.isObject()) {
                return new Answer(status, read);
            }
        } catch (JacksonException ex) {
            // Said below, without what it quotes.
        }
        throw GraphException.notUnderstood(status, "is not a JSON object");
    }

    @Override
    public <T> T download(URI from, Download<T> download) throws IOException {
        try {
            return downloads
                    .get()
                    .uri(from)
                    .headers(headers -> headers.setBearerAuth(token.value()))
                    .header(HttpHeaders.USER_AGENT, "ackbox")
                    .exchangeForRequiredValue((sent, response) -> {
                        try {
                            return download.read(response.getStatusCode().value(), response.getBody());
                        } catch (IOException ex) {
                            throw new DownloadFailedException(ex);
                        }
                    });
        } catch (DownloadFailedException ex) {
            throw ex.cause;
        } catch (ResourceAccessException ex) {
            throw failure(ex);
        }
    }

    /** Gets past the client, which takes an I/O error of any kind for one of its own. */
    private static final class DownloadFailedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient IOException cause;

        DownloadFailedException(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    /** Leaves the client's message out, which has the URL with the proof. */
    private static GraphException failure(ResourceAccessException ex) {
        IOException cause = ex.getCause() instanceof IOException io ? io : new IOException();
        String name = cause.getClass().getSimpleName();
        for (@Nullable Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof ConnectException
                    || each instanceof HttpConnectTimeoutException
                    || each instanceof UnresolvedAddressException
                    || each instanceof SSLHandshakeException) {
                return GraphException.notSent(words(each), null);
            }
        }
        return GraphException.noAnswer(
                name.toLowerCase(Locale.ROOT).contains("timeout") ? "the time is over" : "the connection was lost",
                null);
    }

    private static String words(Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        } else if (cause instanceof UnresolvedAddressException) {
            return "there is no such host";
        }
        return cause instanceof SSLHandshakeException ? "no TLS connection" : "the connection is refused";
    }
}
