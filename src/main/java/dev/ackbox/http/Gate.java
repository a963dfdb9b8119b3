package dev.ackbox.http;

import jakarta.servlet.http.HttpServletRequest;

/** Decides before anything of a request is read whether its sender may ask at all. Called by many threads at once. */
@FunctionalInterface
interface Gate {

    /** Whether the request may go on; where it may not, it is answered 403. */
    boolean admits(HttpServletRequest request);
}
