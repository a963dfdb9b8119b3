package dev.ackbox.intake;

/**
 * What a notification has come to.
 *
 * @param stored number of its records that are new, and durable now
 * @param duplicates number of its records that were there before
 */
public record Receipt(int stored, int duplicates) {}
