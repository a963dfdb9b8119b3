package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.watch.WatchMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WhatsAppMetersTests {

    private static final String PROGRESS = "ackbox.whatsapp.history.progress";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WhatsAppMeters meters = new WhatsAppMeters(registry);

    @Test
    void eachMeterHasItsLabelsAsTags() {
        assertThat(WatchMeter.all()).hasSizeGreaterThan(30).allSatisfy(meter -> {
            List<String> labels =
                    meter.labels().stream().map(label -> "a_" + label).toList();
            meters.counted(meter, labels);
            meters.counted(meter, List.copyOf(labels));
            Counter counter = registry.get(meter.name()).counter();
            assertThat(counter.count()).isEqualTo(2);
            assertThat(counter.getId().getDescription()).isEqualTo(meter.description());
            assertThat(counter.getId().getTags()).hasSameSizeAs(labels);
            meter.labels()
                    .forEach(label -> assertThat(counter.getId().getTag(label)).isEqualTo("a_" + label));
        });
    }

    @Test
    void eachSetOfLabelsIsCountedByItself() {
        WatchMeter statuses = WatchMeter.all().stream()
                .filter(meter -> meter.name().equals("ackbox.whatsapp.statuses"))
                .findFirst()
                .orElseThrow();
        meters.counted(statuses, List.of("failed", "131049"));
        meters.counted(statuses, List.of("failed", "131026"));
        meters.counted(statuses, List.of("failed", "131026"));
        assertThat(countOf("131049")).isEqualTo(1);
        assertThat(countOf("131026")).isEqualTo(2);
    }

    private double countOf(String code) {
        return registry.get("ackbox.whatsapp.statuses")
                .tag("code", code)
                .counter()
                .count();
    }

    @Test
    void prometheusTakesAllOfThemAndNoTwoAreOne() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        List<String> refused = new ArrayList<>();
        prometheus.config().onMeterRegistrationFailed((id, reason) -> refused.add(reason));
        WhatsAppMeters all = new WhatsAppMeters(prometheus);
        for (WatchMeter meter : WatchMeter.all()) {
            int labels = meter.labels().size();
            all.counted(meter, Collections.nCopies(labels, "none"));
            all.counted(meter, Collections.nCopies(labels, "other"));
        }
        all.historyProgress("318840776125093", 80);
        assertThat(refused).isEmpty();
        List<String> types = prometheus
                .scrape()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .toList();
        assertThat(new TreeSet<>(types))
                .hasSameSizeAs(types)
                .hasSize(WatchMeter.all().size() + 1);
        assertThat(prometheus.scrape())
                .contains("ackbox_whatsapp_statuses_total{code=\"none\",status=\"none\"} 1.0")
                .contains("ackbox_whatsapp_history_progress_percent{phone_number_id=\"318840776125093\"} 80.0");
    }

    @Test
    void theProgressOfAHistoryDoesNotGoBackAndEndsAtAHundred() {
        meters.historyProgress("1", 55);
        meters.historyProgress("1", 40);
        assertThat(progressOf("1")).isEqualTo(55);
        meters.historyProgress("1", 4_000);
        assertThat(progressOf("1")).isEqualTo(100);
        meters.historyProgress("2", -7);
        assertThat(progressOf("2")).isZero();
    }

    @Test
    void noMoreNumbersAreFollowedThanThereIsRoomFor() {
        for (int number = 0; number < WhatsAppMeters.MOST_NUMBERS + 10; number++) {
            meters.historyProgress(String.valueOf(number), 10);
        }
        meters.historyProgress("0", 20);
        assertThat(registry.get(PROGRESS).gauges()).hasSize(WhatsAppMeters.MOST_NUMBERS);
        assertThat(progressOf("0")).isEqualTo(20);
    }

    private double progressOf(String number) {
        return registry.get(PROGRESS).tag("phone_number_id", number).gauge().value();
    }
}
