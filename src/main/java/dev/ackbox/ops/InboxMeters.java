package dev.ackbox.ops;

import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.Inbox;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;

/** Gauges of the inbox and of a consumer. For each consumer, assigned = completed + waiting + dead + discarded. */
record InboxMeters(Inbox inbox, Consumer consumer, Clock clock) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        bytes(registry, "ackbox.inbox.log", "Write-ahead log of the inbox", Inbox.Size::logBytes);
        bytes(registry, "ackbox.inbox.database", "Database of the inbox", Inbox.Size::bytes);
        bytes(
                registry,
                "ackbox.inbox.reusable",
                "What is free for new records in the database of the inbox",
                Inbox.Size::reusableBytes);
        gauge(registry, "ackbox.inbox.assigned", "Records stored since its start", Backlog::assigned);
        gauge(registry, "ackbox.inbox.completed", "Completed records", Backlog::completed);
        gauge(registry, "ackbox.inbox.waiting", "Records to be handled", Backlog::waiting);
        gauge(registry, "ackbox.inbox.dead", "Dead letters", Backlog::dead);
        gauge(registry, "ackbox.inbox.discarded", "Records given up without an attempt", Backlog::discarded);
        Gauge.builder("ackbox.inbox.oldest.waiting", consumer, it -> age(it.backlog()))
                .description("How long the oldest waiting record has been waiting")
                .baseUnit("seconds")
                .tag("consumer", consumer.name())
                .register(registry);
    }

    private void bytes(MeterRegistry registry, String name, String description, ToDoubleFunction<Inbox.Size> size) {
        Gauge.builder(name, inbox, it -> it.isReporter() ? size.applyAsDouble(it.size()) : 0)
                .description(description)
                .baseUnit("bytes")
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Backlog> count) {
        Gauge.builder(name, consumer, it -> inbox.isReporter() ? count.applyAsDouble(it.backlog()) : 0)
                .description(description)
                .tag("consumer", consumer.name())
                .register(registry);
    }

    private double age(Backlog backlog) {
        Instant oldest = backlog.oldestWaiting();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1000.0);
    }
}
