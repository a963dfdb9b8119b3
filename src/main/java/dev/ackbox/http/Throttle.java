package dev.ackbox.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets one event of each kind through in an interval, so that a flood of requests does not become a flood of log lines. Remembers each
 * kind, so a kind must never be text of a sender's. Safe for use by several threads.
 */
public final class Throttle {

    private final Duration interval;
    private final Clock clock;
    private final Map<String, Instant> nextByKind = new ConcurrentHashMap<>();

    public Throttle(Duration interval, Clock clock) {
        this.interval = interval;
        this.clock = clock;
    }

    /** Whether the first event of its kind since the interval is over. */
    public boolean permits(String kind) {
        Instant now = clock.instant();
        Instant next = nextByKind.putIfAbsent(kind, now.plus(interval));
        return next == null || (!now.isBefore(next) && nextByKind.replace(kind, next, now.plus(interval)));
    }
}
