package dev.ackbox.inbox.engine;

/**
 * How much of one lane a consumer may have in memory, including what is worked on. What is beyond it stays in the store.
 *
 * @param records as a count
 * @param bytes as their footprint; one record more than that is let in
 */
public record HandOverBounds(long records, long bytes) {}
