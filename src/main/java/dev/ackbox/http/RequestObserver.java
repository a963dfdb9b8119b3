package dev.ackbox.http;

import java.time.Duration;

/** What the public port counts. Called by many threads at once; must be quick and must not throw. */
public interface RequestObserver {

    /**
     * A request was answered.
     *
     * @param endpoint name of the endpoint, or {@code none} where no endpoint has the path
     */
    void answered(String endpoint, Outcome outcome, Duration duration);
}
