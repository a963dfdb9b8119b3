package dev.ackbox.handler;

/**
 * An exception whose message has nothing personal and no secret. Logs and dead letters have the message, as one line of at most 500
 * characters, also where another exception wraps it. Of other exceptions they have the type and the place.
 */
public interface ImpersonalMessage {}
