package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.Payloads;
import dev.ackbox.SampleChanges;
import dev.ackbox.ServiceTest;
import dev.ackbox.SignedClient;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.model.templates.TemplateStatusValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From the socket to the handler of each type, and on to what an operator is shown. */
@ServiceTest("ackbox.management.password=a-long-password")
@Import(HandlerOfEachType.class)
@Timeout(120)
class EveryFieldTests {

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @Autowired
    private Consumer handlers;

    private SignedClient webhook;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Those that were sent before are duplicates. */
    @BeforeEach
    void sendEveryBody() throws Exception {
        webhook = SignedClient.ofServiceTest(port);
        for (String body : Payloads.all()) {
            send(Payloads.read(body));
        }
        awaitHandled();
    }

    @Test
    void theHandlerOfEachTypeReceivesWhatWasSent() {
        assertThat(HandlerOfEachType.types()).hasSizeGreaterThan(30).allSatisfy(type -> {
            assertThat(HandlerOfEachType.receivedBy(type))
                    .as(type.getSimpleName())
                    .isNotEmpty()
                    .allSatisfy(kept -> assertThat(kept.value()).isExactlyInstanceOf(type));
        });
        assertThat(handlers.backlog().dead()).isZero();
        assertThat(HandlerOfEachType.receivedBy(TemplateStatusValue.class))
                .extracting(HandlerOfEachType.Kept::json)
                .contains(valueOf("message_template_status_update/full_rejected"));
    }

    @Test
    void metersTellWhatWasSent() throws Exception {
        String meters = get("/actuator/prometheus").body();
        assertThat(meters)
                .contains("ackbox_whatsapp_messages_total{type=\"text\"}")
                .contains("ackbox_whatsapp_statuses_total{code=\"131049\",status=\"failed\"}")
                .contains("ackbox_whatsapp_templates_total{event=\"rejected\",reason=\"invalid_format\"}")
                .contains(
                        "ackbox_whatsapp_calls_total{code=\"138020\",direction=\"business_initiated\",event=\"terminate\","
                                + "outcome=\"failed\"}")
                .contains("ackbox_whatsapp_history_progress_percent{phone_number_id=\"318840776125093\"} 100.0")
                .contains("ackbox_payload_unknown_total{field=\"messages\",kind=\"type\"}");
        assertNothingPersonal(meters);
    }

    @Test
    void theDriftReportNamesWhatTheModelDoesNotKnow() throws Exception {
        JsonNode report = json("/actuator/drift");
        assertThat(report.path("since").asString()).isNotEmpty();
        assertThat(report.path("findings")
                        .valueStream()
                        .map(finding -> finding.path("field").asString() + " "
                                + finding.path("kind").asString() + " "
                                + finding.path("path").asString() + " "
                                + finding.path("example").asString()))
                .contains(
                        "messages type value.messages[].type hologram",
                        "other field  galaxy_alignment_update",
                        "other object  page");
        assertNothingPersonal(report.toString());
    }

    @Test
    void theStateOfEachAccountIsShown() throws Exception {
        JsonNode account = account();
        assertThat(account.path("review").path("decision").asString()).isEqualTo("APPROVED");
        assertThat(account.path("restrictions").size()).isPositive();
        assertThat(account.path("alerts").size()).isPositive();
        JsonNode number = account.path("phoneNumbers").path(0);
        assertThat(number.path("name").path("name").asString()).isEqualTo("Corner Market");
        assertThat(number.path("limit").path("current").asString()).isNotEmpty();
        JsonNode template = template(account);
        assertThat(template.path("quality").path("score").asString()).isNotEmpty();
    }

    @Test
    void aLateOlderNotificationDoesNotOverwriteANewerOne() throws Exception {
        send(templateStatus(1_795_000_000, "PAUSED"));
        awaitHandled();
        send(templateStatus(1_794_999_999, "APPROVED"));
        awaitHandled();
        assertThat(template(account()).path("status").path("event").asString()).isEqualTo("PAUSED");
        send(templateStatus(1_795_000_001, "REINSTATED"));
        awaitHandled();
        assertThat(template(account()).path("status").path("event").asString()).isEqualTo("REINSTATED");
    }

    private JsonNode account() throws Exception {
        return json("/actuator/whatsapp")
                .path("accounts")
                .valueStream()
                .filter(account -> account.path("id").asString().equals("211504987306412"))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode template(JsonNode account) {
        return account.path("templates")
                .valueStream()
                .filter(template -> template.path("id").asString().equals("1488200337719054"))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] templateStatus(long time, String event) {
        ObjectNode notification =
                (ObjectNode) SampleChanges.JSON.readTree(Payloads.read("message_template_status_update/minimal"));
        ObjectNode entry = (ObjectNode) notification.path("entry").path(0);
        entry.put("time", time);
        ((ObjectNode) entry.path("changes").path(0).path("value")).put("event", event);
        return SampleChanges.JSON.writeValueAsBytes(notification);
    }

    private static JsonNode valueOf(String body) {
        return SampleChanges.JSON
                .readTree(Payloads.read(body))
                .path("entry")
                .path(0)
                .path("changes")
                .path(0)
                .path("value");
    }

    private static void assertNothingPersonal(String shown) {
        assertThat(shown)
                .doesNotContain("Nadia")
                .doesNotContain("12065550177")
                .doesNotContain("wamid.")
                .doesNotContain("4170923358816620457");
    }

    private void send(byte[] body) throws IOException, InterruptedException {
        assertThat(webhook.post(body).statusCode()).isEqualTo(200);
    }

    private void awaitHandled() {
        await().until(() -> handlers.backlog().waiting() == 0);
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return SampleChanges.JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        String user = Base64.getEncoder().encodeToString("ackbox:a-long-password".getBytes(StandardCharsets.UTF_8));
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + path))
                        .header("Authorization", "Basic " + user)
                        .build(),
                BodyHandlers.ofString());
    }
}
