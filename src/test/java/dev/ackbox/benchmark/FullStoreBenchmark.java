package dev.ackbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Measures how much more slowly Ackbox takes notifications where it has stored very many already, all of them completed. */
final class FullStoreBenchmark {

    private static final int STORED = Integer.getInteger("benchmark.stored", 1_000_000);
    private static final String JVM_OPTIONS = "-Xmx1g";
    private static final int FILL_AT_ONCE = 50_000;
    private static final Duration FILL_TIMEOUT = Duration.ofMinutes(1);

    private final Store full;
    private final Store empty;

    private FullStoreBenchmark(Store full, Store empty) {
        this.full = full;
        this.empty = empty;
    }

    public static void main(String[] args) throws Exception {
        Notifications notifications = new Notifications();
        try (WorkDirectory directory = WorkDirectory.create()) {
            Path full = Files.createDirectory(directory.path().resolve("full"));
            Path empty = Files.createDirectory(directory.path().resolve("empty"));
            // By a server of its own: in the comparison both are equally warm.
            try (ServerProcess server = ServerProcess.start(JVM_OPTIONS, full)) {
                fill(server, notifications);
            }
            try (ServerProcess ofFull = ServerProcess.start(JVM_OPTIONS, full);
                    ServerProcess ofEmpty = ServerProcess.start(JVM_OPTIONS, empty)) {
                new FullStoreBenchmark(new Store(ofFull, STORED, notifications), new Store(ofEmpty, 0, notifications))
                        .run();
            }
        }
    }

    private static void fill(ServerProcess server, Notifications notifications)
            throws IOException, InterruptedException {
        for (long missing = STORED;
                missing > 0;
                missing = STORED - server.state().handled()) {
            Requests requests = notifications.messages((int) Math.min(missing, FILL_AT_ONCE));
            Round.measure(server, requests, client -> client.saturate(FILL_TIMEOUT, false));
        }
    }

    /** A server with a store of its own. */
    private static final class Store {

        private final ServerProcess server;
        private final long storedBefore;
        private final Saturation saturation;

        Store(ServerProcess server, long storedBefore, Notifications notifications) {
            this.server = server;
            this.storedBefore = storedBefore;
            this.saturation = new Saturation(notifications);
        }

        long stored() throws IOException {
            return storedBefore + server.state().handled();
        }

        Round measure() throws IOException, InterruptedException {
            return saturation.measure(server, saturation.requests());
        }
    }

    /** A round of one and the next of the other. */
    private record Pair(Round full, Round empty) {

        double ratio() {
            return full.settledPerSecond() / empty.settledPerSecond();
        }
    }

    private void run() throws IOException, InterruptedException {
        printStored();
        System.out.println(Saturation.description());
        System.out.println(
                "round     full/s    p50    p99    max  KB/rec    empty/s    p50    p99    max  KB/rec   ratio");
        pair();
        pair();
        List<Pair> pairs = new ArrayList<>();
        for (int round = 1; round <= Saturation.ROUNDS; round++) {
            Pair pair = pair();
            pairs.add(pair);
            print(Integer.toString(round), List.of(pair));
        }
        print("median", pairs);
        printStored();
    }

    private void printStored() throws IOException {
        System.out.printf("stored: %,d in the full store, %,d in the empty one%n", full.stored(), empty.stored());
    }

    private Pair pair() throws IOException, InterruptedException {
        return new Pair(full.measure(), empty.measure());
    }

    private static void print(String name, List<Pair> pairs) {
        System.out.printf(
                "%-6s %s  %s   %.3f%n",
                name, figures(pairs, Pair::full), figures(pairs, Pair::empty), Medians.of(pairs, Pair::ratio));
    }

    private static String figures(List<Pair> pairs, Function<Pair, Round> side) {
        List<Round> rounds = pairs.stream().map(side).toList();
        return "%9.0f %6.1f %6.1f %6.0f %7.2f"
                .formatted(
                        Medians.of(rounds, Round::settledPerSecond),
                        Medians.of(rounds, round -> round.result().millisAt(50)),
                        Medians.of(rounds, round -> round.result().millisAt(99)),
                        Medians.of(rounds, round -> round.result().millisAt(100)),
                        Medians.of(rounds, Round::kilobytesPerRecord));
    }
}
