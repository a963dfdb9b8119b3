package dev.ackbox.ops.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.handler.Handler;
import dev.ackbox.handler.PermanentFailureException;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.model.messages.Content;
import dev.ackbox.security.AppSecret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service, on SQLite unless a test says otherwise, that takes real notifications, with a handler that fails where a text says so, and its management port. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "ackbox.warm-up=0s",
            "ackbox.management.password=" + OperatedService.PASSWORD,
            "ackbox.endpoints.default.verify-tokens=the-token",
            "ackbox.endpoints.default.app-secrets=" + OperatedService.SECRET
        })
@Import(OperatedService.Handlers.class)
@DirtiesContext
@Timeout(60)
abstract class OperatedService {

    static final String PASSWORD = "correct-horse-battery";
    static final String SECRET = "the-secret";
    static final String USER = "491701234567";
    static final String ACCOUNT = "211504987306412";

    /** As an earlier process has left it. */
    static final String UNFINISHED_BACKUP = "inbox-20261128T000000.000Z.db.part";

    static final JsonMapper JSON = new JsonMapper();

    /** While it is set, texts that begin with "fail" become dead letters. */
    static volatile boolean defect;

    /** Replay and message of each call that a replay has made. */
    static final Queue<String> replayed = new ConcurrentLinkedQueue<>();

    @TempDir
    static Path directory;

    @LocalServerPort
    int publicPort;

    @LocalManagementPort
    int managementPort;

    @Autowired
    Consumer handlers;

    private final HttpClient client = HttpClient.newHttpClient();

    /** Not annotated, so that no other test scans it. */
    static class Handlers {

        @Bean
        Handler<Content.Text> other() {
            return (text, context) -> {};
        }

        @Bean
        Handler<Content.Text> orders() {
            return (text, context) -> {
                if (context.replay() != null) {
                    replayed.add(context.replay() + " " + context.messageId());
                }
                if (defect && String.valueOf(text.body()).startsWith("fail")) {
                    throw new PermanentFailureException("a defect");
                }
            };
        }
    }

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry registry) throws IOException {
        Files.createDirectories(directory.resolve("backups"));
        Files.createFile(directory.resolve("backups").resolve(UNFINISHED_BACKUP));
        registry.add("ackbox.inbox.sqlite.directory", () -> directory.resolve("data"));
        registry.add(
                "ackbox.inbox.backup-directory",
                () -> directory.resolve("backups").toString());
    }

    @BeforeEach
    void breakTheHandler() {
        defect = true;
    }

    /** Sends a text from a user, as Meta does. */
    final String send(String wamid, String user, String text) throws Exception {
        String body = """
                {"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"field":"messages","value":\
                {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},\
                "messages":[{"from":"%s","id":"%s","timestamp":"1794817947","type":"text","text":{"body":"%s"}}]}}]}]}""".formatted(ACCOUNT, user, wamid, text);
        sendBody(body);
        return body;
    }

    final void sendBody(String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + publicPort + "/webhooks/whatsapp"))
                .header("X-Hub-Signature-256", new AppSecret(SECRET).sign(bytes))
                .POST(BodyPublishers.ofByteArray(bytes))
                .build();
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }

    /** Asks as the management user. */
    final HttpResponse<String> get(String path) throws Exception {
        return answer(request(path).GET());
    }

    final HttpResponse<String> post(String path, String body) throws Exception {
        return answer(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    final CompletableFuture<HttpResponse<String>> postAtOnce(String path) {
        return client.sendAsync(request(path).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    final HttpRequest.Builder request(String path) {
        String user = Base64.getEncoder().encodeToString(("ackbox:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return withoutUser(path).header("Authorization", "Basic " + user);
    }

    final HttpRequest.Builder withoutUser(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/actuator/inbox" + path)
                .normalize());
    }

    final HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** An answer's body, where the request was taken. */
    static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** What is wrong with a request. */
    static String problem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        return problem.path("detail").asString("");
    }
}
