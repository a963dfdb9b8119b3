package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a consumer has done in a share, and what of that is still to be written. Guarded by the target's lock. */
final class ShareProgress {

    /** Where no record is, a position is written after so many intervals. */
    private static final int DRIFT_INTERVALS = 5;

    final Share share;
    final Map<Lane, Feed> feeds = new EnumMap<>(Lane.class);
    private final String consumer;
    private final Map<Long, Delivery> put = new HashMap<>();
    private final Set<Long> remove = new HashSet<>();
    private List<Finish> finishes = new ArrayList<>();
    private List<Finish> finishesOfChange = List.of();
    private Progress writtenProgress;
    private long completed;
    private long discarded;
    private long version;
    private long writtenVersion;
    private boolean dirty;

    /** Whether positions have moved to where nothing of this share is. */
    private boolean drifted;

    private long takenNanos;

    /** Whether it is about to be given back: what is in work ends, and nothing else is begun. */
    boolean leaving;

    ShareProgress(String consumer, Share share, Progress progress) {
        this.consumer = consumer;
        this.share = share;
        this.completed = progress.completed();
        this.discarded = progress.discarded();
        this.writtenProgress = progress;
        this.takenNanos = System.nanoTime();
    }

    Feed feed(Lane lane) {
        Feed feed = feeds.get(lane);
        if (feed == null) {
            throw new IllegalStateException("No feed for lane " + lane);
        }
        return feed;
    }

    /** The version of the change that will be taken next. */
    long nextVersion() {
        return version + 1;
    }

    boolean isWritten(long version) {
        return version <= writtenVersion;
    }

    void put(Delivery delivery) {
        put.put(delivery.id(), delivery);
        dirty = true;
    }

    /** Deliveries that are not written yet are of records that were erased. */
    void erase(Set<Long> ids, Instant now) {
        put.replaceAll((id, delivery) -> ids.contains(id) ? delivery.erased(now) : delivery);
    }

    void remove(long id) {
        put.remove(id);
        remove.add(id);
        dirty = true;
    }

    /** Ids whose deliveries in the store are out of date. */
    Set<Long> unwritten() {
        Set<Long> ids = new HashSet<>(put.keySet());
        ids.addAll(remove);
        return ids;
    }

    int unwrittenCount() {
        return put.size() + remove.size();
    }

    void completed(Finish finish) {
        completed++;
        finishes.add(finish);
        dirty = true;
    }

    void dead(Finish finish) {
        finishes.add(finish);
        dirty = true;
    }

    void discarded(long records) {
        discarded += records;
        dirty = true;
    }

    void moved() {
        dirty = true;
    }

    /** A position has moved, and no record was there. */
    void drifted() {
        drifted = true;
    }

    boolean isDirty() {
        return dirty;
    }

    /** Whether something is to be written now. Positions alone may wait: they cost a write, and only a crash would tell. */
    boolean isDue(long intervalNanos) {
        if (dirty && (leaving || unwrittenCount() > 0)) {
            return true;
        }
        long waited = System.nanoTime() - takenNanos;
        return (dirty && waited >= intervalNanos) || (drifted && waited >= DRIFT_INTERVALS * intervalNanos);
    }

    /** What is to be written; absent where nothing has changed. One change is on its way at a time. */
    @Nullable
    Change takeChange() {
        if (!dirty && !drifted) {
            return null;
        }
        dirty = false;
        drifted = false;
        takenNanos = System.nanoTime();
        version++;
        finishesOfChange = finishes;
        finishes = new ArrayList<>();
        Map<Lane, LaneProgress> lanes = new EnumMap<>(Lane.class);
        feeds.forEach((lane, feed) -> lanes.put(lane, feed.cursor.progress()));
        return new Change(
                consumer,
                share,
                new Progress(lanes, completed, discarded),
                List.copyOf(put.values()),
                List.copyOf(remove));
    }

    /** The progress that is durable. */
    Progress writtenProgress() {
        return writtenProgress;
    }

    /** A change is durable. Returns what has finished with it. */
    List<Finish> written(Change change) {
        change.put().forEach(delivery -> put.remove(delivery.id(), delivery));
        change.remove().forEach(remove::remove);
        writtenVersion = version;
        writtenProgress = change.progress();
        List<Finish> durable = finishesOfChange;
        finishesOfChange = List.of();
        return durable;
    }

    /** Whether all that was done is durable. */
    boolean isAllWritten() {
        return !dirty && writtenVersion == version;
    }

    /** What was done and is not durable. */
    int unwrittenFinishes() {
        return finishes.size() + finishesOfChange.size();
    }

    /** A change was not written; it is part of the next one. */
    void failed() {
        dirty = true;
        List<Finish> all = new ArrayList<>(finishesOfChange);
        all.addAll(finishes);
        finishes = all;
        finishesOfChange = List.of();
    }
}
