package dev.ackbox.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Two servers that take as many requests as they can, in turns. Each one begins every other pair of rounds. */
final class SideBySide {

    private final Side first;
    private final Side second;

    SideBySide(Side first, Side second) {
        this.first = first;
        this.second = second;
    }

    /** A server under the name that its figures have. */
    static final class Side {

        private final String name;
        private final ServerProcess server;
        private final Saturation saturation;

        Side(String name, ServerProcess server, Notifications notifications) {
            this.name = name;
            this.server = server;
            this.saturation = new Saturation(notifications);
        }

        private Round measure() throws IOException, InterruptedException {
            return saturation.measure(server, saturation.requests());
        }
    }

    /** A round of one and the next of the other. */
    private record Pair(Round first, Round second) {

        /** Of the first by the second. */
        double ratio(ToDoubleFunction<Round> figure) {
            return figure.applyAsDouble(first) / figure.applyAsDouble(second);
        }
    }

    void run() throws IOException, InterruptedException {
        System.out.println(Saturation.description());
        System.out.printf(
                "round  %9s/s    p50    p99    max  cpu us  KB/rec  %9s/s    p50    p99    max  cpu us  KB/rec   ratio    p99%n",
                first.name, second.name);
        pair(0);
        pair(1);
        List<Pair> pairs = new ArrayList<>();
        for (int round = 1; round <= Saturation.ROUNDS; round++) {
            Pair pair = pair(round);
            pairs.add(pair);
            print(Integer.toString(round), List.of(pair));
        }
        print("median", pairs);
        double[] ratios = pairs.stream()
                .mapToDouble(pair -> pair.ratio(Round::settledPerSecond))
                .sorted()
                .toArray();
        if (ratios.length > 0) {
            System.out.printf(
                    "half of the ratios are between %.3f and %.3f%n",
                    ratios[ratios.length / 4], ratios[ratios.length * 3 / 4]);
        }
    }

    private Pair pair(int round) throws IOException, InterruptedException {
        if (round % 2 == 0) {
            Round ofFirst = first.measure();
            return new Pair(ofFirst, second.measure());
        }
        Round ofSecond = second.measure();
        return new Pair(first.measure(), ofSecond);
    }

    private static void print(String name, List<Pair> pairs) {
        System.out.printf(
                "%-6s %s  %s   %.3f  %5.2f%n",
                name,
                figures(pairs, Pair::first),
                figures(pairs, Pair::second),
                Medians.of(pairs, pair -> pair.ratio(Round::settledPerSecond)),
                Medians.of(pairs, pair -> pair.ratio(round -> round.result().millisAt(99))));
    }

    private static String figures(List<Pair> pairs, Function<Pair, Round> side) {
        List<Round> rounds = pairs.stream().map(side).toList();
        return "%11.0f %6.1f %6.1f %6.0f %7.1f %7.2f"
                .formatted(
                        Medians.of(rounds, Round::settledPerSecond),
                        Medians.of(rounds, round -> round.result().millisAt(50)),
                        Medians.of(rounds, round -> round.result().millisAt(99)),
                        Medians.of(rounds, round -> round.result().millisAt(100)),
                        Medians.of(rounds, Round::cpuMicros),
                        Medians.of(rounds, Round::kilobytesPerRecord));
    }
}
