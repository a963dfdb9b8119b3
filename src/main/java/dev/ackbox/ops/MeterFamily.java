package dev.ackbox.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meters of one name, each by the values of its tags. Keeps them, since a look-up in the registry costs more than counting
 * does. Safe for use by several threads.
 */
final class MeterFamily<M extends Meter> {

    private final Meter.MeterProvider<M> provider;
    private final List<String> tags;
    private final Map<List<String>, M> known = new ConcurrentHashMap<>();

    /** @param tags their names */
    MeterFamily(Meter.MeterProvider<M> provider, List<String> tags) {
        this.provider = provider;
        this.tags = tags;
    }

    static MeterFamily<Counter> counters(MeterRegistry registry, String name, String description, String... tags) {
        return new MeterFamily<>(Counter.builder(name).description(description).withRegistry(registry), List.of(tags));
    }

    static MeterFamily<Timer> timers(MeterRegistry registry, String name, String description, String... tags) {
        return new MeterFamily<>(Timer.builder(name).description(description).withRegistry(registry), List.of(tags));
    }

    /** The meter with these values, in the order of the tags. */
    M of(String... values) {
        List<String> key = List.of(values);
        M meter = known.get(key);
        return meter == null ? known.computeIfAbsent(key, this::register) : meter;
    }

    private M register(List<String> values) {
        List<Tag> all = new ArrayList<>();
        for (int i = 0; i < tags.size(); i++) {
            all.add(Tag.of(tags.get(i), values.get(i)));
        }
        return provider.withTags(all);
    }
}
