package dev.ackbox.inbox.engine;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sets of handler names as they stand in a column: a line each. */
public final class HandlerNames {

    private HandlerNames() {}

    /** Null where there is none. */
    public static @Nullable String join(Set<String> names) {
        return names.isEmpty() ? null : String.join("\n", new TreeSet<>(names));
    }

    /** Reads back what {@link #join} gave. */
    public static Set<String> split(@Nullable String column) {
        return column == null ? Set.of() : Set.copyOf(List.of(column.split("\n")));
    }
}
