package dev.ackbox.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Medians of figures that were measured several times. */
final class Medians {

    private Medians() {}

    static <T> double of(List<T> measurements, ToDoubleFunction<T> figure) {
        double[] sorted = measurements.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
