package dev.ackbox.benchmark;

import java.util.concurrent.TimeUnit;

/**
 * Attacks a server with a small heap from many networks, and sends genuine notifications from the middle on: how long their
 * acknowledgements take beside the attack and without it. {@code src/docs/benchmarks.md} has the figures.
 */
final class AttackBenchmark {

    private static final int SECONDS = Integer.getInteger("benchmark.attack-seconds", 600);
    private static final int PER_SECOND = Integer.getInteger("benchmark.attack-rate", 100);
    private static final int QUIET_SECONDS = Math.min(60, SECONDS / 2);

    /** Of the genuine sender. */
    private static final int CONNECTIONS = 8;

    private AttackBenchmark() {}

    public static void main(String[] args) throws Exception {
        Notifications notifications = new Notifications();
        try (WorkDirectory directory = WorkDirectory.create();
                ServerProcess server = ServerProcess.start("-Xmx192m -XX:+ExitOnOutOfMemoryError", directory.path())) {
            send(server, notifications, 5);
            LoadResult quiet = send(server, notifications, QUIET_SECONDS);
            print("quiet, " + QUIET_SECONDS + " s", quiet);
            try (Attackers attackers = new Attackers(server.ackboxPort())) {
                attackers.start();
                TimeUnit.SECONDS.sleep(SECONDS / 2);
                LoadResult attacked = send(server, notifications, SECONDS - SECONDS / 2);
                print(
                        "second half of " + SECONDS + " s of attack from " + Attackers.NETWORKS + " networks, with "
                                + Attackers.FORGED_PER_SECOND + " forged bodies of 4 MB a second",
                        attacked);
                System.out.println(attackers.figures());
                System.out.printf(
                        "p99 %.1f times as long; resident at most %.0f MB%n",
                        attacked.millisAt(99) / quiet.millisAt(99),
                        server.process().peakResidentMegabytes());
            }
            server.awaitSettled();
        }
    }

    private static LoadResult send(ServerProcess server, Notifications notifications, int seconds) throws Exception {
        Requests requests = notifications.messages(PER_SECOND * seconds);
        try (LoadClient client = new LoadClient(server.ackboxPort(), requests, CONNECTIONS)) {
            ServerProcess.State before = server.state();
            LoadResult result = client.sendPlanned(PER_SECOND);
            System.out.printf(
                    "server's processor time: %.0f %% of one processor%n",
                    100.0 * (server.state().cpuNanos() - before.cpuNanos()) / result.nanos());
            if (result.refused() > 0) {
                throw new IllegalStateException(result.refused() + " genuine notifications were rejected");
            }
            return result;
        }
    }

    private static void print(String name, LoadResult result) {
        System.out.printf(
                "%s: %d notifications, %s%n",
                name,
                result.acknowledged(),
                ScenarioBenchmark.figures(result.millisAt(50), result.millisAt(99), result.millisAt(100)));
    }
}
