package dev.ackbox.benchmark;

import java.io.IOException;
import java.time.Duration;

/** Rounds in which Ackbox gets as many notifications, all of them new, as it takes. */
final class Saturation {

    /** Before anything is known about this machine. */
    private static final double FIRST_GUESS_PER_SECOND = 10_000;

    private final Notifications notifications;
    private final Duration duration;
    private double perSecond = FIRST_GUESS_PER_SECOND;

    Saturation(Notifications notifications, Duration duration) {
        this.notifications = notifications;
        this.duration = duration;
    }

    /** Requests for a round: half as many again as were sent in the last one, so that they last. */
    Requests requests() {
        return notifications.messages((int) (perSecond * duration.toSeconds() * 1.5));
    }

    Round measure(ServerProcess server, Requests requests) throws IOException, InterruptedException {
        Round round = Round.measure(server, requests, client -> client.saturate(duration, false));
        perSecond = round.result().acknowledged() * 1e9 / round.result().nanos();
        return round;
    }
}
