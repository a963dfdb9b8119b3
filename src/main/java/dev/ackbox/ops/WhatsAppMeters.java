package dev.ackbox.ops;

import dev.ackbox.handlers.PlatformCount;
import dev.ackbox.handlers.PlatformObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what the handlers that ship observe. */
final class WhatsAppMeters implements PlatformObserver {

    /** Numbers whose history can be followed at once; those beyond are in the log only. */
    static final int MOST_NUMBERS = 200;

    private final MeterRegistry registry;
    private final Map<PlatformCount, MeterFamily<Counter>> counters = new EnumMap<>(PlatformCount.class);
    private final Map<String, AtomicInteger> progress = new ConcurrentHashMap<>();

    WhatsAppMeters(MeterRegistry registry) {
        this.registry = registry;
        for (PlatformCount count : PlatformCount.values()) {
            String[] labels = count.labels().toArray(String[]::new);
            counters.put(count, MeterFamily.counters(registry, count.meter(), count.description(), labels));
        }
    }

    @Override
    public void counted(PlatformCount count, String... labels) {
        Objects.requireNonNull(counters.get(count)).of(labels).increment();
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
                .description("How far the history of a phone number has come")
                .baseUnit("percent")
                .tag("phone_number_id", phoneNumberId)
                .register(registry);
        return percent;
    }
}
