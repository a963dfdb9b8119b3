package dev.ackbox.inbox;

/**
 * What an erasure has come to.
 *
 * @param records records about the subject alone, which are erased
 * @param rewritten records about many users, from which the subject is taken out
 */
public record Erased(long records, long rewritten) {}
