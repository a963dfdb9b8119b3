package dev.ackbox.ops.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.CapturedLog;
import dev.ackbox.inbox.Archive;
import dev.ackbox.inbox.Erased;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxProperties;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.Replays;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.ServletRequestPathUtils;
import tools.jackson.databind.JsonNode;

/** On SQLite, which has files and backups. */
class InboxApiTests extends InboxApiContract {

    @Autowired
    private InboxProperties settings;

    @Autowired
    private Archive archive;

    @Autowired
    private Replays replays;

    @Override
    void assertNothingIsLeftOf(String... erased) throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Boolean.FALSE.equals(archive.storageUse().sweeping()));
        assertThat(ok(get("")).at("/storage/sweeping").asString("")).isEqualTo("false");
        assertThat(DatabaseFiles.content(directory.resolve("data"))).doesNotContain(erased);
    }

    @Test
    void aWriteThatFailsHalfWayIsInTheAudit() throws Exception {
        Archive failing = (Archive) Proxy.newProxyInstance(
                Archive.class.getClassLoader(), new Class<?>[] {Archive.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("requeue")) {
                        ((IntConsumer) arguments[1]).accept(200);
                    }
                    if (method.getName().equals("erase")) {
                        @SuppressWarnings("unchecked") // the method says so
                        Consumer<Erased> soFar = (Consumer<Erased>) arguments[1];
                        soFar.accept(new Erased(50, 0));
                        soFar.accept(new Erased(100, 4));
                    }
                    if (List.of("requeue", "erase", "backup").contains(method.getName())) {
                        throw new InboxUnavailableException("The disk is full");
                    }
                    return method.invoke(archive, arguments);
                });
        RouterFunction<ServerResponse> api =
                new InboxApi(withFailing(handlers), failing, replays, new Audit()).routes("/inbox");
        RouterFunction<ServerResponse> backups = new BackupApi(failing, new Audit(), settings).routes("/inbox");
        try (CapturedLog log = auditLog()) {
            assertThat(status(api, "POST", "/inbox/dead/requeue", "{\"all\":true}"))
                    .isEqualTo(503);
            assertThat(status(api, "DELETE", "/inbox/users/" + user, "")).isEqualTo(503);
            assertThat(status(api, "POST", "/inbox/consumers/handlers/pause", ""))
                    .isEqualTo(503);
            assertThat(status(api, "POST", "/inbox/consumers/handlers/resume", ""))
                    .isEqualTo(503);
            assertThat(status(backups, "POST", "/inbox/backup", "")).isEqualTo(503);
            assertThat(audit(log)).hasSize(5);
            assertThat(audit(log).get(0))
                    .contains("\"what\":\"requeue\"", "\"dryRun\":false,\"count\":200,\"failed\":true}");
            assertThat(audit(log).get(1))
                    .contains("\"what\":\"erase\",\"count\":100,\"failed\":true,\"rewritten\":4,\"user\":");
            assertThat(audit(log).get(2))
                    .contains("{\"who\":\"unknown\",\"what\":\"pause\",\"consumer\":\"handlers\",\"failed\":true}");
            assertThat(audit(log).get(3))
                    .contains("{\"who\":\"unknown\",\"what\":\"resume\",\"consumer\":\"handlers\",\"failed\":true}");
            assertThat(audit(log).get(4)).contains("{\"who\":\"unknown\",\"what\":\"backup\",\"failed\":true}");
        }
    }

    /** An inbox with one consumer, which cannot be paused or resumed. */
    private static Inbox withFailing(dev.ackbox.inbox.Consumer consumer) {
        Object failing = Proxy.newProxyInstance(
                Inbox.class.getClassLoader(),
                new Class<?>[] {dev.ackbox.inbox.Consumer.class},
                (proxy, method, arguments) -> {
                    if (List.of("pause", "resume").contains(method.getName())) {
                        throw new InboxUnavailableException("The disk is full");
                    }
                    return method.invoke(consumer, arguments);
                });
        return (Inbox) Proxy.newProxyInstance(
                Inbox.class.getClassLoader(), new Class<?>[] {Inbox.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("consumers");
                    return List.of(failing);
                });
    }

    private static int status(RouterFunction<ServerResponse> api, String method, String path, String body)
            throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        ServletRequestPathUtils.parseAndCache(request);
        ServerRequest asked = ServerRequest.create(request, List.of());
        return api.route(asked).orElseThrow().handle(asked).statusCode().value();
    }

    @Test
    void anUnfinishedBackupIsDeletedAtTheStart() {
        assertThat(directory.resolve("backups").resolve(UNFINISHED_BACKUP)).doesNotExist();
    }

    @Test
    void aBackupIsMadeWhileTheServiceRuns() throws Exception {
        send("wamid.backup" + user, user, "hello");
        try (CapturedLog log = auditLog()) {
            HttpResponse<String> answer = post("/backup", "");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            assertThat(answer.body()).contains("\"state\":\"running\"");
            assertThat(audit(log)).singleElement().asString().contains("\"what\":\"backup\"");
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ok(get("/backup")).path("state").stringValue().equals("completed"));
        JsonNode backup = ok(get("/backup"));
        Path file = directory.resolve("backups").resolve(backup.path("file").stringValue());
        assertThat(backup.path("bytes").longValue()).isEqualTo(Files.size(file)).isPositive();
        assertThat(DatabaseFiles.content(directory.resolve("backups"))).contains("wamid.backup" + user);
    }

    @Test
    void aBackupIsRefusedWhileAnotherRuns() throws Exception {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            List<HttpResponse<String>> answers = Stream.generate(() -> postAtOnce("/backup")).limit(4).toList().stream()
                    .map(CompletableFuture::join)
                    .toList();
            return answers.stream()
                    .filter(answer -> answer.statusCode() != 202)
                    .map(answer -> problem(answer, 409))
                    .toList()
                    .contains("A backup is running");
        });
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ok(get("/backup")).path("state").stringValue().equals("completed"));
    }
}
