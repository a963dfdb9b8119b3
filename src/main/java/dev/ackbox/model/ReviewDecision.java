package dev.ackbox.model;

/** What a review came to, of an account or of a name (documented). */
public enum ReviewDecision implements Word<ReviewDecision> {
    APPROVED,
    REJECTED,
    PENDING,
    DEFERRED
}
