package dev.ackbox.http;

import dev.ackbox.http.tomcat.PortObserver;
import java.time.Duration;

/** What the public port counts. Called by many threads at once; must be quick and must not throw. */
public interface RequestObserver extends PortObserver {

    /** Counts nothing. */
    RequestObserver NONE = new RequestObserver() {};

    /** In the place of an endpoint's name, where no endpoint has the path. */
    String NO_ENDPOINT = "none";

    /** Whoever enters the endpoint's URL at Meta has made a handshake; not an operator's {@code doctor}. */
    default void verified(String endpoint) {}

    /**
     * A notification is genuine.
     *
     * @param secret which of the endpoint's secrets proved it: {@code current}, {@code previous} and so on
     */
    default void authenticated(String endpoint, String secret) {}

    /**
     * It was found out why one of the requests that are refused with 401 is not genuine.
     *
     * @param reason such as {@code secret_of_another_endpoint}
     */
    default void diagnosed(String endpoint, String reason) {}

    /**
     * A request did not pass a check of its sender.
     *
     * @param check {@code address} or {@code certificate}
     * @param reason a word of a closed set
     * @param enforced whether it was answered 403 for it
     */
    default void mismatched(String endpoint, String check, String reason, boolean enforced) {}

    /**
     * A request was answered.
     *
     * @param endpoint name of the endpoint, or {@link #NO_ENDPOINT}
     */
    default void answered(String endpoint, Outcome outcome, Duration duration) {}

    @Override
    default void malformed() {
        answered(NO_ENDPOINT, Outcome.MALFORMED, Duration.ZERO);
    }
}
