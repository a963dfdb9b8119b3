package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.Lane;
import java.util.HashSet;
import java.util.Set;

/**
 * A lane of a share.
 *
 * @param share the share's number
 */
public record Part(int share, Lane lane) {

    /** All lanes of so many shares. */
    public static Set<Part> all(int shares) {
        Set<Part> all = new HashSet<>();
        for (int share = 0; share < shares; share++) {
            for (Lane lane : Lane.values()) {
                all.add(new Part(share, lane));
            }
        }
        return all;
    }
}
