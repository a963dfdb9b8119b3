package dev.ackbox.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Sends messages at a given rate, each at its time, while something happens that should not hold them up. */
final class ScenarioBenchmark {

    private static final int PER_SECOND = Integer.getInteger("benchmark.scenario-rate", 1_000);
    private static final int HOLD_SECONDS = Integer.getInteger("benchmark.hold-seconds", 60);
    private static final int WARM_UP_SECONDS = 5;
    private static final String JVM_OPTIONS = "-Xmx512m";
    private static final int CHUNKS = 100;
    private static final int CHUNK_BYTES = 3_000_000;
    private static final int SAMPLE_MILLIS = 50;

    private final Notifications notifications;
    private final Path log;
    private final Path database;
    private final ServerProcess server;

    private ScenarioBenchmark(Notifications notifications, Path directory, ServerProcess server) {
        this.notifications = notifications;
        this.database = directory.resolve("inbox.db");
        this.log = directory.resolve("inbox.db-wal");
        this.server = server;
    }

    public static void main(String[] args) throws Exception {
        System.out.printf(
                "%d messages/s, latency since the planned time; handled: since they were received; log: the write-ahead log%n",
                PER_SECOND);
        run("plain", benchmark -> () -> 0);
        run("outside reader", benchmark -> benchmark.new OutsideReader());
        run("history", benchmark -> benchmark::sendHistory);
        run("spinning handlers", benchmark -> benchmark::spin);
    }

    /** Makes a scenario for a server. */
    private interface Scenarios {

        Scenario of(ScenarioBenchmark benchmark);
    }

    private static void run(String name, Scenarios scenarios) throws Exception {
        try (WorkDirectory directory = WorkDirectory.create();
                ServerProcess server =
                        ServerProcess.start(JVM_OPTIONS, directory.path(), BenchmarkServer.WITH_SCENARIOS)) {
            ScenarioBenchmark benchmark = new ScenarioBenchmark(new Notifications(), directory.path(), server);
            benchmark.measure(WARM_UP_SECONDS, () -> 0);
            Scenario scenario = scenarios.of(benchmark);
            System.out.println(
                    name + ", " + scenario.seconds() + " s: " + benchmark.measure(scenario.seconds(), scenario));
        }
    }

    /** Returns the figures, when everything is settled. */
    private String measure(int seconds, Scenario scenario) throws Exception {
        Requests requests = notifications.messages(PER_SECOND * seconds);
        ServerProcess.State before = server.awaitSettled();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (LoadClient client = new LoadClient(server.ackboxPort(), requests)) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            CompletableFuture<Long> largestLog = CompletableFuture.supplyAsync(() -> largestLog(end), threads);
            CompletableFuture<Integer> beside = CompletableFuture.supplyAsync(() -> run(scenario), threads);
            LoadResult result = client.sendPlanned(PER_SECOND);
            int sent = beside.get(2, TimeUnit.MINUTES);
            ServerProcess.State after = server.awaitSettled();
            end.complete(null);
            check(result, after.handled() - before.handled() - sent, after.dead());
            return "acknowledged %s; handled %s; log at most %d MB, at the end %d MB"
                    .formatted(
                            figures(result.millisAt(50), result.millisAt(99), result.millisAt(100)),
                            server.takeUntilHandled(),
                            largestLog.get(1, TimeUnit.MINUTES) >> 20,
                            logBytes() >> 20);
        } finally {
            threads.shutdownNow();
        }
    }

    /** In the order in which {@link BenchmarkServer} gives them too. */
    static String figures(double p50, double p99, double max) {
        return "p50 %.1f ms, p99 %.1f ms, max %.0f ms".formatted(p50, p99, max);
    }

    private static int run(Scenario scenario) {
        try {
            return scenario.run();
        } catch (Exception ex) {
            throw new IllegalStateException("The scenario failed", ex);
        }
    }

    private static void check(LoadResult result, long handled, long dead) {
        if (result.refused() > 0 || handled != result.acknowledged() || dead > 0) {
            throw new IllegalStateException("Void: " + result.acknowledged() + " acknowledged, " + result.refused()
                    + " refused, " + handled + " handled, " + dead + " dead");
        }
    }

    private long largestLog(CompletableFuture<Void> end) {
        long largest = logBytes();
        while (!end.isDone()) {
            pause(SAMPLE_MILLIS);
            largest = Math.max(largest, logBytes());
        }
        return largest;
    }

    private long logBytes() {
        try {
            return Files.size(log);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** A process that reads the database and leaves its transaction open for a while. The load goes on after that. */
    private final class OutsideReader implements Scenario {

        private static final int SECONDS_AFTERWARDS = 15;

        @Override
        public int seconds() {
            return HOLD_SECONDS + SECONDS_AFTERWARDS;
        }

        @Override
        public int run() throws Exception {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                    Statement statement = connection.createStatement()) {
                statement.execute("BEGIN");
                statement.executeQuery("SELECT count(*) FROM record").close();
                pause(TimeUnit.SECONDS.toMillis(HOLD_SECONDS));
                statement.execute("COMMIT");
            }
            return 0;
        }
    }

    /** One phone number's history, spread over the time of the load. */
    private int sendHistory() throws IOException, InterruptedException {
        LargeClient client = new LargeClient(server.ackboxPort());
        long interval = TimeUnit.SECONDS.toMillis(PlannedLoad.SECONDS) / CHUNKS;
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            long start = System.nanoTime();
            client.send(notifications.historyChunk(chunk, CHUNK_BYTES));
            pause(Math.max(0, interval - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)));
        }
        return CHUNKS;
    }

    private int spin() throws IOException, InterruptedException {
        LargeClient client = new LargeClient(server.ackboxPort());
        int processors = Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < processors; i++) {
            client.send(notifications.text(ScenarioHandler.SPIN));
        }
        return processors;
    }
}
