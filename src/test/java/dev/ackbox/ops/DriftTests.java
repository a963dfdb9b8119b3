package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.model.json.ChangeReader;
import dev.ackbox.model.json.UnknownPart;
import dev.ackbox.model.json.UnknownPart.Kind;
import dev.ackbox.test.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class DriftTests {

    private static final UnknownPart WORD = new UnknownPart(Kind.WORD, "value.event", "MELTED");
    private static final UnknownPart PROPERTY = new UnknownPart(Kind.PROPERTY, "value.colour", "string");

    private final MovableClock clock = new MovableClock();
    private final Drift drift = new Drift(List.of("value.weather.*"), clock);

    @Test
    void aReportIsEmptyAtFirst() {
        assertThat(drift.report()).isEqualTo(new Drift.Report(clock.instant(), List.of(), 0));
    }

    @Test
    void onlyTheFirstSightingIsNews() {
        assertThat(drift.met("flows", WORD)).isTrue();
        assertThat(drift.met("flows", WORD)).isFalse();
        assertThat(drift.met("calls", WORD)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "value.messages[].internal_1p_only_data",
                "value.statuses[].internal_1p_only_data",
                "value.user_actions[].video_view_data",
                "value.weather.colour"
            })
    void whatIsAcceptedIsNoNews(String path) {
        assertThat(drift.met("messages", new UnknownPart(Kind.PROPERTY, path, "object")))
                .isFalse();
        assertThat(drift.report().findings()).isEmpty();
        assertThat(drift.met("messages", new UnknownPart(Kind.MISFIT, path, "object")))
                .isTrue();
    }

    @Test
    void timesAreThoseOfTheClock() {
        clock.advance(Duration.ofHours(1));
        Instant first = clock.instant();
        drift.met("flows", WORD);
        clock.advance(Duration.ofMinutes(3));
        drift.met("flows", WORD);
        assertThat(drift.report().since()).isEqualTo(first.minus(Duration.ofHours(1)));
        assertThat(drift.report().findings())
                .containsExactly(new Drift.Finding(
                        "flows", "word", "value.event", "MELTED", 2, first, first.plus(Duration.ofMinutes(3))));
    }

    @Test
    void theLastTimeDoesNotGoBack() {
        Instant now = clock.instant();
        drift.met("flows", WORD);
        clock.advance(Duration.ofSeconds(-5));
        drift.met("flows", WORD);
        assertThat(drift.report().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.count()).isEqualTo(2);
            assertThat(finding.last()).isEqualTo(now);
        });
    }

    @Test
    void whatOccursMostComesFirstAndTheRestInAStableOrder() {
        drift.met("messages", PROPERTY);
        drift.met("calls", PROPERTY);
        drift.met("calls", new UnknownPart(Kind.TYPE, "value.colour", "string"));
        drift.met("security", WORD);
        drift.met("security", WORD);
        assertThat(drift.report().findings())
                .extracting(finding -> finding.field() + " " + finding.kind())
                .containsExactly("security word", "calls property", "calls type", "messages property");
    }

    @Test
    void whatThereIsNoRoomForIsCountedTogether() {
        for (int i = 0; i < Drift.MOST_FINDINGS + 5; i++) {
            drift.met("flows", new UnknownPart(Kind.WORD, "value.event", "WORD_" + i));
        }
        drift.met("flows", new UnknownPart(Kind.WORD, "value.event", "WORD_0"));
        assertThat(drift.report().findings()).hasSize(Drift.MOST_FINDINGS);
        assertThat(drift.report().findings().get(0).count()).isEqualTo(2);
        assertThat(drift.report().beyond()).isEqualTo(5);
    }

    @Test
    @Timeout(60)
    void nothingIsLostAndTheBoundHoldsWhereManyMeetTheSame() throws Exception {
        int threads = 8;
        int words = Drift.MOST_FINDINGS + 100;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                runs.add(executor.submit(() -> {
                    start.await();
                    for (int i = 0; i < words; i++) {
                        drift.met("flows", new UnknownPart(Kind.WORD, "value.event", "WORD_" + i));
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            executor.shutdownNow();
        }
        Drift.Report report = drift.report();
        assertThat(report.findings())
                .hasSize(Drift.MOST_FINDINGS)
                .allSatisfy(finding -> assertThat(finding.count()).isBetween(1L, (long) threads));
        long counted =
                report.findings().stream().mapToLong(Drift.Finding::count).sum();
        assertThat(counted + report.beyond()).isEqualTo((long) threads * words);
    }

    @Test
    void itsJsonTellsTheTypeAndNotTheContent() throws Exception {
        byte[] payload = """
                {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": {
                  "messages": [{"id": "a", "type": "text", "text": {"body": "Hi"}, "mood": "Nadia +12065550177"}]}}]}]}
                """.getBytes(StandardCharsets.UTF_8);
        new ChangeReader().read(payload).unknown().forEach(part -> drift.met("messages", part));
        assertThat(new JsonMapper().writeValueAsString(drift.report())).isEqualTo("""
                {"since":"2026-11-22T10:00:00Z","findings":[{"field":"messages","kind":"property",\
                "path":"value.messages[].mood","example":"string","count":1,\
                "first":"2026-11-22T10:00:00Z","last":"2026-11-22T10:00:00Z"}],"beyond":0}""");
    }
}
