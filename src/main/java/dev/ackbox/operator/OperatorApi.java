package dev.ackbox.operator;

import dev.ackbox.command.Handshake;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the operator API of a running Ackbox. */
final class OperatorApi {

    /** Whoever asks for a token has it in the environment, where other processes do not see it. */
    static final String TOKEN = "ACKBOX_MANAGEMENT_TOKEN";

    private static final String PATH = "/actuator/inbox";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Erasing or requeueing many takes its time. */
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private static final JsonMapper JSON = new JsonMapper();

    private final URI url;
    private final String authorization;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    /** @param url of the management port */
    OperatorApi(URI url, String authorization) {
        this.url = url;
        this.authorization = authorization;
    }

    /** The value of the header for a token or, where there is none, a password. */
    static String authorization(String token, String password) {
        return token.isBlank()
                ? "Basic " + Base64.getEncoder().encodeToString(("ackbox:" + password).getBytes(StandardCharsets.UTF_8))
                : "Bearer " + token.strip();
    }

    /** Something cannot be done. */
    static final class ApiException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;

        /** @param status 0 where nothing was answered */
        ApiException(int status, String message) {
            super(message);
            this.status = status;
        }

        /** Whether the request was wrong. */
        boolean isUsage() {
            return status == 400;
        }
    }

    JsonNode get(String path) throws InterruptedException {
        return json(request("GET", path, null));
    }

    byte[] bytes(String path) throws InterruptedException {
        return request("GET", path, null);
    }

    JsonNode post(String path, Map<String, ?> body) throws InterruptedException {
        return json(request("POST", path, body.isEmpty() ? "" : JSON.writeValueAsString(body)));
    }

    JsonNode delete(String path) throws InterruptedException {
        return json(request("DELETE", path, null));
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException ex) {
            throw new ApiException(0, "The answer is not that of Ackbox. Is --url its management port?");
        }
    }

    private byte[] request(String method, String path, @Nullable String body) throws InterruptedException {
        URI uri = URI.create(url.toString().replaceFirst("/+$", "") + PATH + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() < 300) {
                return answer.body();
            }
            throw new ApiException(answer.statusCode(), problem(answer));
        } catch (IOException ex) {
            throw new ApiException(0, url + ": " + Handshake.problem(ex));
        }
    }

    private static String problem(HttpResponse<byte[]> answer) {
        if (answer.statusCode() == 401) {
            return "Ackbox does not know this user. Set ACKBOX_MANAGEMENT_PASSWORD or " + TOKEN;
        }
        try {
            String detail = JSON.readTree(answer.body()).path("detail").asString("");
            if (!detail.isEmpty()) {
                return detail;
            }
        } catch (JacksonException ex) {
            // Something else than Ackbox has answered.
        }
        return "Answered " + answer.statusCode() + ". Is --url the management port, and has it a user?";
    }
}
