package dev.ackbox.intake;

import dev.ackbox.inbox.NewRecord;
import java.time.Duration;

/** What intake counts. Called by many threads at once; must be quick and must not throw. */
public interface IntakeObserver {

    /** Counts nothing. */
    IntakeObserver NONE = new IntakeObserver() {};

    /**
     * A notification is durable, now or before.
     *
     * @param dashboardTest whether it is nothing but a test that somebody sent from the app dashboard
     */
    default void accepted(String endpoint, boolean dashboardTest) {}

    /** A new record is durable. */
    default void stored(NewRecord stored) {}

    /** A record was there before. */
    default void duplicate(String field) {}

    /** How long an item was on its way, from its own time until it was received; not called where it has no time. */
    default void delay(String field, Duration delay) {}
}
