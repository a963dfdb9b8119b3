package dev.ackbox.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a request and reads the answer, both within the time-out of the request. By itself the JDK's client stops looking at the time once
 * the head of the answer is there, so a server that stalls in the body would hold its caller forever.
 */
public final class WholeExchange {

    private WholeExchange() {}

    /**
     * What was answered.
     *
     * @param head status, headers and TLS session
     * @param body its first bytes
     */
    public record Answer(HttpResponse<Void> head, byte[] body) {

        public int status() {
            return head.statusCode();
        }
    }

    /**
     * Sends, and waits for the end of the answer.
     *
     * @param request has a time-out
     * @param mostBytes of the body; the rest is read and dropped
     * @throws HttpTimeoutException where the answer has not ended in time
     * @throws IOException where there is no answer
     */
    public static Answer send(HttpClient client, HttpRequest request, int mostBytes)
            throws IOException, InterruptedException {
        CompletableFuture<Answer> answer = sendAsync(client, request, mostBytes);
        try {
            return answer.get();
        } catch (ExecutionException ex) {
            if (ex.getCause() instanceof TimeoutException) {
                throw new HttpTimeoutException("the answer has not ended in time");
            }
            throw ex.getCause() instanceof IOException io ? io : new IOException(ex.getCause());
        } finally {
            answer.cancel(true); // nothing where it has ended
        }
    }

    /**
     * Sends, and does not wait.
     *
     * @param request has a time-out
     * @param mostBytes of the body; the rest is read and dropped
     * @return fails with a {@link TimeoutException} or an {@link HttpTimeoutException} where the answer has not ended in time; cancelling it ends
     *     the exchange
     */
    public static CompletableFuture<Answer> sendAsync(HttpClient client, HttpRequest request, int mostBytes) {
        Duration timeout = request.timeout().orElseThrow();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(
                request,
                BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(
                        bytes -> body.write(bytes, 0, Math.min(bytes.length, mostBytes - body.size())))));
        CompletableFuture<Answer> answer = exchange.thenApply(head -> new Answer(head, body.toByteArray()))
                .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        var unused = answer.whenComplete((end, failure) -> exchange.cancel(true)); // nothing where it has ended
        return answer;
    }
}
