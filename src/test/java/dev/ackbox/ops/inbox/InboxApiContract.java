package dev.ackbox.ops.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.ackbox.CapturedLog;
import dev.ackbox.inbox.Replays;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The operator API over real HTTP, on any engine. */
@Tag("slow")
abstract class InboxApiContract extends OperatedService {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Other than those of the other tests, which share the service. */
    final String user = USER + NUMBER.incrementAndGet();

    @Test
    void theOverviewCounts() throws Exception {
        send("wamid.overview", user, "fail");
        awaitState(user, "dead");
        JsonNode overview = ok(get(""));
        JsonNode consumer = overview.path("consumers").path(0);
        assertThat(consumer.path("name").stringValue()).isEqualTo("handlers");
        assertThat(consumer.path("paused").booleanValue()).isFalse();
        assertThat(consumer.path("assigned").longValue())
                .isPositive()
                .isEqualTo(consumer.path("completed").longValue()
                        + consumer.path("waiting").longValue()
                        + consumer.path("dead").longValue()
                        + consumer.path("discarded").longValue());
        assertThat(consumer.path("dead").longValue()).isPositive();
        assertThat(overview.path("fields").path("messages").longValue()).isPositive();
        assertThat(overview.path("storage").path("bytes").longValue()).isPositive();
        assertThat(overview.path("storage").path("freeBytes").longValue()).isPositive();
        assertThat(overview.path("warnings").isObject()).isTrue();
    }

    @Test
    void aRecordIsFoundByItsUserMessageAndAccount() throws Exception {
        send("wamid.found" + user, user, "fail");
        send("wamid.other" + user, user, "hello");
        awaitState(user, "dead");
        assertThat(records("/records?user=" + user)).hasSize(2);
        assertThat(records("/records?user=%2B" + user.substring(0, 2) + "%20" + user.substring(2)))
                .as("a number as people write it")
                .hasSize(2);
        JsonNode dead = only("/records?message=wamid.found" + user);
        assertThat(dead.path("state").stringValue()).isEqualTo("dead");
        assertThat(dead.path("failedAttempts").intValue()).isEqualTo(1);
        assertThat(dead.path("lastFailure").stringValue()).isEqualTo("orders: a defect");
        assertThat(dead.path("field").stringValue()).isEqualTo("messages");
        assertThat(dead.path("kind").stringValue()).isEqualTo("messages");
        assertThat(dead.path("endpoint").stringValue()).isEqualTo("default");
        assertThat(dead.path("lane").stringValue()).isEqualTo("changes");
        assertThat(dead.path("account").stringValue()).isEqualTo(ACCOUNT);
        assertThat(dead.path("idempotencyKey").stringValue()).hasSize(40);
        assertThat(dead.path("size").intValue()).isPositive();
        assertThat(only("/records?key=" + dead.path("idempotencyKey").stringValue()))
                .isEqualTo(dead);
        assertThat(only("/records?state=dead&user=" + user)).isEqualTo(dead);
        assertThat(only("/dead?user=" + user)).isEqualTo(dead);
        assertThat(only("/records?user=" + user + "&account=" + ACCOUNT
                        + "&field=messages&endpoint=default&phone-number=106540352242922&consumer=handlers&state=dead"))
                .isEqualTo(dead);
        assertThat(records("/records?user=" + user + "&account=1")).isEmpty();
    }

    @Test
    void recordsAreFoundByTime() throws Exception {
        send("wamid.time" + user, user, "hello");
        assertThat(records("/records?from=2020-01-01&user=" + user)).hasSize(1);
        assertThat(records("/records?to=2020-01-01T00:00:00Z&user=" + user)).isEmpty();
        assertThat(records("/records?from=2020-01-01T01:00:00%2B01:00&to=2199-12-31&user=" + user))
                .hasSize(1);
    }

    @Test
    void pagesFollowTheirCursor() throws Exception {
        for (int i = 0; i < 5; i++) {
            send("wamid.page" + i + user, user, "hello");
        }
        JsonNode first = ok(get("/records?limit=3&user=" + user));
        assertThat(first.path("records").size()).isEqualTo(3);
        JsonNode second = ok(get("/records?limit=3&user=" + user + "&cursor="
                + first.path("next").stringValue()));
        assertThat(second.path("records").size()).isEqualTo(2);
        assertThat(second.has("next")).isTrue();
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void aRecordHasItsStateForEachConsumerAndItsFailures() throws Exception {
        send("wamid.show" + user, user, "fail");
        awaitState(user, "dead");
        long id = id(only("/records?user=" + user));
        JsonNode shown = ok(get("/records/" + id));
        assertThat(shown.path("id").longValue()).isEqualTo(id);
        JsonNode consumer = shown.path("consumers").path(0);
        assertThat(consumer.path("consumer").stringValue()).isEqualTo("handlers");
        assertThat(consumer.path("state").stringValue()).isEqualTo("dead");
        assertThat(consumer.path("failures").path(0).path("number").intValue()).isEqualTo(1);
        assertThat(consumer.path("failures").path(0).path("at").stringValue()).matches("2[-0-9]+T[0-9:.]+Z");
        assertThat(consumer.path("failures").path(0).path("reason").stringValue())
                .isEqualTo("orders: a defect");
    }

    @Test
    void thePayloadIsWhatCame() throws Exception {
        String sent = send("wamid.payload" + user, user, "hello \\u0000 \uD83D\uDE00");
        long id = id(only("/records?user=" + user));
        try (CapturedLog log = auditLog()) {
            assertThat(get("/records/" + id + "/payload").body()).isEqualTo(sent);
            assertThat(audit(log))
                    .singleElement()
                    .asString()
                    .contains("{\"who\":\"ackbox\",\"what\":\"payload\",\"id\":" + id + "}");
        }
    }

    @Test
    void thePayloadIsGivenAsACommandThatSendsIt() throws Exception {
        String sent = send("wamid.curl" + user, user, "it's");
        String command = get("/records/" + id(only("/records?user=" + user)) + "/payload?as=curl")
                .body();
        String printing = command.substring(0, command.indexOf(" | ")) + "\n"
                + command.substring(command.indexOf("binary @-\n") + "binary @-\n".length());
        Process shell = new ProcessBuilder("sh", "-c", printing).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(sent);
        assertThat(command).containsPattern("X-Hub-Signature-256: sha256=[0-9a-f]{64}");
    }

    @Test
    void noAnswerButThePayloadNamesAPerson() throws Exception {
        send("wamid.private" + user, user, "fail: private");
        awaitState(user, "dead");
        String id = String.valueOf(id(only("/records?user=" + user)));
        try (CapturedLog log = auditLog()) {
            String letOut = get("/records?user=" + user).body()
                    + get("/records/" + id).body()
                    + get("/dead?user=" + user).body()
                    + get("").body()
                    + get("/records?state=" + user).body()
                    + get("/records?" + user + "=1").body().replace(user, "")
                    + get("/records?from=" + user).body()
                    + post("/dead/requeue", "{\"dryRun\":true,\"filter\":{\"user\":\"" + user + "\"}}")
                            .body()
                    + String.join(
                            "\n",
                            log.lines().stream().map(CapturedLog.Line::text).toList());
            assertThat(letOut).doesNotContain(user, "wamid.", "private");
        }
    }

    @Test
    void aDeadLetterIsRequeued() throws Exception {
        send("wamid.requeue" + user, user, "fail");
        send("wamid.requeue2" + user, user, "fail");
        awaitDead(user, 2);
        String filter = "{\"filter\":{\"user\":\"" + user + "\",\"field\":\"messages\"}";
        assertThat(post("/dead/requeue", filter + ",\"dryRun\":true}").body())
                .isEqualTo("{\"count\":2,\"dryRun\":true}");
        defect = false;
        try (CapturedLog log = auditLog()) {
            assertThat(post("/dead/requeue", filter + "}").body()).isEqualTo("{\"count\":2,\"dryRun\":false}");
            assertThat(audit(log))
                    .singleElement()
                    .asString()
                    .containsPattern("\\{\"who\":\"ackbox\",\"what\":\"requeue\",\"consumer\":\"handlers\","
                            + "\"filter\":\\{.*\"user\":\"[0-9a-f]{16}\".*},\"dryRun\":false,\"count\":2}")
                    .doesNotContain(user);
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(records("/records?state=completed&user=" + user))
                        .hasSize(2));
        assertThat(only("/records?message=wamid.requeue" + user)
                        .path("lastFailure")
                        .stringValue())
                .isEqualTo("orders: a defect");
    }

    @Test
    void deadLettersAreRequeuedByTheirIds() throws Exception {
        send("wamid.ids" + user, user, "fail");
        send("wamid.ids2" + user, user, "fail");
        awaitDead(user, 2);
        long id = id(only("/records?message=wamid.ids" + user));
        assertThat(ok(post("/dead/requeue", "{\"ids\":[" + id + ",999999999]}"))
                        .path("count")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void aDeadLetterIsDiscardedWithAReason() throws Exception {
        send("wamid.discard" + user, user, "fail");
        awaitDead(user, 1);
        long discardedBefore = handlers.backlog().discarded();
        JsonNode answer =
                ok(post("/dead/discard", "{\"filter\":{\"user\":\"" + user + "\"},\"reason\":\"a test order\"}"));
        assertThat(answer.path("count").intValue()).isEqualTo(1);
        JsonNode record = only("/records?user=" + user);
        assertThat(record.path("state").stringValue()).isEqualTo("discarded");
        assertThat(record.path("discardReason").stringValue()).isEqualTo("a test order");
        assertThat(handlers.backlog().discarded()).isEqualTo(discardedBefore + 1);
    }

    @Test
    void aUserIsErased() throws Exception {
        send("wamid.erase" + user, user, "fail: erase-me");
        send("wamid.erase2" + user, user, "hello");
        awaitDead(user, 1);
        long id = id(only("/dead?user=" + user));
        try (CapturedLog log = auditLog()) {
            JsonNode answer = ok(answer(request("/users/+" + user).DELETE()));
            assertThat(answer.path("count").intValue()).isEqualTo(2);
            assertThat(audit(log))
                    .singleElement()
                    .asString()
                    .containsPattern(
                            "\\{\"who\":\"ackbox\",\"what\":\"erase\",\"count\":2,\"rewritten\":0,\"user\":\"[0-9a-f]{16}\"}")
                    .doesNotContain(user);
        }
        assertThat(records("/records?user=" + user)).isEmpty();
        assertThat(problem(get("/records/" + id + "/payload"), 404)).isNotEmpty();
        JsonNode erased = ok(get("/records/" + id));
        assertThat(erased.has("size")).isFalse();
        assertThat(erased.path("consumers").path(0).path("state").stringValue()).isEqualTo("discarded");
        assertThat(erased.path("consumers").path(0).path("discardReason").stringValue())
                .isEqualTo("erased");
        assertNothingIsLeftOf(user, "erase-me");
        assertThat(ok(answer(request("/users/" + user).DELETE())).path("count").intValue())
                .isZero();
    }

    /** Neither in memory nor in files, once erased. */
    abstract void assertNothingIsLeftOf(String... erased) throws Exception;

    @Test
    void aConsumerIsPausedAndResumed() throws Exception {
        assertThat(ok(post("/consumers/handlers/pause", "")).path("paused").booleanValue())
                .isTrue();
        send("wamid.pause" + user, user, "hello");
        JsonNode overview = ok(get(""));
        assertThat(overview.path("consumers").path(0).path("paused").booleanValue())
                .isTrue();
        assertThat(only("/records?user=" + user).path("state").stringValue()).isEqualTo("waiting");
        assertThat(answer(request("/../health")).body()).contains("\"paused\":[\"handlers\"]");
        assertThat(answer(request("/../prometheus")).body()).contains("ackbox_inbox_paused{consumer=\"handlers\"} 1.0");
        assertThat(ok(post("/consumers/handlers/resume", "")).path("paused").booleanValue())
                .isFalse();
        awaitState(user, "completed");
        assertThat(problem(post("/consumers/nobody/pause", ""), 404)).contains("handlers");
    }

    @Test
    void aReplayBringsRecordsToTheHandlersOnceMore() throws Exception {
        defect = false;
        send("wamid.replay1" + user, user, "hello");
        send("wamid.replay2" + user, user, "hello");
        awaitState(user, "completed");
        String filter = "{\"filter\":{\"user\":\"" + user + "\"},\"handler\":\"orders\",\"rate\":50";
        try (CapturedLog log = auditLog()) {
            assertThat(ok(post("/replays", filter + ",\"dryRun\":true}"))
                            .path("count")
                            .intValue())
                    .isEqualTo(2);
            assertThat(post("/replays", filter + "}").statusCode()).isEqualTo(201);
            assertThat(audit(log))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .contains("\"what\":\"replay\"", "\"handler\":\"orders\",\"rate\":50", "\"count\":2")
                            .doesNotContain(user));
        }
        JsonNode replay = last(ok(get("/replays")).path("replays"));
        String id = replay.path("id").stringValue();
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        ok(get("/replays/" + id)).path("state").stringValue().equals("ended"));
        JsonNode ended = ok(get("/replays/" + id));
        assertThat(ended.path("records").intValue()).isEqualTo(2);
        assertThat(ended.path("completed").intValue()).isEqualTo(2);
        assertThat(ended.path("skipped").intValue()).isZero();
        assertThat(ended.path("rate").intValue()).isEqualTo(50);
        assertThat(ended.path("handler").stringValue()).isEqualTo("orders");
        assertThat(ended.path("selection").path("filter").path("user").stringValue())
                .matches("[0-9a-f]{16}");
        assertThat(replayed).containsOnlyOnce(id + " wamid.replay1" + user, id + " wamid.replay2" + user);
        assertThat(ok(get("")).path("replays").toString()).contains(id);
        assertThat(ok(get("")).path("consumers").size()).isEqualTo(1);
        assertThat(ok(answer(request("/replays/" + id).DELETE())).path("id").stringValue())
                .isEqualTo(id);
        assertThat(problem(get("/replays/" + id), 404)).isNotEmpty();
        assertThat(problem(answer(request("/replays/" + id).DELETE()), 404)).isNotEmpty();
    }

    @Test
    void aReplayHasDeadLettersOfItsOwn() throws Exception {
        defect = false;
        send("wamid.replay" + user, user, "fail");
        awaitState(user, "completed");
        defect = true;
        String id = JSON.readTree(post("/replays", "{\"filter\":{\"user\":\"" + user + "\"}}")
                        .body())
                .path("id")
                .stringValue();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ok(get("/replays/" + id)).path("dead").intValue() == 1);
        assertThat(only("/dead?consumer=" + id + "&user=" + user)
                        .path("lastFailure")
                        .stringValue())
                .isEqualTo("orders: a defect");
        assertThat(ok(get("/records/" + id(only("/records?user=" + user))))
                        .path("consumers")
                        .size())
                .isEqualTo(2);
        defect = false;
        assertThat(ok(post("/dead/requeue", "{\"all\":true,\"filter\":{\"consumer\":\"" + id + "\"}}"))
                        .path("count")
                        .intValue())
                .isEqualTo(1);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ok(get("/replays/" + id)).path("completed").intValue() == 1);
        assertThat(ok(post("/consumers/" + id + "/pause", "")).path("paused").booleanValue())
                .isTrue();
        ok(answer(request("/replays/" + id).DELETE()));
    }

    private static JsonNode last(JsonNode list) {
        return list.path(list.size() - 1);
    }

    @Test
    void noMoreReplaysAreKeptThanThereMayBe() throws Exception {
        send("wamid.many" + user, user, "hello");
        ok(post("/consumers/handlers/pause", ""));
        try {
            int status = 201;
            for (int i = 0; i <= Replays.MOST && status == 201; i++) {
                status = post("/replays", "{\"filter\":{\"user\":\"" + user + "\"}}")
                        .statusCode();
            }
            assertThat(status).isEqualTo(409);
            assertThat(ok(get("/replays")).path("replays").size()).isEqualTo(Replays.MOST);
        } finally {
            for (JsonNode replay : ok(get("/replays")).path("replays")) {
                ok(answer(request("/replays/" + replay.path("id").stringValue()).DELETE()));
            }
            ok(post("/consumers/handlers/resume", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?a=1",
                "/records?usr=1",
                "/records/1?user=1",
                "/records/1/payload?as=wget",
                "/records?limit=0",
                "/records?limit=501",
                "/records?limit=many",
                "/records?cursor=-1",
                "/records?state=lost",
                "/records?consumer=nobody",
                "/records?user=",
                "/records?user=1&user=2",
                "/records?key=12",
                "/records?from=yesterday",
                "/records?from=-999999999-01-01",
                "/records?to=%2B999999999-12-31",
                "/records?to=%2B999999999-12-31T00:00:00Z",
                "/dead?state=dead"
            })
    void whatIsNotKnownIsABadRequest(String path) throws Exception {
        assertThat(problem(get(path), 400)).isNotEmpty();
    }

    @Test
    void anUnknownParameterIsAnsweredWithThoseThatAreKnown() throws Exception {
        assertThat(problem(get("/records?usr=1"), 400))
                .isEqualTo(
                        "'usr' is no parameter of this request. Known are: account, consumer, cursor, endpoint, field,"
                                + " from, group, key, limit, message, phone-number, state, to, user");
        assertThat(problem(post("/dead/requeue", "{\"id\":[1]}"), 400)).contains("all, dryRun, filter, ids");
        assertThat(problem(post("/dead/requeue", "{\"filter\":{\"state\":\"dead\"}}"), 400))
                .contains("account, consumer, endpoint");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/dead/requeue|",
                "/dead/requeue|{}",
                "/dead/requeue|[]",
                "/dead/requeue|{\"filter\":{}}",
                "/dead/requeue|{\"filter\":{\"consumer\":\"handlers\"}}",
                "/dead/requeue|{\"filter\":{\"user\":\"\"}}",
                "/dead/requeue|{\"filter\":{\"user\":1}}",
                "/dead/requeue|{\"filter\":1}",
                "/dead/requeue|{\"ids\":[]}",
                "/dead/requeue|{\"ids\":[\"1\"]}",
                "/dead/requeue|{\"ids\":[0]}",
                "/dead/requeue|{\"ids\":[1.5]}",
                "/dead/requeue|{\"ids\":[1],\"filter\":{\"user\":\"1\"}}",
                "/dead/requeue|{\"ids\":[1],\"all\":true}",
                "/dead/requeue|{\"ids\":[1],\"all\":true,\"filter\":{\"consumer\":\"handlers\"}}",
                "/dead/requeue|{\"filter\":{\"to\":\"+999999999-12-31\"}}",
                "/consumers/handlers/pause|{\"foo\":1}",
                "/consumers/handlers/resume|{\"foo\":1}",
                "/consumers/handlers/pause|[]",
                "/consumers/handlers/pause|x",
                "/backup|{\"directory\":\"/tmp\"}",
                "/dead/requeue|{\"all\":\"true\"}",
                "/dead/requeue|{\"all\":false}",
                "/dead/requeue|{\"all\":true,\"dryRun\":1}",
                "/dead/requeue|{\"all\":true,\"reason\":\"x\"}",
                "/dead/requeue?all=true|{\"all\":true}",
                "/dead/discard|{\"all\":true}",
                "/replays|{}",
                "/replays|{\"filter\":{}}",
                "/replays|{\"filter\":{\"state\":\"dead\"}}",
                "/replays|{\"filter\":{\"consumer\":\"handlers\"}}",
                "/replays|{\"all\":true,\"rate\":0}",
                "/replays|{\"all\":true,\"rate\":10001}",
                "/replays|{\"all\":true,\"rate\":\"10\"}",
                "/replays|{\"all\":true,\"rate\":1.5}",
                "/replays|{\"all\":true,\"handler\":\"nobody\"}",
                "/replays|{\"all\":true,\"reason\":\"x\"}",
                "/replays?all=true|{\"all\":true}",
                "/dead/discard|{\"all\":true,\"reason\":\" \"}"
            })
    void aBodyThatIsNotAsItShouldBeIsRefused(String path, String body) throws Exception {
        assertThat(problem(post(path, body == null ? "" : body), 400)).isNotEmpty();
    }

    @Test
    void allOfAConsumerIsSaidByAll() throws Exception {
        assertThat(ok(post("/dead/requeue", "{\"all\":true,\"filter\":{\"consumer\":\"handlers\"},\"dryRun\":true}"))
                        .path("dryRun")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void aBodyIsNotLargerThanItMayBe() throws Exception {
        assertThat(problem(post("/dead/requeue", " ".repeat((1 << 20) + 1)), 400))
                .contains("1048576");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/records/999999999",
                "/records/x",
                "/records/0/payload",
                "/nothing",
                "/dead/requeue",
                "/replays/x"
            })
    void whatIsNotThereIsNotFound(String path) throws Exception {
        assertThat(problem(get(path), 404)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/records", "/records/1", "/records/1/payload", "/dead", "/replays", "/backup"})
    void onlyTheUserIsAnswered(String path) throws Exception {
        HttpResponse<String> answer = answer(withoutUser(path).GET());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /dead/requeue",
                "POST /dead/discard",
                "POST /replays",
                "DELETE /replays/replay-0123456789ab",
                "POST /consumers/handlers/pause",
                "POST /consumers/handlers/resume",
                "DELETE /users/1",
                "POST /backup",
                "DELETE /../whatsapp/1/alerts/A"
            })
    void nobodyElseWrites(String write) throws Exception {
        String method = write.substring(0, write.indexOf(' '));
        String path = write.substring(method.length() + 1);
        assertThat(answer(withoutUser(path).method(method, BodyPublishers.ofString("{\"all\":true}")))
                        .statusCode())
                .isEqualTo(401);
        for (String site : new String[] {"cross-site", "same-site"}) {
            assertThat(answer(request(path)
                                    .header("Sec-Fetch-Site", site)
                                    .method(method, BodyPublishers.ofString("{\"all\":true}")))
                            .statusCode())
                    .as(site)
                    .isEqualTo(403);
        }
        assertThat(answer(request(path)
                                .header("Origin", "https://example.org")
                                .method(method, BodyPublishers.ofString("{\"all\":true}")))
                        .statusCode())
                .as("a browser without Sec-Fetch-Site")
                .isEqualTo(403);
    }

    @Test
    void thePublicPortKnowsNothingOfIt() throws Exception {
        URI uri = URI.create("http://localhost:" + publicPort + "/actuator/inbox");
        assertThat(answer(HttpRequest.newBuilder(uri)).statusCode()).isEqualTo(404);
    }

    private List<JsonNode> records(String path) throws Exception {
        return StreamSupport.stream(ok(get(path)).path("records").spliterator(), false)
                .toList();
    }

    private JsonNode only(String path) throws Exception {
        List<JsonNode> records = records(path);
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static long id(JsonNode record) {
        return record.path("id").longValue();
    }

    private void awaitState(String user, String state) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(records("/records?state=" + state + "&user=" + user))
                        .isNotEmpty());
    }

    private void awaitDead(String user, int count) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(records("/dead?user=" + user)).hasSize(count));
    }

    /** Closing one turns the levels down. */
    static CapturedLog auditLog() {
        CapturedLog log = new CapturedLog();
        ((Logger) LoggerFactory.getLogger(Audit.LOGGER)).setLevel(Level.INFO);
        return log;
    }

    static List<String> audit(CapturedLog log) {
        return log.lines().stream()
                .filter(line -> line.logger().equals(Audit.LOGGER) && line.level() == Level.INFO)
                .map(CapturedLog.Line::text)
                .toList();
    }
}
