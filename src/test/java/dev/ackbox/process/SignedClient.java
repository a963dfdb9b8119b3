package dev.ackbox.process;

import dev.ackbox.security.AppSecret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Posts notifications as the platform does, signed. Safe for use by several threads. */
final class SignedClient {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final AppSecret secret = new AppSecret(AckboxProcess.APP_SECRET);
    private final URI url;

    SignedClient(URI url) {
        this.url = url;
    }

    /**
     * Waits for the answer.
     *
     * @throws IOException where there is none
     */
    HttpResponse<Void> post(byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("X-Hub-Signature-256", secret.sign(body))
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, BodyHandlers.discarding());
    }
}
