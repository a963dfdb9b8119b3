package dev.ackbox.ops;

import dev.ackbox.handlers.PlatformCount;
import dev.ackbox.handlers.PlatformObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what the handlers that ship observe. */
final class WhatsAppMeters implements PlatformObserver {

    /** Numbers whose history can be followed at once; those beyond are in the log only. */
    private static final int MOST_NUMBERS = 200;

    private final MeterRegistry registry;
    private final Map<PlatformCount, Meter.MeterProvider<Counter>> counters = new EnumMap<>(PlatformCount.class);
    private final Map<String, AtomicInteger> progress = new ConcurrentHashMap<>();

    WhatsAppMeters(MeterRegistry registry) {
        this.registry = registry;
        for (PlatformCount count : PlatformCount.values()) {
            counters.put(
                    count,
                    Counter.builder(count.meter())
                            .description(count.description())
                            .withRegistry(registry));
        }
    }

    @Override
    public void counted(PlatformCount count, String... labels) {
        Tags tags = Tags.empty();
        for (int i = 0; i < labels.length; i++) {
            tags = tags.and(Tag.of(count.labels().get(i), labels[i]));
        }
        Objects.requireNonNull(counters.get(count)).withTags(tags).increment();
    }

    @Override
    public void historyProgress(String phoneNumberId, int percent) {
        AtomicInteger known = progress.get(phoneNumberId);
        if (known != null) {
            known.accumulateAndGet(percent, Math::max); // chunks come in any order
        } else if (progress.size() < MOST_NUMBERS) {
            progress.computeIfAbsent(phoneNumberId, this::register).set(percent);
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
