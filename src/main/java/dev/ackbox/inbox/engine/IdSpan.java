package dev.ackbox.inbox.engine;

/**
 * Ids of records, from behind one up to another.
 *
 * @param after not part of it
 * @param through its last id
 */
public record IdSpan(long after, long through) {}
