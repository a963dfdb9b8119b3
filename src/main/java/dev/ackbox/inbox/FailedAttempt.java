package dev.ackbox.inbox;

import java.time.Instant;

/**
 * An attempt at a record that has failed.
 *
 * @param number from 1 on; goes on counting after a requeue
 * @param at when it ended
 * @param reason what failed, without personal data
 */
public record FailedAttempt(int number, Instant at, String reason) {}
