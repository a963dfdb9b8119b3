package dev.ackbox.test;

/**
 * A call of a handler that has come to its end.
 *
 * @param handler the name of the handler's bean
 * @param field Meta's name of the field of the record
 * @param succeeded whether it returned, rather than threw or took too long
 */
public record HandlerCall(String handler, String field, boolean succeeded) {}
