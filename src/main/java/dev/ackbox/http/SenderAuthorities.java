package dev.ackbox.http;

import java.time.Instant;
import java.util.Map;

/** The authorities that client certificates have to come from. May be called by any thread at any time. */
public interface SenderAuthorities {

    /** When each in use ends, by endpoint and name; empty where there are none. */
    Map<String, Map<String, Instant>> expiries();
}
