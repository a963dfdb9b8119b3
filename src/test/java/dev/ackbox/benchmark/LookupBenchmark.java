package dev.ackbox.benchmark;

import java.nio.file.Files;

/** Measures how much more slowly Ackbox takes notifications because their records can be found by message and user. */
final class LookupBenchmark {

    private static final String JVM_OPTIONS = "-Xmx1g";

    private LookupBenchmark() {}

    public static void main(String[] args) throws Exception {
        Notifications notifications = new Notifications();
        try (WorkDirectory directory = WorkDirectory.create();
                ServerProcess with = ServerProcess.start(
                        JVM_OPTIONS, Files.createDirectory(directory.path().resolve("with")));
                ServerProcess without = ServerProcess.start(
                        JVM_OPTIONS,
                        Files.createDirectory(directory.path().resolve("without")),
                        BenchmarkServer.WITHOUT_SUBJECTS)) {
            new SideBySide(
                            new SideBySide.Side("with", with, notifications),
                            new SideBySide.Side("without", without, notifications))
                    .run();
        }
    }
}
