package dev.ackbox.ops.inbox;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Names of parameters and properties that came, against those that are known. */
final class Names {

    private static final String SHOWN = "[\\w.-]{1,40}";

    private Names() {}

    /**
     * Passes where all of them are known.
     *
     * @param what what they are names of, such as "parameter"
     */
    static void check(String what, Collection<String> names, Set<String> known) {
        for (String name : names) {
            if (!known.contains(name)) {
                String shown = name.matches(SHOWN) ? "'" + name + "'" : "A name that came";
                throw new BadRequestException(shown + " is no " + what + " of this request. "
                        + (known.isEmpty() ? "It has none." : "Known are: " + String.join(", ", new TreeSet<>(known))));
            }
        }
    }
}
