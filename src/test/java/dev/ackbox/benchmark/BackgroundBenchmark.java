package dev.ackbox.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measures how much what Ackbox does beside receiving delays acknowledgements: rounds of the planned load, alone and beside it, in turns. */
final class BackgroundBenchmark {

    private static final String BESIDE = System.getProperty("benchmark.beside", "");
    private static final int STORED = Integer.getInteger("benchmark.stored", 1_000_000);
    private static final int FILL_AT_ONCE = 50_000;
    private static final Duration FILL_TIMEOUT = Duration.ofMinutes(1);

    private final ServerProcess server;
    private final Notifications notifications = new Notifications();
    private final PlannedLoad load = new PlannedLoad(notifications);

    private BackgroundBenchmark(ServerProcess server) {
        this.server = server;
    }

    public static void main(String[] args) throws Exception {
        try (WorkDirectory directory = WorkDirectory.create();
                ServerProcess server = ServerProcess.start("-Xmx1g", directory.path())) {
            new BackgroundBenchmark(server).run();
        }
    }

    private record Pair(Latencies alone, Latencies beside) {

        double ratioAt(double percentile) {
            return beside.millisAt(percentile) / alone.millisAt(percentile);
        }
    }

    private void run() throws IOException, InterruptedException {
        fill();
        System.out.printf("%,d stored; beside: %s%n", STORED, BESIDE);
        System.out.println(PlannedLoad.description(PlannedLoad.SECONDS));
        System.out.println(
                "round    alone p50    p99  p99.9    max   beside p50    p99  p99.9    max   ratio p50    p99");
        List<Pair> pairs = new ArrayList<>();
        for (int round = 1; round <= Saturation.ROUNDS; round++) {
            load.measure(server); // Java compiles, and the disk gets over the round before
            Latencies alone = load.measure(server);
            server.begin(BESIDE);
            Latencies beside = load.measure(server);
            String result = server.end();
            Pair pair = new Pair(alone, beside);
            pairs.add(pair);
            print(Integer.toString(round), List.of(pair), result);
        }
        double[] ratios =
                pairs.stream().mapToDouble(pair -> pair.ratioAt(99)).sorted().toArray();
        print(
                "median",
                pairs,
                "half of the ratios of p99 are between %.2f and %.2f"
                        .formatted(ratios[ratios.length / 4], ratios[ratios.length * 3 / 4]));
    }

    private void fill() throws IOException, InterruptedException {
        for (int missing = STORED; missing > 0; missing -= FILL_AT_ONCE) {
            Requests requests = notifications.messages(Math.min(missing, FILL_AT_ONCE));
            Round.measure(server, requests, client -> client.saturate(FILL_TIMEOUT, false));
        }
    }

    private static void print(String name, List<Pair> pairs, String remark) {
        System.out.printf(
                "%-8s     %s       %s       %5.2f  %5.2f   %s%n",
                name,
                figures(pairs.stream().map(Pair::alone).toList()),
                figures(pairs.stream().map(Pair::beside).toList()),
                Medians.of(pairs, pair -> pair.ratioAt(50)),
                Medians.of(pairs, pair -> pair.ratioAt(99)),
                remark);
    }

    private static String figures(List<Latencies> rounds) {
        return "%5.1f %6.1f %6.1f %6.0f"
                .formatted(Arrays.stream(new double[] {50, 99, 99.9, 100})
                        .mapToObj(percentile -> Medians.of(rounds, round -> round.millisAt(percentile)))
                        .toArray());
    }
}
