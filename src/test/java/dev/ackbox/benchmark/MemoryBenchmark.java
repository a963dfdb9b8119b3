package dev.ackbox.benchmark;

import java.io.IOException;

/** Measures the resident memory of a server that runs Ackbox alone, with a small heap, at a given rate. */
final class MemoryBenchmark {

    /** The image's, except for the largest heap. */
    private static final String JVM_OPTIONS = "-Xmx256m -Xms32m -XX:TrimNativeHeapInterval=5000";

    private MemoryBenchmark() {}

    public static void main(String[] args) throws Exception {
        try (WorkDirectory directory = WorkDirectory.create();
                ServerProcess server = ServerProcess.start(JVM_OPTIONS, directory.path())) {
            print("after the start", server.process());
            new PlannedLoad(new Notifications()).run(server);
            print("after the load", server.process());
        }
    }

    private static void print(String when, JavaProcess process) throws IOException {
        System.out.printf(
                "resident %s: %.0f MB, of which %.0f MB are of files; at most so far: %.0f MB%n",
                when, process.residentMegabytes(), process.residentMegabytesOfFiles(), process.peakResidentMegabytes());
    }
}
