package dev.ackbox.benchmark;

import dev.ackbox.security.AppSecret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Sends notifications of any size, one at a time, and does not measure them. */
final class LargeClient {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AppSecret secret = new AppSecret(BenchmarkServer.SECRET);
    private final URI url;

    LargeClient(int port) {
        this.url = URI.create("http://127.0.0.1:" + port + Notifications.PATH);
    }

    void send(String notification) throws IOException, InterruptedException {
        byte[] body = notification.getBytes(StandardCharsets.US_ASCII);
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("X-Hub-Signature-256", secret.sign(body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("The answer was " + answer.statusCode());
        }
    }
}
