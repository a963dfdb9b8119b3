package dev.ackbox.intake;

/**
 * An item of a value's array.
 *
 * @param array name of the array that it stands in
 * @param span the item itself
 */
record ItemSpan(String array, JsonSpan span) {}
