package dev.ackbox.inbox;

/** Where a new consumer begins to read. */
public enum Start {
    /** With the next record that is stored. */
    NOW,
    /** With the oldest record that is kept, other than for the sake of another consumer's retries and dead letters. */
    OLDEST
}
