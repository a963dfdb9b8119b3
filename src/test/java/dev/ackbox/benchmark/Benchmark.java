package dev.ackbox.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Measures Ackbox, the whole of it, against a controller that only answers, and then how fast Ackbox answers at a given
 * rate. {@code src/docs/benchmarks.md} says what the figures are.
 */
final class Benchmark {

    private static final String BESIDE = System.getProperty("benchmark.beside", "");

    private Benchmark() {}

    public static void main(String[] args) throws Exception {
        Notifications notifications = new Notifications();
        PlannedLoad load = new PlannedLoad(notifications);
        try (WorkDirectory directory = WorkDirectory.create()) {
            try (ServerProcess server = ServerProcess.start("-Xmx1g", directory.path(), BenchmarkServer.WITH_BARE)) {
                new Comparison(server, notifications).run();
                if (PlannedLoad.SECONDS > 0) {
                    load.run(server);
                }
            }
            if (BESIDE.equals("purge")) {
                keepPaceBesidePurge(load, directory);
            }
        }
    }

    private static void keepPaceBesidePurge(PlannedLoad load, WorkDirectory directory) throws Exception {
        System.out.println("the same beside a purge of what was stored before:");
        long before = payloads(directory);
        try (ServerProcess server = ServerProcess.start("-Xmx1g", directory.path(), BenchmarkServer.FORGETTING)) {
            load.run(server);
        }
        System.out.println("(" + before + " payloads before, " + payloads(directory) + " after)");
    }

    private static long payloads(WorkDirectory directory) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + directory.path().resolve("inbox.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM payload")) {
            return rows.getLong(1);
        }
    }
}
