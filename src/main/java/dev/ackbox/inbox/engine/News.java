package dev.ackbox.inbox.engine;

import java.util.Set;

/**
 * What other processes may have done.
 *
 * @param stored where they may have stored records
 * @param freed whether a share may be free by now
 * @param operated whether an operator may have paused a consumer, put records back, erased or replayed
 */
public record News(Set<Part> stored, boolean freed, boolean operated) {

    /** Nothing, as far as is known. */
    public static final News NONE = new News(Set.of(), false, false);

    public News {
        stored = Set.copyOf(stored);
    }
}
