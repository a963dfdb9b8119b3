package dev.ackbox.inbox.engine;

import java.util.Set;

/**
 * What a process owns.
 *
 * @param shares those that are its own; what is missing was lost
 * @param part how many of them it may keep, so that all processes have about the same number. It gives back the others once nothing of
 *     them is in work any more.
 */
public record Holding(Set<Share> shares, int part) {

    public Holding {
        shares = Set.copyOf(shares);
    }
}
