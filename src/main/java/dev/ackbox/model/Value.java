package dev.ackbox.model;

/** What a change is about; each field has a type of its own, and what has none is an {@link UnknownValue}. */
public sealed interface Value permits MessagesValue, UnknownValue {}
