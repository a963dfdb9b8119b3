package dev.ackbox.inbox;

/**
 * A way through the inbox with a budget of its own: what piles up in one lane does not hold up the other. The order of
 * the constants is stored; new ones go to the end.
 */
public enum Lane {
    /** Everything that somebody waits for: messages, calls, account and template changes. */
    CHANGES,
    /** Statuses of sent messages, which come in floods after a campaign. */
    STATUSES
}
