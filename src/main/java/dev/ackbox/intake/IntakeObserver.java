package dev.ackbox.intake;

import dev.ackbox.inbox.NewRecord;
import java.time.Duration;

/** What intake counts. Called by many threads at once; must be quick and must not throw. */
public interface IntakeObserver {

    /**
     * A notification is durable, now or before.
     *
     * @param dashboardTest whether it is nothing but a test that somebody sent from the app dashboard
     */
    void accepted(String endpoint, boolean dashboardTest);

    /** A new record is durable. */
    void stored(NewRecord stored);

    /** A record was there before. */
    void duplicate(String field);

    /** How long an item was on its way, from its own time until it was received; not called where it has no time. */
    void delay(String field, Duration delay);
}
