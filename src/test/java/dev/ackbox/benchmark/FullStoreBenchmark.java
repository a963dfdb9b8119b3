package dev.ackbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Measures how much more slowly Ackbox takes notifications where it has stored very many already, all of them completed. */
final class FullStoreBenchmark {

    private static final int STORED = Integer.getInteger("benchmark.stored", 1_000_000);
    private static final String JVM_OPTIONS = "-Xmx1g";
    private static final int FILL_AT_ONCE = 50_000;
    private static final Duration FILL_TIMEOUT = Duration.ofMinutes(1);

    private FullStoreBenchmark() {}

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
                printStored(ofFull, ofEmpty);
                new SideBySide(
                                new SideBySide.Side("full", ofFull, notifications),
                                new SideBySide.Side("empty", ofEmpty, notifications))
                        .run();
                printStored(ofFull, ofEmpty);
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

    private static void printStored(ServerProcess full, ServerProcess empty) throws IOException {
        System.out.printf(
                "stored: %,d in the full store, %,d in the empty one%n",
                STORED + full.state().handled(), empty.state().handled());
    }
}
