package dev.ackbox.benchmark;

import dev.ackbox.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures one replica and three replicas on PostgreSQL against the file of SQLite and against a controller that only answers: in turns, in
 * one run, with servers, databases and load on one machine. {@code src/docs/benchmarks.md} says what the figures are.
 */
final class PostgresBenchmark implements AutoCloseable {

    private static final int REPLICAS = 3;

    /** Of a server that has the load for itself. */
    private static final int WARM_UP_SECONDS = 5;

    /** Each database has as many records before the first round, all of them completed. */
    private static final int KEPT = Integer.getInteger("benchmark.kept", 0);

    private static final String FIRST_ID = "SELECT setval('ackbox.record_id', " + KEPT + ")";

    /** As the writer writes them. They belong to no consumer: a consumer that is new begins behind what is erased. */
    private static final List<String> FILL = List.of(
            "INSERT INTO ackbox.source (endpoint, field, account, phone_number) VALUES ('default', 'messages', '1', '2')",
            "INSERT INTO ackbox.record (id, conversation, received_at, source, share, lane, key, subjects)"
                    + " SELECT i, i % 100000, extract(epoch FROM now()) * 1000, 1, i % 64, 1,"
                    + " decode(lpad(to_hex(i), 48, '0'), 'hex'), ARRAY[i % 100000] FROM generate_series(1::bigint, "
                    + KEPT + ") AS i",
            "INSERT INTO ackbox.payload (id, body)"
                    + " SELECT i, convert_to(repeat(md5(i::text), 32), 'UTF8') FROM generate_series(1::bigint, " + KEPT
                    + ") AS i",
            "INSERT INTO ackbox.seen (key, id) SELECT key, id FROM ackbox.record",
            "INSERT INTO ackbox.lookup (run, subject, id)"
                    + " SELECT id >> 16, subjects[1], id FROM ackbox.record ORDER BY 1, 2, 3",
            "UPDATE ackbox.store SET records = " + KEPT + ", erased_through = " + KEPT,
            FIRST_ID,
            "ANALYZE");

    private final Notifications notifications = new Notifications();
    private final WorkDirectory directory;
    private final EmbeddedPostgres database;
    private final List<ServerProcess> started = new ArrayList<>();

    private PostgresBenchmark(WorkDirectory directory) throws IOException {
        this.directory = directory;
        this.database = EmbeddedPostgres.builder()
                .setPort(FreePort.find())
                .setDataDirectory(directory.path().resolve("postgresql"))
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
    }

    public static void main(String[] args) throws Exception {
        try (WorkDirectory directory = WorkDirectory.create();
                PostgresBenchmark benchmark = new PostgresBenchmark(directory)) {
            benchmark.run();
        }
    }

    /**
     * What is measured.
     *
     * @param ports that the load's connections go to in turns
     * @param isSettled whether the servers handle what they acknowledge
     */
    private record Subject(String name, List<ServerProcess> servers, List<Integer> ports, boolean isSettled) {

        static Subject of(String name, List<ServerProcess> servers) {
            return new Subject(
                    name,
                    servers,
                    servers.stream().map(ServerProcess::ackboxPort).toList(),
                    true);
        }

        /** Each server gets its share of the load, and compiles for as many calls as any other. */
        int warmUpSeconds() {
            return WARM_UP_SECONDS * servers.size();
        }

        long handled() throws IOException {
            long handled = 0;
            for (ServerProcess server : servers) {
                handled += server.state().handled();
            }
            return handled;
        }

        long cpuNanos() throws IOException {
            long nanos = 0;
            for (ServerProcess server : servers) {
                nanos += server.state().cpuNanos();
            }
            return nanos;
        }

        double writtenBytes() throws IOException {
            double bytes = 0;
            for (ServerProcess server : servers) {
                bytes += server.state().writtenBytes();
            }
            return bytes;
        }
    }

    private record Figures(double perSecond, double p50, double p99, double cpuMicros, double kilobytes) {}

    private void run() throws Exception {
        ServerProcess sqlite = start(BenchmarkServer.WITH_BARE);
        List<ServerProcess> one = replicas("one", 1);
        List<ServerProcess> three = replicas("three", REPLICAS);
        List<Subject> subjects = List.of(
                new Subject("bare controller", List.of(sqlite), List.of(sqlite.barePort()), false),
                Subject.of("SQLite", List.of(sqlite)),
                Subject.of("PostgreSQL, one replica", one),
                Subject.of("PostgreSQL, three replicas", three));
        saturate(subjects);
        for (Subject subject : subjects.subList(1, subjects.size())) {
            keepPace(subject);
        }
    }

    private ServerProcess start(String... arguments) throws IOException {
        ServerProcess server =
                ServerProcess.start("-Xmx512m", Files.createTempDirectory(directory.path(), "server"), arguments);
        started.add(server);
        return server;
    }

    private List<ServerProcess> replicas(String name, int count) throws IOException, SQLException {
        execute("postgres", "CREATE DATABASE " + name);
        List<ServerProcess> replicas = new ArrayList<>();
        String url = database.getJdbcUrl("postgres", name);
        if (KEPT > 0) {
            try (ServerProcess first = ServerProcess.start("-Xmx512m", directory.path(), engine(url))) {
                first.state(); // it has created the tables
            }
            execute(name, "DELETE FROM ackbox.progress");
            execute(name, "DELETE FROM ackbox.consumer");
            for (String sql : FILL) {
                execute(name, sql);
            }
        }
        for (int i = 0; i < count; i++) {
            replicas.add(start(engine(url)));
        }
        return replicas;
    }

    private static String[] engine(String url) {
        return new String[] {
            BenchmarkServer.WITH_SCENARIOS,
            "--ackbox.inbox.engine=postgresql",
            "--ackbox.inbox.postgresql.url=" + url,
            "--ackbox.inbox.postgresql.username=postgres",
            "--ackbox.inbox.postgresql.password=postgres"
        };
    }

    private void execute(String name, String sql) throws SQLException {
        try (Connection connection = database.getDatabase("postgres", name).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void saturate(List<Subject> subjects) throws Exception {
        if (Saturation.ROUNDS == 0) {
            return;
        }
        System.out.println(Saturation.description() + "; " + KEPT + " records kept before");
        List<List<Figures>> all = new ArrayList<>();
        for (Subject subject : subjects) {
            round(subject, Duration.ofSeconds(subject.warmUpSeconds()));
            all.add(new ArrayList<>());
        }
        for (int round = 0; round < Saturation.ROUNDS; round++) {
            for (int i = 0; i < subjects.size(); i++) {
                all.get(i).add(round(subjects.get(i), Saturation.ROUND));
            }
        }
        System.out.println("                               handled/s    p50    p99  cpu us  KB/rec");
        for (int i = 0; i < subjects.size(); i++) {
            List<Figures> figures = all.get(i);
            System.out.printf(
                    "%-28s %11.0f %6.1f %6.1f %7.1f %7.2f%n",
                    subjects.get(i).name(),
                    Medians.of(figures, Figures::perSecond),
                    Medians.of(figures, Figures::p50),
                    Medians.of(figures, Figures::p99),
                    Medians.of(figures, Figures::cpuMicros),
                    Medians.of(figures, Figures::kilobytes));
        }
    }

    private Figures round(Subject subject, Duration duration) throws Exception {
        Requests requests = notifications.messages((int) duration.toSeconds() * 30_000);
        long handledBefore = subject.handled();
        long cpuBefore = subject.cpuNanos();
        double writtenBefore = subject.writtenBytes() + databaseWrittenBytes();
        long start = System.nanoTime();
        LoadResult result;
        try (LoadClient client = new LoadClient(subject.ports(), requests, LoadClient.CONNECTIONS)) {
            result = client.saturate(duration, !subject.isSettled());
        }
        if (subject.isSettled()) {
            awaitHandled(subject, handledBefore + result.acknowledged());
        }
        long nanos = subject.isSettled() ? System.nanoTime() - start : result.nanos();
        if (result.refused() > 0) {
            throw new IllegalStateException("Void: " + result.refused() + " refused by " + subject.name());
        }
        return new Figures(
                result.acknowledged() * 1e9 / nanos,
                result.millisAt(50),
                result.millisAt(99),
                (subject.cpuNanos() - cpuBefore) / 1e3 / result.acknowledged(),
                (subject.writtenBytes() + databaseWrittenBytes() - writtenBefore) / 1024 / result.acknowledged());
    }

    private static void awaitHandled(Subject subject, long handled) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (subject.handled() < handled) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        subject.name() + " has handled " + subject.handled() + " of " + handled);
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    /** By all processes of the server that are there; those of the replicas' connections stay. */
    private double databaseWrittenBytes() throws IOException {
        double bytes = 0;
        for (ProcessHandle process : ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/bin/postgres"))
                .toList()) {
            Path io = Path.of("/proc", Long.toString(process.pid()), "io");
            if (Files.isReadable(io)) {
                bytes += Files.readAllLines(io).stream()
                        .filter(line -> line.startsWith("write_bytes:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                        .sum();
            }
        }
        return bytes;
    }

    private void keepPace(Subject subject) throws Exception {
        PlannedLoad load = new PlannedLoad(notifications);
        planned(subject, load, subject.warmUpSeconds());
        if (subject.servers().get(0).barePort() == 0) {
            for (ServerProcess server : subject.servers()) {
                server.takeUntilHandled();
            }
        }
        LoadResult result = planned(subject, load, PlannedLoad.SECONDS);
        System.out.printf(
                "%s: %s: acknowledged p50 %.1f ms, p99 %.1f ms, max %.0f ms%n",
                PlannedLoad.description(PlannedLoad.SECONDS),
                subject.name(),
                result.millisAt(50),
                result.millisAt(99),
                result.millisAt(100));
        if (subject.servers().get(0).barePort() == 0) {
            for (ServerProcess server : subject.servers()) {
                System.out.println("  received until handled, ms: " + server.takeUntilHandled());
            }
        }
    }

    private LoadResult planned(Subject subject, PlannedLoad load, int seconds) throws Exception {
        long before = subject.handled();
        try (LoadClient client = new LoadClient(subject.ports(), load.requests(seconds), LoadClient.CONNECTIONS)) {
            LoadResult result = load.send(client);
            awaitHandled(subject, before + result.acknowledged());
            return result;
        }
    }

    @Override
    public void close() throws IOException {
        started.forEach(ServerProcess::close);
        database.close();
    }
}
