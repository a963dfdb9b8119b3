package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.engine.LaneProgress.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a consumer is in a lane of a share: what it has read, what of that is open, and what is done beyond the first open
 * record. Records of other lanes lie between the ids; they do not count. Not safe for use by several threads.
 */
final class Cursor {

    private final TreeSet<Long> open = new TreeSet<>();

    /** First id to last id. */
    private final TreeMap<Long, Long> done = new TreeMap<>();

    private long readThrough;

    /** What was known up to here is to be read again. */
    private long knownThrough;

    Cursor(LaneProgress progress) {
        this.readThrough = progress.position();
        progress.completed().forEach(range -> done.put(range.first(), range.last()));
        advance(readThrough);
        noteKnown();
    }

    private void noteKnown() {
        knownThrough = Math.max(
                knownThrough,
                done.isEmpty()
                        ? readThrough
                        : Math.max(readThrough, done.lastEntry().getValue()));
    }

    /** Whether all that was known before a restart, or before records were given back, is known again. */
    boolean isReadAgain() {
        return readThrough >= knownThrough;
    }

    /** Every record of the lane up to this id is known. */
    long readThrough() {
        return readThrough;
    }

    /**
     * Where to stop reading behind an id: behind it are records that are known.
     *
     * @param worth so many ids are worth it; fewer of them are read once more
     */
    long readLimit(long after, long worth) {
        for (Map.Entry<Long, Long> next : done.tailMap(after, false).entrySet()) {
            if (next.getValue() - next.getKey() >= worth - 1) {
                return next.getKey() - 1;
            }
        }
        return Long.MAX_VALUE;
    }

    /** Where what is known right behind an id ends. */
    long knownBehind(long id) {
        Map.Entry<Long, Long> next = done.floorEntry(id + 1);
        return next == null ? id : Math.max(id, next.getValue());
    }

    boolean isKnown(long id) {
        if (id <= readThrough || open.contains(id)) {
            return true;
        }
        Map.Entry<Long, Long> range = done.floorEntry(id);
        return range != null && id <= range.getValue();
    }

    /** Adds ids that are known although they are not decided, up to so many. */
    void addKnownBeyond(Set<Long> ids, int most) {
        for (long id : open.tailSet(readThrough, false)) {
            if (ids.size() < most) {
                ids.add(id);
            }
        }
        done.tailMap(readThrough, false).forEach((first, last) -> {
            for (long id = first; id <= last && ids.size() < most; id++) {
                ids.add(id);
            }
        });
    }

    /** A record is in hand from now on. */
    void open(long id) {
        open.add(id);
    }

    /** Goes past a record that was not opened. */
    void skip(long id) {
        if (id > readThrough) {
            add(id);
        }
    }

    /** Every record of the lane up to an id is known now. */
    void advance(long through) {
        readThrough = Math.max(readThrough, through);
        Map.Entry<Long, Long> next = done.floorEntry(readThrough + 1);
        while (next != null && next.getValue() > readThrough) {
            readThrough = next.getValue();
            next = done.floorEntry(readThrough + 1);
        }
        trim();
    }

    /** A record is no longer in hand: it is done, or has a delivery. Returns false where it was not open. */
    boolean close(long id) {
        if (!open.remove(id)) {
            return false;
        }
        if (id > position()) {
            add(id);
        }
        advance(readThrough); // a range may begin right behind it by now
        return true;
    }

    /** A record is no longer in hand and not done either; it is read again. */
    void giveBack(long id) {
        noteKnown();
        open.remove(id);
        readThrough = Math.min(readThrough, id - 1);
    }

    private void add(long id) {
        long first = id;
        long last = id;
        Map.Entry<Long, Long> before = done.lowerEntry(id);
        if (before != null && isOneRange(before.getValue(), id)) {
            first = before.getKey();
        }
        Map.Entry<Long, Long> after = done.higherEntry(id);
        if (after != null && isOneRange(id, after.getKey())) {
            last = after.getValue();
            done.remove(after.getKey());
        }
        done.put(first, last);
    }

    /** Whether nothing between two ids is open, or may still be read. */
    private boolean isOneRange(long first, long second) {
        if (second == first + 1) {
            return true;
        }
        Long openId = open.higher(first);
        return second <= readThrough && (openId == null || openId > second);
    }

    private void trim() {
        long position = position();
        while (!done.isEmpty() && done.firstEntry().getValue() <= position) {
            done.pollFirstEntry();
        }
    }

    /** Every record of the lane up to this id is done or has a delivery. */
    long position() {
        return open.isEmpty() ? readThrough : Math.min(readThrough, open.first() - 1);
    }

    /** The first open record; absent where none is open. */
    @Nullable
    Long firstOpen() {
        return open.isEmpty() ? null : open.first();
    }

    /** How many ranges are done beyond the first open record. */
    int ranges() {
        return done.size();
    }

    /** Whether there are more ranges, and some of them beyond what is decided. */
    boolean hasUndecidedRanges(int more) {
        return done.size() > more && done.lastKey() > readThrough;
    }

    LaneProgress progress() {
        List<Range> ranges = new ArrayList<>(done.size());
        done.forEach((first, last) -> ranges.add(new Range(first, last)));
        return new LaneProgress(position(), ranges);
    }
}
