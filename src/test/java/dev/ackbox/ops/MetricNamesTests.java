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
import dev.ackbox.model.json.UnknownPart;
import dev.ackbox.model.json.UnknownPart.Kind;
import dev.ackbox.watch.WatchMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private MeterRegistry registry;

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
                null,
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
        dispatch.disowned("handlers", 1);
        dispatch.unknown("messages", new UnknownPart(Kind.PROPERTY, "value.new", "text"));
        WatchMeter.all()
                .forEach(meter -> whatsApp.counted(
                        meter, meter.labels().stream().map(label -> "none").toList()));
        whatsApp.historyProgress("1", 50);
        get("/actuator/env", ManagementPortTests.basic("ackbox", "wrong"));
    }

    /** The rules of Prometheus for names, units and help. */
    @Test
    void promtoolHasNoComplaint() throws Exception {
        assertThat(Promtool.run(scrape(), "check", "metrics").lines().filter(line -> line.startsWith("ackbox_")))
                .isEmpty();
    }

    /** Otherwise the above would say nothing. */
    @Test
    void promtoolComplainsOfAnotherName() throws Exception {
        assertThat(Promtool.run(
                        "# TYPE ackbox_delay_milliseconds gauge\nackbox_delay_milliseconds 1\n", "check", "metrics"))
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

    /** An alert on a name that is not there never fires. */
    @Test
    void theAlertsOfTheGuideAreOnMetricsThatAreThere() throws Exception {
        String scraped = scrape();
        assertThat(names("src/docs/operations.md", "\\bexpr:|\\+ sum|/ sum|increase\\(|`ackbox_"))
                .hasSizeGreaterThan(12)
                .allSatisfy(name -> assertThat(scraped).containsPattern("(?m)^" + name + "[ {]"));
        assertThat(names("README.md", "`ackbox_"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(scraped).containsPattern("(?m)^" + name + "[ {]"));
    }

    /** Names of metrics in the lines of a page that contain a pattern. */
    private static Set<String> names(String page, String lines) throws IOException {
        return Files.readAllLines(Path.of(page)).stream()
                .filter(Pattern.compile(lines).asPredicate())
                .flatMap(line -> Pattern.compile("\\backbox_(?!verify)[a-z_]+\\b")
                        .matcher(line)
                        .results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /** The table has each of them, and no other. */
    @Test
    void theReferenceNamesEachMeter() throws IOException {
        Set<String> documented = Pattern.compile("`(ackbox\\.[a-z.]+[a-z])`")
                .matcher(Files.readAllLines(Path.of("src/docs/reference/metrics.md")).stream()
                        .filter(line -> line.startsWith("| `") || line.startsWith("`ackbox."))
                        .collect(Collectors.joining("\n")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        Set<String> there = registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .filter(name -> name.startsWith("ackbox."))
                .collect(Collectors.toSet());
        // Is there only with a file of Meta's addresses, which this service does not have.
        there.add("ackbox.addresses.age");
        assertThat(documented).containsExactlyInAnyOrderElementsOf(there);
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
