package dev.ackbox.intake;

/**
 * An item of a value's array.
 *
 * @param kind what it is
 * @param span the item itself
 */
record ItemSpan(ItemKind kind, JsonSpan span) {}
