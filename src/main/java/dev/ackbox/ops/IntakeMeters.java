package dev.ackbox.ops;

import dev.ackbox.inbox.NewRecord;
import dev.ackbox.intake.IntakeObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts what intake reports, by field. */
final class IntakeMeters implements IntakeObserver {

    private final FieldMeters<Counter> stored;
    private final FieldMeters<Counter> duplicates;
    private final FieldMeters<Timer> delays;
    private final AwaitedEndpoints awaited;
    private final Traffic traffic;

    IntakeMeters(MeterRegistry registry, AwaitedEndpoints awaited, Traffic traffic) {
        this.traffic = traffic;
        this.awaited = awaited;
        this.stored =
                new FieldMeters<>(MeterFamily.counters(registry, "ackbox.records.stored", "New records", "field")::of);
        this.duplicates = new FieldMeters<>(MeterFamily.counters(
                registry, "ackbox.records.duplicate", "Records that were there before", "field")::of);
        this.delays = new FieldMeters<>(MeterFamily.timers(
                registry, "ackbox.platform.delay", "From an item's own time until it was received", "field")::of);
    }

    @Override
    public void accepted(String endpoint, boolean dashboardTest) {
        awaited.received(endpoint, dashboardTest);
    }

    @Override
    public void stored(NewRecord record) {
        stored.of(record.field()).increment();
        traffic.seen(record);
    }

    @Override
    public void duplicate(String field) {
        duplicates.of(field).increment();
    }

    @Override
    public void delay(String field, Duration delay) {
        delays.of(field).record(delay.isNegative() ? Duration.ZERO : delay);
    }
}
