package dev.ackbox.model;

/** Whom a message was sent to. */
public sealed interface Recipient permits User, Group {}
