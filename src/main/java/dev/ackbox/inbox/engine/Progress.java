package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.Lane;
import java.util.Map;

/**
 * How far a consumer is in a share. An absolute value: writing it twice changes nothing.
 *
 * @param lanes where it stands in each lane; a lane that is missing is at the consumer's start
 * @param completed records completed since the consumer's start
 * @param discarded records given up without a {@link Delivery} since the consumer's start
 */
public record Progress(Map<Lane, LaneProgress> lanes, long completed, long discarded) {

    public Progress {
        lanes = Map.copyOf(lanes);
    }

    /** The lowest position of all lanes: every record up to it is done or has a delivery. 0 where a lane is missing. */
    public long floor() {
        if (lanes.size() < Lane.values().length) {
            return 0;
        }
        return lanes.values().stream().mapToLong(LaneProgress::position).min().orElse(0);
    }
}
