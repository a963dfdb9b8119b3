package dev.ackbox.inbox;

import java.time.Duration;

/** Counts what becomes of records. Told after it is durable, by the inbox's writer; must be quick and must not throw. */
public interface InboxObserver {

    /** Counts nothing. */
    InboxObserver NONE = new InboxObserver() {};

    /** What a record came to. */
    enum Result {
        COMPLETED,
        DEAD
    }

    /**
     * A record has come to its end for a consumer.
     *
     * @param latency since it was received
     */
    default void finished(String consumer, String field, Result result, Duration latency) {}

    /**
     * Attempts ended without effect, or still run, since their records went to another process: it makes them again. That a conversation
     * is worked on twice at once can happen then, and only then.
     */
    default void disowned(String consumer, long attempts) {}

    /** Records were no longer kept when their consumer came to them. */
    default void overtaken(String consumer, long records) {}
}
