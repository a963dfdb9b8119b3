package dev.ackbox.model.account;

import dev.ackbox.model.OpenEnum;

/** What a review came to, of an account or of a name. */
public enum ReviewDecision implements OpenEnum<ReviewDecision> {
    APPROVED,
    REJECTED,
    PENDING,
    DEFERRED
}
