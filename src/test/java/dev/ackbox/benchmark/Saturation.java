package dev.ackbox.benchmark;

import java.io.IOException;
import java.time.Duration;

/** Rounds in which Ackbox gets as many notifications, all of them new, as it takes. */
final class Saturation {

    static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);
    static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 8));

    /** Before anything is known about this machine. */
    private static final double FIRST_GUESS_PER_SECOND = 10_000;

    private final Notifications notifications;
    private double perSecond = FIRST_GUESS_PER_SECOND;

    Saturation(Notifications notifications) {
        this.notifications = notifications;
    }

    /** What it is, to be printed over its figures. */
    static String description() {
        return "%d keep-alive connections, closed loop, rounds of %d s, milliseconds of latency"
                .formatted(LoadClient.CONNECTIONS, ROUND.toSeconds());
    }

    /** Requests for a round: half as many again as were sent in the last one, so that they last. */
    Requests requests() {
        return notifications.messages((int) (perSecond * ROUND.toSeconds() * 1.5));
    }

    Round measure(ServerProcess server, Requests requests) throws IOException, InterruptedException {
        Round round = Round.measure(server, requests, client -> client.saturate(ROUND, false));
        perSecond = round.result().acknowledged() * 1e9 / round.result().nanos();
        return round;
    }
}
