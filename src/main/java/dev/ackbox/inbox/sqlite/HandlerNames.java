package dev.ackbox.inbox.sqlite;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sets of handler names as they stand in a column: a line each. */
final class HandlerNames {

    private HandlerNames() {}

    static @Nullable String join(Set<String> names) {
        return names.isEmpty() ? null : String.join("\n", new TreeSet<>(names));
    }

    static Set<String> split(@Nullable String column) {
        return column == null ? Set.of() : Set.copyOf(List.of(column.split("\n")));
    }
}
