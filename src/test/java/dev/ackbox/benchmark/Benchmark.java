package dev.ackbox.benchmark;

/**
 * Measures Ackbox, the whole of it, against a controller that only answers, and then how fast Ackbox answers at a given
 * rate. {@code src/docs/benchmarks.md} says what the figures are.
 */
final class Benchmark {

    private Benchmark() {}

    public static void main(String[] args) throws Exception {
        try (WorkDirectory directory = WorkDirectory.create();
                ServerProcess server = ServerProcess.start("-Xmx1g", directory.path(), BenchmarkServer.WITH_BARE)) {
            Notifications notifications = new Notifications();
            new Comparison(server, notifications).run();
            new PlannedLoad(notifications).run(server);
        }
    }
}
