package dev.ackbox.inbox.engine;

import java.util.Set;

/**
 * Where there is something to read.
 *
 * @param stored where there may be records behind what was asked for
 * @param through up to here none will appear any more in the other parts
 */
public record Glance(Set<Part> stored, long through) {

    public Glance {
        stored = Set.copyOf(stored);
    }
}
