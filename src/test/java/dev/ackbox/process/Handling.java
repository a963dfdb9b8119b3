package dev.ackbox.process;

/**
 * A record that a consumer of {@link ConsumersApplication} was given, or is done with.
 *
 * @param attempt from 1
 */
record Handling(String consumer, boolean isDone, long id, int attempt) {}
