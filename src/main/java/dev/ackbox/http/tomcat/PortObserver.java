package dev.ackbox.http.tomcat;

/** What Tomcat decides before a request reaches the servlet. Called by Tomcat's own threads; must be quick and must not throw. */
public interface PortObserver {

    /** A connection was closed at once, because its network has as many as one may have. */
    default void connectionRejected() {}

    /** What came is not HTTP, or more than Tomcat reads; it was answered 400. */
    default void malformed() {}
}
