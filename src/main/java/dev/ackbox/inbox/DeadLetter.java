package dev.ackbox.inbox;

import java.time.Instant;

/**
 * A record that a consumer gave up.
 *
 * @param record with all its attempts counted
 * @param diedAt when it was given up
 * @param reason what failed last, without personal data
 */
public record DeadLetter(InboxRecord record, Instant diedAt, String reason) {}
