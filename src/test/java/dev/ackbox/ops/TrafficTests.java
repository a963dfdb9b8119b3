package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.ackbox.CapturedLog;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.test.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrafficTests {

    private final MovableClock clock = new MovableClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void tellsHowLongAgoSomethingCame() {
        try (Traffic traffic = traffic(Duration.ZERO, Map.of())) {
            traffic.seen(record("1", "messages", Lane.CHANGES));
            clock.advance(Duration.ofMinutes(1));
            traffic.seen(record("1", "messages", Lane.STATUSES));
            traffic.seen(record("2", "calls", Lane.CHANGES));
            clock.advance(Duration.ofMinutes(1));
            assertThat(age("1", "message")).isEqualTo(120);
            assertThat(age("1", "status")).isEqualTo(60);
            assertThat(registry.find("ackbox.traffic.age")
                            .tag("phone_number", "2")
                            .gauge())
                    .isNull();
            traffic.look();
            assertThat(traffic.silent()).as("without a threshold").isEmpty();
        }
    }

    @Test
    void warnsOnceWhereNothingComes() {
        try (Traffic traffic = traffic(Duration.ofHours(1), Map.of("2", Duration.ofHours(3), "3", Duration.ZERO));
                CapturedLog log = new CapturedLog()) {
            for (String number : List.of("1", "2", "3")) {
                traffic.seen(record(number, "messages", Lane.CHANGES));
            }
            clock.advance(Duration.ofHours(2));
            traffic.look();
            traffic.look();
            assertThat(traffic.silent()).containsExactly("1");
            assertThat(new TrafficHealthIndicator(traffic).health().getDetails())
                    .containsEntry("silent", List.of("1"));
            assertThat(registry.get("ackbox.traffic.silent").gauge().value()).isEqualTo(1);
            clock.advance(Duration.ofHours(2));
            traffic.look();
            assertThat(traffic.silent()).containsExactly("1", "2");
            traffic.seen(record("1", "messages", Lane.STATUSES));
            traffic.look();
            assertThat(traffic.silent()).containsExactly("2");
            assertThat(log.lines())
                    .filteredOn(line -> line.level() == Level.WARN)
                    .filteredOn(line -> line.text().contains("Phone number 1:"))
                    .hasSize(1);
        }
    }

    @Test
    void aNumberThatIsNamedIsWatchedBeforeAnythingHasCome() {
        try (Traffic traffic = traffic(Duration.ZERO, Map.of("1", Duration.ofHours(1)))) {
            clock.advance(Duration.ofHours(2));
            traffic.look();
            assertThat(traffic.silent()).containsExactly("1");
            assertThat(age("1", "message")).isNaN();
        }
    }

    @Test
    void soManyNumbersAreWatched() {
        try (Traffic traffic = traffic(Duration.ZERO, Map.of())) {
            for (int i = 0; i < Traffic.MOST_NUMBERS + 10; i++) {
                traffic.seen(record("" + i, "messages", Lane.CHANGES));
            }
            assertThat(registry.find("ackbox.traffic.age").gauges()).hasSize(2 * Traffic.MOST_NUMBERS);
        }
    }

    private double age(String number, String kind) {
        return registry.get("ackbox.traffic.age")
                .tag("phone_number", number)
                .tag("kind", kind)
                .gauge()
                .value();
    }

    private Traffic traffic(Duration maxSilence, Map<String, Duration> maxSilenceOf) {
        return new Traffic(new TrafficProperties(maxSilence, maxSilenceOf), registry, clock);
    }

    private NewRecord record(String number, String field, Lane lane) {
        return new NewRecord(
                IdempotencyKey.of(1, new byte[20]),
                "default",
                field,
                null,
                lane,
                "conversation",
                null,
                number,
                List.of(),
                clock.instant(),
                new byte[0]);
    }
}
