package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.ArchivedRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.engine.LaneProgress.Range;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a share a consumer has passed, as an archive says it.
 *
 * @param start records up to this id are not assigned to it
 * @param lanes where it stands in each lane
 * @param replay absent where it is none
 */
public record Positions(
        long start, Map<Lane, LaneProgress> lanes, @Nullable ReplayDefinition replay) {

    /** Of a consumer that is not known. */
    public static final Positions NOTHING = new Positions(Long.MAX_VALUE, Map.of(), null);

    /** Ids that are not passed: from behind one to before the other. */
    public record Gap(long after, long before) {}

    /**
     * Reads what is stored.
     *
     * @param written progress in lanes; absent where none has been made
     */
    public static Positions of(long start, byte @Nullable [] written, @Nullable ReplayDefinition replay) {
        Map<Lane, LaneProgress> lanes = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new LaneProgress(start, List.of()));
        }
        if (written != null) {
            lanes.putAll(ProgressFormat.fromBytes(written));
        }
        return new Positions(start, lanes, replay);
    }

    /**
     * Whether a record is one of its consumer's.
     *
     * @param about keyed hashes of the record's subjects
     */
    public boolean isAssigned(ArchivedRecord record, List<Long> about) {
        long id = record.id().value();
        return id > start
                && (replay == null || (id <= replay.end() && replay.filter().matches(record, about)));
    }

    /** What has become of a record that has no delivery; absent where a replay may have skipped it, since its payload is gone. */
    public @Nullable RecordState stateOf(ArchivedRecord record) {
        if (!isPassed(record.lane(), record.id().value())) {
            return RecordState.WAITING;
        }
        return replay != null && record.size() == null ? null : RecordState.COMPLETED;
    }

    private boolean isPassed(Lane lane, long id) {
        return gaps(lane).stream().noneMatch(gap -> id > gap.after() && id < gap.before());
    }

    /** Nothing is passed of any lane from this id on. */
    public long end() {
        return Stream.of(Lane.values())
                        .mapToLong(lane -> gaps(lane).get(0).after())
                        .max()
                        .orElse(start)
                + 1;
    }

    /** What is not passed of a lane, the newest first. There is one at least: what is still to come. */
    public List<Gap> gaps(Lane lane) {
        LaneProgress progress = lanes.get(lane);
        if (progress == null) {
            return List.of(new Gap(start, Long.MAX_VALUE));
        }
        List<Gap> gaps = new ArrayList<>();
        long before = Long.MAX_VALUE;
        for (int i = progress.completed().size() - 1; i >= 0; i--) {
            Range range = progress.completed().get(i);
            gaps.add(new Gap(range.last(), before));
            before = range.first();
        }
        gaps.add(new Gap(progress.position(), before));
        return gaps;
    }
}
