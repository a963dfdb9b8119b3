package dev.ackbox.ops;

import dev.ackbox.watch.WatchMeter;
import dev.ackbox.watch.WatchObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts what the built-in stage observes. */
final class WhatsAppMeters implements WatchObserver {

    /** Numbers whose history can be followed at once; those beyond are in the log only. */
    static final int MOST_NUMBERS = 200;

    private final MeterRegistry registry;
    private final Map<WatchMeter, MeterFamily<Counter>> counters;
    private final Map<String, AtomicInteger> progress = new ConcurrentHashMap<>();

    WhatsAppMeters(MeterRegistry registry) {
        this.registry = registry;
        this.counters = WatchMeter.all().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        meter -> MeterFamily.counters(
                                registry,
                                meter.name(),
                                meter.description(),
                                meter.labels().toArray(String[]::new))));
    }

    @Override
    public void counted(WatchMeter meter, List<String> labels) {
        Objects.requireNonNull(counters.get(meter))
                .of(labels.toArray(String[]::new))
                .increment();
    }

    @Override
    public void historyProgress(String phoneNumberId, int percent) {
        if (progress.containsKey(phoneNumberId) || progress.size() < MOST_NUMBERS) {
            progress.computeIfAbsent(phoneNumberId, this::register)
                    .accumulateAndGet(Math.min(percent, 100), Math::max); // chunks come in any order
        }
    }

    private AtomicInteger register(String phoneNumberId) {
        AtomicInteger percent = new AtomicInteger();
        Gauge.builder("ackbox.whatsapp.history.progress", percent, AtomicInteger::get)
                .description("How much of a phone number's history has arrived")
                .baseUnit("percent")
                .tag("phone_number_id", phoneNumberId)
                .register(registry);
        return percent;
    }
}
