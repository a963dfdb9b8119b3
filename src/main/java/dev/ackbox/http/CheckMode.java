package dev.ackbox.http;

/** What becomes of a request that does not pass a check. */
enum CheckMode {
    /** Nothing is checked. */
    OFF,
    /** It is counted, and goes on: to find out what would be refused. */
    REPORT,
    /** It is answered 403. */
    ENFORCE
}
