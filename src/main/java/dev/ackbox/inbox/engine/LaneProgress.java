package dev.ackbox.inbox.engine;

import java.util.List;

/**
 * How far a consumer is in a lane of a share.
 *
 * @param position every record of the lane up to this id is completed, given up, or has a {@link Delivery}
 * @param completed what is completed beyond it; in order, apart from each other
 */
public record LaneProgress(long position, List<Range> completed) {

    public LaneProgress {
        completed = List.copyOf(completed);
    }

    /**
     * Ids of a lane, all of them from the first to the last.
     *
     * @param last not less than the first
     */
    public record Range(long first, long last) {}
}
