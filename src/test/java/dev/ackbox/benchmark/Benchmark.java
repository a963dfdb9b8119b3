package dev.ackbox.benchmark;

import dev.ackbox.security.AppSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Measures Ackbox, the whole of it, against a controller that only answers, and then how fast Ackbox answers at a given
 * rate. {@code src/docs/benchmarks.md} says what the figures are.
 */
final class Benchmark {

    private static final int CONNECTIONS = 64;
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 8));
    private static final int PLANNED_PER_SECOND = Integer.getInteger("benchmark.rate", 3_300);
    private static final int PLANNED_MESSAGE_ONE_IN = 11;
    private static final int PLANNED_SECONDS = Integer.getInteger("benchmark.planned-seconds", 30);

    /** Before anything is known about this machine. */
    private static final double FIRST_GUESS_PER_SECOND = 10_000;

    private final ServerProcess server;
    private final Notifications notifications = new Notifications(new AppSecret(BenchmarkServer.SECRET));
    private double ackboxPerSecond = FIRST_GUESS_PER_SECOND;

    private Benchmark(ServerProcess server) {
        this.server = server;
    }

    public static void main(String[] args) throws Exception {
        Path directory = Files.createDirectories(Path.of(System.getProperty("benchmark.directory", "target")));
        Path data = Files.createTempDirectory(directory, "benchmark-data");
        List<String> jvmOptions =
                List.of(System.getProperty("benchmark.jvm", "-Xmx1g").trim().split("\\s+"));
        try (ServerProcess server = ServerProcess.start(jvmOptions, data)) {
            Benchmark benchmark = new Benchmark(server);
            if (ROUNDS > 0) {
                benchmark.compare();
            }
            if (PLANNED_SECONDS > 0) {
                benchmark.keepPace();
            }
        } finally {
            delete(data);
        }
    }

    /**
     * A round of one and the next of the other.
     *
     * @param settledPerSecond what Ackbox acknowledged, by the time until all of it was settled
     * @param drainMillis the part of that time that passed after the last answer
     * @param bareCpuMicros the server's processor time for each request to the controller
     * @param ackboxCpuMicros the server's processor time for each request to Ackbox, until all was settled
     */
    private record Pair(
            LoadResult bare,
            LoadResult ackbox,
            double settledPerSecond,
            double drainMillis,
            double bareCpuMicros,
            double ackboxCpuMicros) {

        double barePerSecond() {
            return bare.acknowledged() * 1e9 / bare.nanos();
        }

        double ratio() {
            return settledPerSecond / barePerSecond();
        }
    }

    private void compare() throws IOException, InterruptedException {
        System.out.printf(
                "%d keep-alive connections, closed loop, rounds of %d s, milliseconds of latency%n",
                CONNECTIONS, ROUND.toSeconds());
        System.out.println(
                "round     bare/s    p50    p99    max  cpu us   ackbox/s    p50    p99    max  cpu us  drain   ratio");
        pair(ROUND);
        pair(ROUND);
        List<Pair> pairs = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            Pair pair = pair(ROUND);
            pairs.add(pair);
            print(Integer.toString(round), List.of(pair));
        }
        print("median", pairs);
    }

    private Pair pair(Duration duration) throws IOException, InterruptedException {
        // Half as many again as were sent last time, so that they last.
        Requests requests = notifications.messages((int) (ackboxPerSecond * duration.toSeconds() * 1.5));
        ServerProcess.State first = server.awaitSettled();
        LoadResult bare;
        try (LoadClient client = new LoadClient(server.barePort(), CONNECTIONS, requests)) {
            bare = client.saturate(duration, true);
        }
        ServerProcess.State before = server.state();
        try (LoadClient client = new LoadClient(server.ackboxPort(), CONNECTIONS, requests)) {
            long start = System.nanoTime();
            LoadResult ackbox = client.saturate(duration, false);
            ServerProcess.State after = server.awaitSettled();
            long nanos = System.nanoTime() - start;
            check(ackbox, before, after);
            ackboxPerSecond = ackbox.acknowledged() * 1e9 / ackbox.nanos();
            return new Pair(
                    bare,
                    ackbox,
                    ackbox.acknowledged() * 1e9 / nanos,
                    (nanos - ackbox.nanos()) / 1e6,
                    (before.cpuNanos() - first.cpuNanos()) / 1e3 / bare.acknowledged(),
                    (after.cpuNanos() - before.cpuNanos()) / 1e3 / ackbox.acknowledged());
        }
    }

    /** A figure counts only if everything was acknowledged, and everything acknowledged was handled. */
    private static void check(LoadResult result, ServerProcess.State before, ServerProcess.State after) {
        long handled = after.handled() - before.handled();
        if (result.refused() > 0 || handled != result.acknowledged() || after.dead() > 0) {
            throw new IllegalStateException("Void: " + result.acknowledged() + " acknowledged, " + result.refused()
                    + " refused, " + handled + " handled, " + after.dead() + " dead");
        }
    }

    private static void print(String name, List<Pair> pairs) {
        System.out.printf(
                "%-6s %9.0f %6.1f %6.1f %6.0f %7.1f  %9.0f %6.1f %6.1f %6.0f %7.1f %6.0f   %.3f%n",
                name,
                median(pairs, Pair::barePerSecond),
                median(pairs, pair -> pair.bare().millisAt(50)),
                median(pairs, pair -> pair.bare().millisAt(99)),
                median(pairs, pair -> pair.bare().millisAt(100)),
                median(pairs, Pair::bareCpuMicros),
                median(pairs, Pair::settledPerSecond),
                median(pairs, pair -> pair.ackbox().millisAt(50)),
                median(pairs, pair -> pair.ackbox().millisAt(99)),
                median(pairs, pair -> pair.ackbox().millisAt(100)),
                median(pairs, Pair::ackboxCpuMicros),
                median(pairs, Pair::drainMillis),
                median(pairs, Pair::ratio));
    }

    private static double median(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
        double[] sorted = pairs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private void keepPace() throws IOException, InterruptedException {
        System.out.printf(
                "%d notifications/s for %d s, one in %d a message, the others statuses; latency since the planned time%n",
                PLANNED_PER_SECOND, PLANNED_SECONDS, PLANNED_MESSAGE_ONE_IN);
        LoadResult warmUp = keepPace(5);
        LoadResult result = keepPace(PLANNED_SECONDS);
        System.out.printf(
                "p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, max %.0f ms; slower than 250 ms: %.4f %%, than 1 s: %.4f %%%n",
                result.millisAt(50),
                result.millisAt(99),
                result.millisAt(99.9),
                result.millisAt(100),
                result.shareSlowerThan(250) * 100,
                result.shareSlowerThan(1_000) * 100);
        System.out.printf("(warm-up, 5 s: p99 %.1f ms)%n", warmUp.millisAt(99));
    }

    private LoadResult keepPace(int seconds) throws IOException, InterruptedException {
        Requests requests = notifications.mixed(PLANNED_PER_SECOND * seconds, PLANNED_MESSAGE_ONE_IN);
        ServerProcess.State before = server.awaitSettled();
        try (LoadClient client = new LoadClient(server.ackboxPort(), CONNECTIONS, requests)) {
            LoadResult result = client.sendPlanned(PLANNED_PER_SECOND);
            check(result, before, server.awaitSettled());
            return result;
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
