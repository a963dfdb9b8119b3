package dev.ackbox.simulate;

import dev.ackbox.command.WholeExchange;
import dev.ackbox.security.AppSecret;
import dev.ackbox.security.SignatureScheme;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The URL that receives notifications, and the secret that signs what is sent there. */
final class Webhook {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** About as long as Meta waits (documented: Calling FAQ). */
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    private final URI url;
    private final AppSecret secret;
    private final HttpClient client;
    private final Duration answerTimeout;

    Webhook(URI url, AppSecret secret, HttpClient.Builder client) {
        this(url, secret, client, ANSWER_TIMEOUT);
    }

    /** @param answerTimeout how long an answer may take until its end */
    Webhook(URI url, AppSecret secret, HttpClient.Builder client, Duration answerTimeout) {
        this.answerTimeout = answerTimeout;
        this.url = url;
        this.secret = secret;
        this.client = client.version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    HttpClient client() {
        return client;
    }

    /** Sends a notification. The future never fails. */
    CompletableFuture<Answer> post(byte[] notification) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(answerTimeout)
                .header("Content-Type", "application/json")
                .header("User-Agent", "ackbox-simulate")
                .header(SignatureScheme.META.header(), secret.sign(notification))
                .POST(BodyPublishers.ofByteArray(notification))
                .build();
        return WholeExchange.sendAsync(client, request, 0)
                .handle((answer, failure) -> answer(answer == null ? null : answer.status(), failure));
    }

    private static Answer answer(@Nullable Integer status, @Nullable Throwable failure) {
        if (status != null) {
            return new Answer.Status(status);
        }
        return new Answer.None(failure == null ? Failure.CONNECTION_LOST : Failure.of(failure));
    }
}
