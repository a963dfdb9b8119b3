package dev.ackbox.inbox.jdbc;

import java.time.Duration;

/**
 * How long things are kept.
 *
 * @param duplicates keys of settled records, so that a redelivery is known
 * @param payload payloads of settled records
 * @param deadLetter dead letters, payload included
 */
record Retention(Duration duplicates, Duration payload, Duration deadLetter) {}
