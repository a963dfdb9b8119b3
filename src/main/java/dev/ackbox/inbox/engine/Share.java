package dev.ackbox.inbox.engine;

/**
 * A part of all conversations, by their hash, that one process works on at a time.
 *
 * @param number from 0 on
 * @param epoch grows with each change of the owner, so that a store can refuse the progress of an earlier one
 */
public record Share(int number, long epoch) {}
