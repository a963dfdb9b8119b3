package dev.ackbox.ops;

import dev.ackbox.dispatch.DispatchObserver;
import dev.ackbox.dispatch.Dispatcher;
import dev.ackbox.http.Outcome;
import dev.ackbox.http.RequestObserver;
import dev.ackbox.http.tomcat.ConnectionObserver;
import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.intake.IntakeObserver;
import dev.ackbox.model.json.UnknownPart;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Counts what the parts report. For each consumer, assigned = completed + waiting + dead + discarded.
 */
final class Meters implements RequestObserver, ConnectionObserver, IntakeObserver, InboxObserver, DispatchObserver {

    /** The bounds that the platform states for a receiver are 250 ms in the median and 1 s for all but one in a hundred. */
    private static final Duration[] REQUEST_BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1)
    };

    private final MeterFamily<Counter> closed;
    private final MeterFamily<Timer> requests;
    private final MeterFamily<Counter> authenticated;
    private final MeterFamily<Counter> diagnosed;
    private final MeterFamily<Counter> mismatched;
    private final MeterFamily<Counter> stored;
    private final MeterFamily<Counter> duplicates;
    private final MeterFamily<Timer> delays;
    private final MeterFamily<Timer> calls;
    private final MeterFamily<Counter> screened;
    private final MeterFamily<Counter> settled;
    private final MeterFamily<Counter> overtaken;
    private final MeterFamily<Timer> latencies;
    private final MeterFamily<Counter> unknown;
    private final Drift drift;
    private final Traffic traffic;

    Meters(MeterRegistry registry, Drift drift, Traffic traffic) {
        this.traffic = traffic;
        this.drift = drift;
        this.closed = MeterFamily.counters(
                registry,
                "ackbox.connections.closed",
                "Connections that were closed before their sender wanted that",
                "reason");
        this.requests = new MeterFamily<>(
                Timer.builder("ackbox.webhook.requests")
                        .description("Requests on the public port, from their head until their answer is ready")
                        .serviceLevelObjectives(REQUEST_BUCKETS)
                        .withRegistry(registry),
                List.of("endpoint", "outcome"));
        this.authenticated = MeterFamily.counters(
                registry,
                "ackbox.webhook.authenticated",
                "Genuine notifications, by the secret that proved them",
                "endpoint",
                "secret");
        this.diagnosed = MeterFamily.counters(
                registry,
                "ackbox.webhook.diagnosed",
                "Samples of refused requests, by what is wrong with them",
                "endpoint",
                "reason");
        this.mismatched = MeterFamily.counters(
                registry,
                "ackbox.webhook.mismatched",
                "Requests that did not pass a check of their sender",
                "endpoint",
                "check",
                "reason",
                "enforced");
        this.stored = MeterFamily.counters(registry, "ackbox.records.stored", "New records", "field");
        this.duplicates =
                MeterFamily.counters(registry, "ackbox.records.duplicate", "Records that were there before", "field");
        this.delays = MeterFamily.timers(
                registry, "ackbox.platform.delay", "From an item's own time until it was received", "field");
        this.calls = MeterFamily.timers(
                registry, "ackbox.handler.duration", "Calls of handlers", "field", "handler", "outcome");
        this.screened = MeterFamily.counters(
                registry,
                "ackbox.records.screened",
                "Records that were settled without a handler",
                "endpoint",
                "outcome");
        this.settled = MeterFamily.counters(
                registry,
                "ackbox.records.settled",
                "Records that are completed or dead",
                "consumer",
                "field",
                "outcome");
        this.overtaken = MeterFamily.counters(
                registry,
                "ackbox.records.overtaken",
                "Records that were no longer kept when their consumer came to them",
                "consumer");
        this.latencies = MeterFamily.timers(
                registry, "ackbox.record.latency", "From a record's receipt until it was settled", "consumer", "field");
        this.unknown = MeterFamily.counters(
                registry, "ackbox.payload.unknown", "What the model did not know", "field", "kind");
    }

    /** Gauges of the inbox. */
    static MeterBinder inbox(Inbox inbox) {
        return registry -> {
            bytes(registry, "ackbox.inbox.log", "Write-ahead log of the inbox", inbox, Inbox.Size::logBytes);
            bytes(registry, "ackbox.inbox.database", "Database of the inbox", inbox, Inbox.Size::bytes);
            bytes(
                    registry,
                    "ackbox.inbox.reusable",
                    "What is free for new records in the database of the inbox",
                    inbox,
                    Inbox.Size::reusableBytes);
        };
    }

    private static void bytes(
            MeterRegistry registry, String name, String description, Inbox inbox, ToDoubleFunction<Inbox.Size> size) {
        Gauge.builder(name, inbox, it -> size.applyAsDouble(it.size()))
                .description(description)
                .baseUnit("bytes")
                .register(registry);
    }

    /** Gauges of a consumer. */
    static MeterBinder backlog(Consumer consumer, Clock clock) {
        return registry -> {
            gauge(registry, "ackbox.inbox.assigned", "Records stored since its start", consumer, Backlog::assigned);
            gauge(registry, "ackbox.inbox.completed", "Completed records", consumer, Backlog::completed);
            gauge(registry, "ackbox.inbox.waiting", "Records to be handled", consumer, Backlog::waiting);
            gauge(registry, "ackbox.inbox.dead", "Dead letters", consumer, Backlog::dead);
            gauge(
                    registry,
                    "ackbox.inbox.discarded",
                    "Records given up without an attempt",
                    consumer,
                    Backlog::discarded);
            Gauge.builder("ackbox.inbox.oldest.waiting", consumer, it -> age(it.backlog(), clock))
                    .description("How long the oldest waiting record has been waiting")
                    .baseUnit("seconds")
                    .tag("consumer", consumer.name())
                    .register(registry);
        };
    }

    private static void gauge(
            MeterRegistry registry,
            String name,
            String description,
            Consumer consumer,
            ToDoubleFunction<Backlog> count) {
        Gauge.builder(name, consumer, it -> count.applyAsDouble(it.backlog()))
                .description(description)
                .tag("consumer", consumer.name())
                .register(registry);
    }

    /** A gauge of handlers. */
    static MeterBinder handlers(Dispatcher dispatcher) {
        return registry -> Gauge.builder("ackbox.handler.abandoned", dispatcher, Dispatcher::leftBehind)
                .description("Calls that ignored their interruption and still run")
                .register(registry);
    }

    private static double age(Backlog backlog, Clock clock) {
        Instant oldest = backlog.oldestWaiting();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1000.0);
    }

    @Override
    public void closed(Reason reason) {
        closed.of(lowerCase(reason)).increment();
    }

    @Override
    public void authenticated(String endpoint, String secret) {
        authenticated.of(endpoint, secret).increment();
    }

    @Override
    public void diagnosed(String endpoint, String reason) {
        diagnosed.of(endpoint, reason).increment();
    }

    @Override
    public void mismatched(String endpoint, String check, String reason, boolean enforced) {
        mismatched.of(endpoint, check, reason, String.valueOf(enforced)).increment();
    }

    @Override
    public void answered(String endpoint, Outcome outcome, Duration duration) {
        requests.of(endpoint, lowerCase(outcome)).record(duration);
    }

    @Override
    public void stored(NewRecord record) {
        stored.of(FieldTag.of(record.field())).increment();
        traffic.seen(record);
    }

    @Override
    public void duplicate(String field) {
        duplicates.of(FieldTag.of(field)).increment();
    }

    @Override
    public void delay(String field, Duration delay) {
        delays.of(FieldTag.of(field)).record(delay.isNegative() ? Duration.ZERO : delay);
    }

    @Override
    public void screened(String endpoint, Screening screening) {
        screened.of(endpoint, lowerCase(screening)).increment();
    }

    @Override
    public void called(String field, String handler, CallOutcome outcome, Duration duration) {
        calls.of(FieldTag.of(field), handler, lowerCase(outcome)).record(duration);
    }

    @Override
    public void finished(String consumer, String field, Result result, Duration latency) {
        String tag = FieldTag.of(field);
        settled.of(consumer, tag, lowerCase(result)).increment();
        latencies.of(consumer, tag).record(latency.isNegative() ? Duration.ZERO : latency);
    }

    @Override
    public void overtaken(String consumer, long records) {
        overtaken.of(consumer).increment((double) records);
    }

    @Override
    public void unknown(String field, UnknownPart part) {
        if (drift.met(FieldTag.of(field), part)) {
            unknown.of(FieldTag.of(field), part.kind().tag()).increment();
        }
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
