package dev.ackbox.benchmark;

import java.io.IOException;

/** Notifications at a given rate, most of them statuses, each sent at its time. */
final class PlannedLoad {

    private static final int PER_SECOND = Integer.getInteger("benchmark.rate", 3_300);
    static final int SECONDS = Integer.getInteger("benchmark.planned-seconds", 30);
    private static final int WARM_UP_SECONDS = 5;
    private static final int MESSAGE_ONE_IN = 11;

    private final Notifications notifications;

    PlannedLoad(Notifications notifications) {
        this.notifications = notifications;
    }

    Requests requests(int seconds) {
        return notifications.mixed(PER_SECOND * seconds, MESSAGE_ONE_IN);
    }

    LoadResult send(LoadClient client) throws IOException {
        return client.sendPlanned(PER_SECOND);
    }

    /** What it is, to be printed over its figures. */
    static String description(int seconds) {
        return "%d notifications/s for %d s, one in %d a message, the others statuses; latency since the planned time"
                .formatted(PER_SECOND, seconds, MESSAGE_ONE_IN);
    }

    /** Warms a server up, then measures. */
    void run(ServerProcess server) throws IOException, InterruptedException {
        System.out.println(description(SECONDS));
        LoadResult warmUp = send(server, WARM_UP_SECONDS);
        print(measure(server));
        System.out.printf("(warm-up, %d s: p99 %.1f ms)%n", WARM_UP_SECONDS, warmUp.millisAt(99));
    }

    /** Measures on a server that is warm. */
    Latencies measure(ServerProcess server) throws IOException, InterruptedException {
        return send(server, SECONDS).latencies();
    }

    private LoadResult send(ServerProcess server, int seconds) throws IOException, InterruptedException {
        return Round.measure(server, requests(seconds), this::send).result();
    }

    private static void print(Latencies latencies) {
        System.out.printf(
                "p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, max %.0f ms; slower than 250 ms: %.4f %%, than 1 s: %.4f %%%n",
                latencies.millisAt(50),
                latencies.millisAt(99),
                latencies.millisAt(99.9),
                latencies.millisAt(100),
                latencies.shareSlowerThan(250) * 100,
                latencies.shareSlowerThan(1_000) * 100);
    }
}
