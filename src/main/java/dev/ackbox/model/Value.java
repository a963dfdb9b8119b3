package dev.ackbox.model;

/**
 * What a change is about. Each field that Meta sends has a type of its own, and a field without one has an {@link
 * UnknownValue}. Not sealed, since a sealed family cannot span packages; do not implement it.
 */
public interface Value {}
