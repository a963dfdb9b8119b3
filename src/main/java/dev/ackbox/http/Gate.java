package dev.ackbox.http;

import jakarta.servlet.http.HttpServletRequest;

/** Decides before the body of a notification is read whether its sender may send any. Handshakes pass no gate. Called by many threads at once. */
@FunctionalInterface
interface Gate {

    /** Whether the request may go on; where it may not, it is answered 403. */
    boolean admits(HttpServletRequest request);
}
