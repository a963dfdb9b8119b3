package dev.ackbox.inbox.engine;

import java.time.Duration;

/**
 * How long things are kept.
 *
 * @param duplicates keys of records, so that a redelivery is recognised
 * @param payload payloads of records that every important consumer has passed
 * @param deadLetter dead letters, including their payload
 * @param maxHold payloads of records that an important consumer has not passed
 */
public record Retention(Duration duplicates, Duration payload, Duration deadLetter, Duration maxHold) {}
