package dev.ackbox.inbox.jdbc;

/**
 * How much of one lane may be in memory, handed out and not settled included. What is beyond it stays in the database.
 *
 * @param records as a count
 * @param bytes as their footprint; one record more than that is let in
 */
record HandOverBounds(long records, long bytes) {}
