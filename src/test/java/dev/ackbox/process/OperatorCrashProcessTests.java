package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.SignedClient;
import dev.ackbox.process.Notification.Item;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kills {@link ConsumersApplication} while an operator replays, requeues, erases users and makes a backup, starts it again, and so on. At
 * the end nothing is lost, and who was erased is erased. {@code -Dcrash.cycles=200} kills more often.
 */
class OperatorCrashProcessTests {

    private static final int CYCLES = Integer.getInteger("crash.cycles", 5);
    private static final int USERS_PER_CYCLE = 30;
    private static final int LONGEST_UNTIL_KILL_MILLIS = 700;
    private static final String PASSWORD = "correct-horse-battery";
    private static final JsonMapper JSON = new JsonMapper();

    private final Random random = new Random();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> users = new ArrayList<>();
    private final Set<String> erased = new HashSet<>();

    /** Whose erasure was asked for and not answered: a kill came first. */
    private final Set<String> perhapsErased = new HashSet<>();

    @Test
    void nothingIsLostAndWhoWasErasedIsErased(@TempDir Path directory) throws Exception {
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            try (AckboxProcess ackbox = start(directory)) {
                receive(ackbox, cycle);
                Thread killer = new Thread(() -> {
                    sleep(random.nextInt(LONGEST_UNTIL_KILL_MILLIS));
                    ackbox.kill();
                });
                killer.start();
                operate(ackbox);
                killer.join();
            }
        }
        try (AckboxProcess ackbox = start(directory)) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                JsonNode inbox = ok(ackbox, "GET", "", "");
                inbox.path("replays")
                        .forEach(replay ->
                                assertThat(replay.path("state").stringValue()).isEqualTo("ended"));
                inbox.path("consumers")
                        .forEach(consumer ->
                                assertThat(consumer.path("waiting").longValue()).isZero());
                assertThat(inbox.path("storage").path("sweeping").booleanValue())
                        .isFalse();
            });
            JsonNode inbox = ok(ackbox, "GET", "", "");
            for (JsonNode consumer : inbox.path("consumers")) {
                assertThat(consumer.path("assigned").longValue()).isEqualTo(users.size());
                assertThat(consumer.path("completed").longValue()
                                + consumer.path("dead").longValue()
                                + consumer.path("discarded").longValue())
                        .isEqualTo(users.size());
            }
            for (String user : users) {
                int found = ok(ackbox, "GET", "/records?user=" + user, "")
                        .path("records")
                        .size();
                if (erased.contains(user)) {
                    assertThat(found).as("records of an erased user").isZero();
                } else if (!perhapsErased.contains(user)) {
                    assertThat(found).as("records of a user").isEqualTo(1);
                }
            }
            ackbox.requestStop();
            ackbox.awaitExit(Duration.ofSeconds(60));
        }
        String files = content(AckboxProcess.dataIn(directory));
        assertThat(erased).isNotEmpty();
        assertThat(erased).noneMatch(user -> files.contains("canary-of-" + user));
        assertThat(users).anyMatch(user -> files.contains("canary-of-" + user));
        System.out.printf(
                "Operator crash test: %d records, %d users erased, %d perhaps, %d cycles%n",
                users.size(), erased.size(), perhapsErased.size(), CYCLES);
    }

    private static AckboxProcess start(Path directory) {
        return AckboxProcess.in(directory)
                .running(ConsumersApplication.class)
                .with("LOGGING_LEVEL_DEV_ACKBOX_WATCH", "warn")
                .with("ACKBOX_MANAGEMENT_PASSWORD", PASSWORD)
                .with("ACKBOX_BACKUP_DIR", directory.resolve("backups").toString())
                .with("ACKBOX_DISPATCH_RETRY_INITIAL_DELAY", "50ms")
                .start()
                .awaitReady();
    }

    private void receive(AckboxProcess ackbox, int cycle) throws Exception {
        SignedClient client = new SignedClient(ackbox.url(), AckboxProcess.APP_SECRET);
        for (int i = 0; i < USERS_PER_CYCLE; i++) {
            String user = "49155" + (10_000 + cycle * USERS_PER_CYCLE + i);
            client.post(Notification.of(List.of(Item.message("wamid." + user, user, "canary-of-" + user)))
                    .body());
            users.add(user);
        }
    }

    /** Until the process is killed. */
    private void operate(AckboxProcess ackbox) throws InterruptedException {
        String asked = "";
        try {
            send(ackbox, "POST", "/replays", "{\"all\":true,\"rate\":10000}");
            send(ackbox, "POST", "/backup", "");
            while (true) {
                send(ackbox, "POST", "/dead/requeue", "{\"all\":true}");
                asked = users.get(random.nextInt(users.size()));
                if (send(ackbox, "DELETE", "/users/" + asked, "").statusCode() == 200) {
                    erased.add(asked);
                }
            }
        } catch (IOException ex) {
            perhapsErased.add(asked);
        }
    }

    private JsonNode ok(AckboxProcess ackbox, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = send(ackbox, method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(AckboxProcess ackbox, String method, String path, String body)
            throws IOException, InterruptedException {
        String user = Base64.getEncoder().encodeToString(("ackbox:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return http.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + ackbox.managementPort() + "/actuator/inbox" + path))
                        .header("Authorization", "Basic " + user)
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String content(Path directory) throws IOException {
        StringBuilder content = new StringBuilder();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                content.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return content.toString();
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
