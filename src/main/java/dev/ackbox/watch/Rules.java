package dev.ackbox.watch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What Ackbox does with things of one type: it counts them, describes them in the log, advises the operator, keeps facts.
 * Declared once; then safe for use by several threads.
 *
 * @param <T> a value, or a part of one
 * @param <S> the type that a declaration goes on with
 */
abstract sealed class Rules<T, S extends Rules<T, S>> permits FieldRow, Part {

    /** A part of a thing; absent where the thing has none. */
    interface PartOf<T, P> {

        @Nullable
        P of(T thing);
    }

    /** What the operator should do about a thing; absent where there is nothing to do. */
    interface Advice<T> {

        @Nullable
        String of(T thing);
    }

    private final List<BiConsumer<T, Report>> rules = new ArrayList<>();
    private final Set<WatchMeter> meters = new LinkedHashSet<>();
    private final Set<String> kinds = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /** This. */
    abstract S self();

    final void apply(T thing, Report report) {
        rules.forEach(rule -> rule.accept(thing, report));
    }

    /** What is counted. */
    Set<WatchMeter> meters() {
        return meters;
    }

    /** The kinds of facts that are kept. */
    Set<String> kinds() {
        return kinds;
    }

    /** When the operator is warned, in words for the documentation. */
    Set<String> warnings() {
        return warnings;
    }

    /** Counts a thing, and shows its labels in the log. */
    @SafeVarargs
    @SuppressWarnings("varargs") // List.of copies the array
    final S counts(String meter, String description, Label<T>... labels) {
        List<Label<T>> all = List.of(labels);
        WatchMeter counter = meter(meter, description, all);
        return rule((thing, report) -> {
            List<String> values = values(all, thing);
            report.count(counter, values);
            for (int i = 0; i < values.size(); i++) {
                report.show(all.get(i).name(), values.get(i));
            }
        });
    }

    /** Counts a thing of which there may be thousands in a change: the log does not show it. */
    @SafeVarargs
    @SuppressWarnings("varargs") // List.of copies the array
    final S countsOnly(String meter, String description, Label<T>... labels) {
        List<Label<T>> all = List.of(labels);
        WatchMeter counter = meter(meter, description, all);
        return rule((thing, report) -> report.count(counter, values(all, thing)));
    }

    private WatchMeter meter(String name, String description, List<Label<T>> labels) {
        WatchMeter meter = new WatchMeter(
                WatchMeter.PREFIX + name,
                description,
                labels.stream().map(Label::name).toList());
        meters.add(meter);
        return meter;
    }

    private static <T> List<String> values(List<Label<T>> labels, T thing) {
        return labels.stream().map(label -> label.value().apply(thing)).toList();
    }

    /** Shows something in the log. The text is a known word, a time, a number or one of Meta's ids. */
    S shows(String name, Function<T, String> text) {
        return rule((thing, report) -> report.show(name, text.apply(thing)));
    }

    /**
     * Warns where there is advice.
     *
     * @param when in words for the documentation
     */
    S warns(String when, Advice<T> advice) {
        warnings.add(when);
        return rule((thing, report) -> report.advise(advice.of(thing)));
    }

    /**
     * Warns where a condition is met.
     *
     * @param when the condition in words for the documentation
     */
    S warns(String when, Predicate<T> condition, String advice) {
        return warns(when, thing -> condition.test(thing) ? advice : null);
    }

    /** Keeps a fact. */
    S keeps(String kind, BiConsumer<T, Details> details) {
        kinds.add(kind);
        return rule((thing, report) -> {
            Details said = new Details();
            details.accept(thing, said);
            report.keep(kind, said);
        });
    }

    /** Notes that a fact no longer holds. */
    S lifts(String kind, String item) {
        return rule((thing, report) -> report.lift(kind, item));
    }

    /** Does something that a declaration cannot say. */
    S rule(BiConsumer<T, Report> rule) {
        rules.add(rule);
        return self();
    }

    /** Has rules for the things that meet a condition. */
    S when(Predicate<T> condition, Consumer<Part<T>> declaration) {
        Part<T> inner = inner(declaration);
        return rule((thing, report) -> {
            if (condition.test(thing)) {
                inner.apply(thing, report);
            }
        });
    }

    /** Has rules for a part, where there is one. */
    <P> S with(PartOf<T, P> part, Consumer<Part<P>> declaration) {
        Part<P> inner = inner(declaration);
        return rule((thing, report) -> {
            P present = part.of(thing);
            if (present != null) {
                inner.apply(present, report);
            }
        });
    }

    /** Has rules for each of several parts. */
    <P> S each(Function<T, ? extends Iterable<? extends P>> parts, Consumer<Part<P>> declaration) {
        Part<P> inner = inner(declaration);
        return rule((thing, report) -> parts.apply(thing).forEach(part -> inner.apply(part, report)));
    }

    private <P> Part<P> inner(Consumer<Part<P>> declaration) {
        Part<P> inner = new Part<>();
        declaration.accept(inner);
        meters.addAll(inner.meters());
        kinds.addAll(inner.kinds());
        warnings.addAll(inner.warnings());
        return inner;
    }
}
