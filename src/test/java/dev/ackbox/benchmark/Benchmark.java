package dev.ackbox.benchmark;

/**
 * Measures Ackbox, the whole of it, against a controller that only answers, and then how fast Ackbox answers at a given
 * rate. {@code src/docs/benchmarks.md} says what the figures are.
 */
final class Benchmark {

    private static final boolean BESIDE_BACKUPS =
            System.getProperty("benchmark.beside", "").equals("backup");

    private Benchmark() {}

    public static void main(String[] args) throws Exception {
        try (WorkDirectory directory = WorkDirectory.create();
                ServerProcess server = ServerProcess.start("-Xmx1g", directory.path(), BenchmarkServer.WITH_BARE)) {
            Notifications notifications = new Notifications();
            new Comparison(server, notifications).run();
            if (PlannedLoad.SECONDS > 0) {
                keepPace(server, new PlannedLoad(notifications), directory);
            }
        }
    }

    private static void keepPace(ServerProcess server, PlannedLoad load, WorkDirectory directory) throws Exception {
        load.run(server);
        if (BESIDE_BACKUPS) {
            try (Backup backup = Backup.of(directory.path())) {
                System.out.println("the same beside backups, one after the other:");
                load.runWarm(server);
                System.out.println("(" + backup.progress() + ")");
            }
        }
    }
}
