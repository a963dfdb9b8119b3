package dev.ackbox.http.tomcat;

/** What becomes of connections to the public port. Called by Tomcat's own threads; must be quick and must not throw. */
public interface ConnectionObserver {

    /** Why a connection was closed before its sender wanted that. */
    enum Reason {
        /** Its network has as many connections as one may have. */
        TOO_MANY,
        /** Its request did not come in time. */
        TOO_SLOW
    }

    /** A connection was closed. */
    void closed(Reason reason);
}
