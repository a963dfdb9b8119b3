package dev.ackbox.graph;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long Meta answers calls of a version of its Graph API (documented: Graph API changelog, as of November 2026). */
public final class GraphVersion {

    private static final Map<String, LocalDate> ENDS = Map.of(
            "v20.0", LocalDate.of(2026, 9, 24),
            "v21.0", LocalDate.of(2027, 1, 21),
            "v22.0", LocalDate.of(2027, 5, 20),
            "v23.0", LocalDate.of(2027, 10, 8),
            "v24.0", LocalDate.of(2028, 2, 18),
            "v25.0", LocalDate.of(2028, 7, 29));

    private static final int FIRST_KNOWN = 20;

    private GraphVersion() {}

    /** What to say of a version that ends within a year or has ended; absent where it does not, or its end is not announced. */
    public static @Nullable String warning(String version, Clock clock) {
        int major = Integer.parseInt(version.substring(1, version.indexOf('.')));
        if (major < FIRST_KNOWN) {
            return "Graph API " + version + " has ended; set 'ackbox.graph.version' to a newer one";
        }
        LocalDate end = ENDS.get(version);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (end == null || end.isAfter(today.plusYears(1))) {
            return null;
        }
        return "Graph API " + version + (end.isAfter(today) ? " ends on " : " has ended on ") + end
                + "; set 'ackbox.graph.version' to a newer one";
    }
}
