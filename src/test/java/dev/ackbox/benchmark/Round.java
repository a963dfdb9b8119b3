package dev.ackbox.benchmark;

import java.io.IOException;

/**
 * A load on Ackbox, measured until all of it was settled.
 *
 * @param result what the client saw
 * @param nanos from the first request until the last record was settled
 * @param cpuNanos the server's processor time
 * @param writtenBytes what the server gave to the disk
 */
record Round(LoadResult result, long nanos, long cpuNanos, double writtenBytes) {

    /** Sends requests. */
    interface Load {

        LoadResult send(LoadClient client) throws IOException;
    }

    static Round measure(ServerProcess server, Requests requests, Load load) throws IOException, InterruptedException {
        ServerProcess.State before = server.awaitSettled();
        try (LoadClient client = new LoadClient(server.ackboxPort(), requests)) {
            long start = System.nanoTime();
            LoadResult result = load.send(client);
            ServerProcess.State after = server.awaitSettled();
            long nanos = System.nanoTime() - start;
            check(result, before, after);
            return new Round(
                    result, nanos, after.cpuNanos() - before.cpuNanos(), after.writtenBytes() - before.writtenBytes());
        }
    }

    /** A figure counts only if everything was acknowledged, and everything acknowledged was handled. */
    private static void check(LoadResult result, ServerProcess.State before, ServerProcess.State after) {
        long handled = after.handled() - before.handled();
        if (result.refused() > 0 || handled != result.acknowledged() || after.dead() > 0) {
            throw new IllegalStateException("Void: " + result.acknowledged() + " acknowledged, " + result.refused()
                    + " refused, " + handled + " handled, " + after.dead() + " dead");
        }
    }

    /** What Ackbox acknowledged, by the time until all of it was settled. */
    double settledPerSecond() {
        return result.acknowledged() * 1e9 / nanos;
    }

    double drainMillis() {
        return (nanos - result.nanos()) / 1e6;
    }

    /** The server's processor time for each notification. */
    double cpuMicros() {
        return cpuNanos / 1e3 / result.acknowledged();
    }

    /** What the server gave to the disk for each notification, in units of 1,024 bytes. */
    double kilobytesPerRecord() {
        return writtenBytes / 1024 / result.acknowledged();
    }
}
