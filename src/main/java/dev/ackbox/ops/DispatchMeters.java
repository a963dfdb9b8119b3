package dev.ackbox.ops;

import dev.ackbox.dispatch.DispatchObserver;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.model.json.UnknownPart;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Counts what becomes of records after they are stored. */
final class DispatchMeters implements DispatchObserver, InboxObserver {

    private final MeterFamily<Timer> calls;
    private final FieldMeters<Map<String, Function<CallOutcome, Timer>>> callsByField =
            new FieldMeters<>(field -> new ConcurrentHashMap<>());
    private final Map<String, Function<Screening, Counter>> screenedByEndpoint = new ConcurrentHashMap<>();
    private final MeterFamily<Counter> screened;
    private final MeterFamily<Counter> settled;
    private final MeterFamily<Timer> latencies;
    private final Map<String, FieldMeters<Results>> resultsByConsumer = new ConcurrentHashMap<>();
    private final MeterFamily<Counter> overtaken;
    private final MeterFamily<Counter> disowned;
    private final MeterFamily<Counter> unknown;
    private final Drift drift;

    /** How records of a field end for a consumer. */
    private record Results(Function<Result, Counter> counts, Timer latency) {}

    DispatchMeters(MeterRegistry registry, Drift drift) {
        this.drift = drift;
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
        this.latencies = MeterFamily.timers(
                registry, "ackbox.record.latency", "From a record's receipt until it was settled", "consumer", "field");
        this.overtaken = MeterFamily.counters(
                registry,
                "ackbox.records.overtaken",
                "Records that were no longer kept when their consumer came to them",
                "consumer");
        this.disowned = MeterFamily.counters(
                registry,
                "ackbox.records.disowned",
                "Attempts at records that another replica has taken over meanwhile",
                "consumer");
        this.unknown = MeterFamily.counters(
                registry, "ackbox.payload.unknown", "What the model did not know", "field", "kind");
    }

    @Override
    public void screened(String endpoint, Screening screening) {
        screenedByEndpoint
                .computeIfAbsent(endpoint, it -> screened.byConstantOf(Screening.class, it))
                .apply(screening)
                .increment();
    }

    @Override
    public void called(String field, String handler, CallOutcome outcome, Duration duration) {
        callsByField
                .of(field)
                .computeIfAbsent(handler, it -> calls.byConstantOf(CallOutcome.class, FieldMeters.tagOf(field), it))
                .apply(outcome)
                .record(duration);
    }

    @Override
    public void finished(String consumer, String field, Result result, Duration latency) {
        Results meters = resultsByConsumer
                .computeIfAbsent(
                        consumer,
                        it -> new FieldMeters<>(
                                tag -> new Results(settled.byConstantOf(Result.class, it, tag), latencies.of(it, tag))))
                .of(field);
        meters.counts().apply(result).increment();
        meters.latency().record(latency.isNegative() ? Duration.ZERO : latency);
    }

    @Override
    public void overtaken(String consumer, long records) {
        overtaken.of(consumer).increment((double) records);
    }

    @Override
    public void disowned(String consumer, long attempts) {
        disowned.of(consumer).increment((double) attempts);
    }

    @Override
    public void unknown(String field, UnknownPart part) {
        String tag = FieldMeters.tagOf(field);
        if (drift.met(tag, part)) {
            unknown.of(tag, part.kind().tag()).increment();
        }
    }
}
