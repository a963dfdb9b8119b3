package dev.ackbox;

import dev.ackbox.security.AppSecret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Posts notifications as Meta does, signed. Safe for use by several threads. */
public final class SignedClient {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI url;
    private final AppSecret secret;
    private final Duration timeout;

    public SignedClient(URI url, String secret) {
        this(url, secret, Duration.ofSeconds(20));
    }

    /** @param timeout so long it waits for an answer */
    public SignedClient(URI url, String secret, Duration timeout) {
        this.url = url;
        this.secret = new AppSecret(secret);
        this.timeout = timeout;
    }

    /** A client of the service that a {@link ServiceTest} runs. */
    public static SignedClient ofServiceTest(int port) {
        return new SignedClient(URI.create("http://127.0.0.1:" + port + "/webhooks/whatsapp"), "secret");
    }

    /**
     * Waits for the answer.
     *
     * @throws IOException where there is none
     */
    public HttpResponse<Void> post(byte[] body) throws IOException, InterruptedException {
        return http.send(request(body), BodyHandlers.discarding());
    }

    /** The answer, or an {@link IOException} where there is none. */
    public CompletableFuture<HttpResponse<Void>> begin(byte[] body) {
        return http.sendAsync(request(body), BodyHandlers.discarding());
    }

    private HttpRequest request(byte[] body) {
        return HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("X-Hub-Signature-256", secret.sign(body))
                .timeout(timeout)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }
}
