package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.ServiceTest;
import dev.ackbox.dispatch.DispatchObserver.CallOutcome;
import dev.ackbox.dispatch.DispatchObserver.Screening;
import dev.ackbox.http.Outcome;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxObserver.Result;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.watch.WatchMeter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** What Prometheus reads, with each of Ackbox's meters in it. */
@ServiceTest("ackbox.management.password=" + ManagementPortTests.PASSWORD)
class MetricNamesTests {

    @LocalManagementPort
    private int port;

    @Autowired
    private RequestMeters requests;

    @Autowired
    private IntakeMeters intake;

    @Autowired
    private DispatchMeters dispatch;

    @Autowired
    private WhatsAppMeters whatsApp;

    @BeforeEach
    void countEach() throws Exception {
        requests.answered("default", Outcome.STORED, Duration.ofMillis(1));
        requests.authenticated("default", "current");
        requests.diagnosed("default", "unknown");
        requests.mismatched("default", "address", "not_allowed", true);
        intake.stored(new NewRecord(
                IdempotencyKey.of(1, new byte[20]),
                "default",
                "messages",
                Lane.CHANGES,
                "conversation",
                null,
                "106540352242922",
                List.of(),
                Instant.EPOCH,
                new byte[0]));
        intake.duplicate("messages");
        intake.delay("messages", Duration.ofSeconds(1));
        dispatch.screened("default", Screening.SKIPPED);
        dispatch.called("messages", "tickets", CallOutcome.COMPLETED, Duration.ofMillis(1));
        dispatch.finished("handlers", "messages", Result.COMPLETED, Duration.ofMillis(1));
        dispatch.overtaken("handlers", 1);
        WatchMeter.all()
                .forEach(meter -> whatsApp.counted(
                        meter, meter.labels().stream().map(label -> "none").toList()));
        whatsApp.historyProgress("1", 50);
        get("/actuator/env", ManagementPortTests.basic("ackbox", "wrong"));
    }

    /** The rules of Prometheus for names, units and help. */
    @Test
    void promtoolHasNoComplaint() throws Exception {
        assertThat(Promtool.run("check", "metrics", scrape()).lines().filter(line -> line.startsWith("ackbox_")))
                .isEmpty();
    }

    /** Otherwise the above would say nothing. */
    @Test
    void promtoolComplainsOfAnotherName() throws Exception {
        assertThat(Promtool.run(
                        "check", "metrics", "# TYPE ackbox_delay_milliseconds gauge\nackbox_delay_milliseconds 1\n"))
                .contains("ackbox_delay_milliseconds no help text", "use base unit \"seconds\"");
    }

    /** An alert on an increase would miss the first event of a counter that comes with it. */
    @Test
    void eachOutcomeOfAnEndpointIsThereFromTheFirstRequest() throws Exception {
        assertThat(scrape())
                .contains("ackbox_webhook_requests_seconds_count{endpoint=\"default\",outcome=\"unavailable\"} 0")
                .contains("ackbox_records_settled_total{consumer=\"handlers\",field=\"messages\",outcome=\"dead\"} 0.0")
                .contains("ackbox_connections_rejected_total 0.0");
    }

    private String scrape() throws Exception {
        return get("/actuator/prometheus", "");
    }

    private String get(String path, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }
}
