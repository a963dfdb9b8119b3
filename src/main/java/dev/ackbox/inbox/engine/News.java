package dev.ackbox.inbox.engine;

import java.util.Set;

/**
 * What other processes may have done.
 *
 * @param stored where they may have stored records
 * @param freed whether a share may be free by now
 */
public record News(Set<Part> stored, boolean freed) {

    /** Nothing, as far as is known. */
    public static final News NONE = new News(Set.of(), false);

    public News {
        stored = Set.copyOf(stored);
    }
}
