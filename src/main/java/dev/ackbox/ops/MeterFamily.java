package dev.ackbox.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The meters of one name, each by the values of its tags. Keeps them, since a look-up in the registry costs more than counting
 * does. Safe for use by several threads.
 */
final class MeterFamily<M extends Meter> {

    private final Meter.MeterProvider<M> provider;
    private final List<String> tagNames;
    private final Map<List<String>, M> known = new ConcurrentHashMap<>();

    MeterFamily(Meter.MeterProvider<M> provider, List<String> tagNames) {
        this.provider = provider;
        this.tagNames = tagNames;
    }

    static MeterFamily<Counter> counters(MeterRegistry registry, String name, String description, String... tagNames) {
        return new MeterFamily<>(
                Counter.builder(name).description(description).withRegistry(registry), List.of(tagNames));
    }

    static MeterFamily<Timer> timers(MeterRegistry registry, String name, String description, String... tagNames) {
        return new MeterFamily<>(
                Timer.builder(name).description(description).withRegistry(registry), List.of(tagNames));
    }

    /** The meter with these values, one for each tag, in their order. */
    M of(String... values) {
        List<String> key = List.of(values);
        M meter = known.get(key);
        return meter == null ? known.computeIfAbsent(key, this::register) : meter;
    }

    /**
     * The meters with these values and each constant of an enum as the last one, in lower case. All are there at once, so that an alert on
     * their increase sees the first event.
     */
    <E extends Enum<E>> Function<E, M> byConstantOf(Class<E> type, String... values) {
        EnumMap<E, M> meters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            String[] all = Arrays.copyOf(values, values.length + 1);
            all[values.length] = constant.name().toLowerCase(Locale.ROOT);
            meters.put(constant, of(all));
        }
        return constant -> Objects.requireNonNull(meters.get(constant));
    }

    private M register(List<String> values) {
        if (values.size() != tagNames.size()) {
            throw new IllegalArgumentException("Values " + values + " do not match tags " + tagNames);
        }
        List<Tag> all = new ArrayList<>();
        for (int i = 0; i < tagNames.size(); i++) {
            all.add(Tag.of(tagNames.get(i), values.get(i)));
        }
        return provider.withTags(all);
    }
}
