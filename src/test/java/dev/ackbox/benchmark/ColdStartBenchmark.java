package dev.ackbox.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures the first seconds of the packaged service: notifications come at a given rate as soon as it says that it is ready. */
final class ColdStartBenchmark {

    private static final int LAUNCHES = Integer.getInteger("benchmark.launches", 5);
    private static final int SECONDS = 4;

    private final PlannedLoad load = new PlannedLoad(new Notifications());

    private ColdStartBenchmark() {}

    public static void main(String[] args) throws Exception {
        new ColdStartBenchmark().run();
    }

    /**
     * A start of the service.
     *
     * @param readyMillis from the launch until it was ready
     * @param residentMegabytes after the load
     */
    private record Launch(double readyMillis, double residentMegabytes, LoadResult result) {

        /** Of one second, or of all of them: that is number 0. */
        Latencies latencies(int second) {
            return second == 0 ? result.latencies() : result.seconds().get(second - 1);
        }
    }

    private void run() throws IOException, InterruptedException {
        System.out.println(PlannedLoad.description(SECONDS));
        System.out.println("launch  ready ms  resident MB  second  p50 ms  p99 ms  max ms");
        // The client is cold, too.
        print("(first)", List.of(launch()));
        List<Launch> launches = new ArrayList<>();
        for (int number = 1; number <= LAUNCHES; number++) {
            Launch launch = launch();
            launches.add(launch);
            print(Integer.toString(number), List.of(launch));
        }
        print("median", launches);
    }

    private Launch launch() throws IOException, InterruptedException {
        Requests requests = load.requests(SECONDS);
        try (WorkDirectory directory = WorkDirectory.create()) {
            long start = System.nanoTime();
            try (PackagedServer server = PackagedServer.start(directory.path())) {
                server.awaitReady();
                long ready = System.nanoTime() - start;
                LoadResult result = send(server, requests);
                return new Launch(ready / 1e6, server.process().residentMegabytes(), result);
            }
        }
    }

    private LoadResult send(PackagedServer server, Requests requests) throws IOException {
        try (LoadClient client = new LoadClient(server.port(), requests)) {
            LoadResult result = load.send(client);
            if (result.refused() > 0) {
                throw new IllegalStateException("Void: " + result.refused() + " refused");
            }
            return result;
        }
    }

    private static void print(String name, List<Launch> launches) {
        System.out.printf(
                "%-7s %8.0f %12.0f",
                name, Medians.of(launches, Launch::readyMillis), Medians.of(launches, Launch::residentMegabytes));
        for (int second = 0; second <= SECONDS; second++) {
            int number = second;
            System.out.printf(
                    "%s %7s %7.1f %7.1f %7.0f%n",
                    second == 0 ? "" : " ".repeat(29),
                    second == 0 ? "all" : second,
                    Medians.of(launches, launch -> launch.latencies(number).millisAt(50)),
                    Medians.of(launches, launch -> launch.latencies(number).millisAt(99)),
                    Medians.of(launches, launch -> launch.latencies(number).millisAt(100)));
        }
    }
}
