package dev.ackbox.inbox.engine;

import java.util.List;
import java.util.Map;

/**
 * Where there is something to read.
 *
 * @param ids of the records behind what was asked for, in order, at most {@link #MAX_IDS} for each part; a part that is missing has none
 * @param through up to here none will appear any more
 */
public record Glance(Map<Part, List<Long>> ids, long through) {

    /** More are not told of one part. */
    public static final int MAX_IDS = 500;

    public Glance {
        ids = Map.copyOf(ids);
    }
}
