package dev.ackbox.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Ackbox and a controller that only answers, both with as many requests as they take, in turns. */
final class Comparison {

    private final ServerProcess server;
    private final Saturation saturation;

    Comparison(ServerProcess server, Notifications notifications) {
        this.server = server;
        this.saturation = new Saturation(notifications);
    }

    /**
     * A round of one and the next of the other.
     *
     * @param bareCpuMicros the server's processor time for each request to the controller
     */
    private record Pair(LoadResult bare, double bareCpuMicros, Round ackbox) {

        double barePerSecond() {
            return bare.acknowledged() * 1e9 / bare.nanos();
        }

        double ratio() {
            return ackbox.settledPerSecond() / barePerSecond();
        }
    }

    void run() throws IOException, InterruptedException {
        if (Saturation.ROUNDS == 0) {
            return;
        }
        System.out.println(Saturation.description());
        System.out.println(
                "round     bare/s    p50    p99    max  cpu us   ackbox/s    p50    p99    max  cpu us  KB/rec  drain   ratio");
        pair();
        pair();
        List<Pair> pairs = new ArrayList<>();
        for (int round = 1; round <= Saturation.ROUNDS; round++) {
            Pair pair = pair();
            pairs.add(pair);
            print(Integer.toString(round), List.of(pair));
        }
        print("median", pairs);
    }

    private Pair pair() throws IOException, InterruptedException {
        Requests requests = saturation.requests();
        ServerProcess.State before = server.awaitSettled();
        LoadResult bare;
        try (LoadClient client = new LoadClient(server.barePort(), requests)) {
            bare = client.saturate(Saturation.ROUND, true);
        }
        double cpuMicros = (server.state().cpuNanos() - before.cpuNanos()) / 1e3 / bare.acknowledged();
        return new Pair(bare, cpuMicros, saturation.measure(server, requests));
    }

    private static void print(String name, List<Pair> pairs) {
        System.out.printf(
                "%-6s %9.0f %6.1f %6.1f %6.0f %7.1f  %9.0f %6.1f %6.1f %6.0f %7.1f %7.2f %6.0f   %.3f%n",
                name,
                Medians.of(pairs, Pair::barePerSecond),
                Medians.of(pairs, pair -> pair.bare().millisAt(50)),
                Medians.of(pairs, pair -> pair.bare().millisAt(99)),
                Medians.of(pairs, pair -> pair.bare().millisAt(100)),
                Medians.of(pairs, Pair::bareCpuMicros),
                Medians.of(pairs, pair -> pair.ackbox().settledPerSecond()),
                Medians.of(pairs, pair -> pair.ackbox().result().millisAt(50)),
                Medians.of(pairs, pair -> pair.ackbox().result().millisAt(99)),
                Medians.of(pairs, pair -> pair.ackbox().result().millisAt(100)),
                Medians.of(pairs, pair -> pair.ackbox().cpuMicros()),
                Medians.of(pairs, pair -> pair.ackbox().kilobytesPerRecord()),
                Medians.of(pairs, pair -> pair.ackbox().drainMillis()),
                Medians.of(pairs, Pair::ratio));
    }
}
