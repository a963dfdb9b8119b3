package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.InboxRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the records of one lane of one share to a consumer, from memory as long as there is room. Guarded by the target's lock.
 *
 * <ol>
 *   <li>While it <i>follows</i>, new records are handed over as soon as they are durable.
 *   <li>Where there is no room, it stops following: from then on records stay in the store.
 *   <li>When there is room again, the reader reads on behind what is known, page by page. Behind the last page the feed
 *       follows again: what became durable meanwhile comes next.
 *   <li>At the start it does not follow, so that recovery is the same as catching up.
 *   <li>Where other processes store as well, pages go on beyond what is decided. Behind the last one it begins again with what
 *       was not decided, since records may have appeared there.
 *   <li>There, new records of this process are <i>pending</i> until the reader has looked whether others have stored something before
 *       them: a record that was acknowledged earlier, by whichever process, comes first.
 * </ol>
 */
final class Feed {

    private static final int MAX_MEANWHILE = 500;

    /** Where there are more, they are read. */
    private static final int MAX_PENDING = 64;

    /** Fewer ids that are known are read once more, since a page costs more than they do. */
    private static final long WORTH_TO_PASS = 100;

    /** Where there are more, what comes waits until more is decided: ranges are in memory, and part of the progress. */
    private static final int MAX_UNDECIDED_RANGES = 512;

    final LaneQueue lane;
    final Cursor cursor;
    private final long end;
    private final boolean hasTail;

    /** Whether pages bring it on, and not the tail of all lanes. */
    private boolean byPages;

    private boolean follows;
    private boolean polled;
    /** What became durable while something is read; absent where nothing is, or the feed follows. */
    private @Nullable List<InboxRecord> meanwhile;

    private long meanwhileThrough;
    private boolean hasAllMeanwhile;

    private List<InboxRecord> pending = new ArrayList<>();

    /** Those that were pending before what is being read was asked for, so that they are part of the answer. */
    private List<InboxRecord> beingRead = List.of();

    /** The pages so far go up to here, although records may still appear below; 0 where the next page begins anew. */
    private long lookedThrough;

    /** Where the page that is being read begins. */
    private long readFrom;

    /** When the next retry is due, as far as is known. */
    Instant nextRetry = Instant.MIN;

    /**
     * Begins where a cursor stands.
     *
     * @param end it reads up to this id
     * @param hasTail whether a {@link Tail} brings what is new, where that is possible
     */
    Feed(LaneQueue lane, Cursor cursor, long end, boolean hasTail) {
        this.lane = lane;
        this.end = end;
        this.cursor = cursor;
        this.hasTail = hasTail;
        this.byPages = !hasTail;
    }

    boolean follows() {
        return follows;
    }

    /** Another process may have stored something: it has to be read even while this feed follows. */
    void poll() {
        polled = true;
    }

    boolean wantsPage() {
        return byPages && wantsReading();
    }

    boolean wantsTail() {
        return !byPages && wantsReading();
    }

    private boolean wantsReading() {
        return cursor.readThrough() < end && (!follows || polled);
    }

    /** Whether it goes on with a tail that another feed asks for. */
    boolean canReadTail() {
        return !byPages && cursor.readThrough() < end;
    }

    /** Until it follows again, a tail does not bring it on. */
    void readByPages() {
        stopReading();
        byPages = true;
    }

    /** A retry is due then. */
    void retryAt(Instant time) {
        nextRetry = time.isBefore(nextRetry) ? time : nextRetry;
    }

    void stopFollowing() {
        follows = false;
        pending = new ArrayList<>();
        hasAllMeanwhile = false;
        lookedThrough = 0;
    }

    /** Where the next page begins. */
    long readAfter() {
        return Math.max(lookedThrough, cursor.readThrough());
    }

    /** Where the next page ends at the latest. */
    long readLimit() {
        return Math.min(end, cursor.readLimit(readAfter(), WORTH_TO_PASS));
    }

    /**
     * New records are durable.
     *
     * @param stored those of this lane and share
     * @param after what is known up to here makes {@code through} known as well
     * @param through 0 where others may have stored something before them
     */
    void stored(List<InboxRecord> stored, long after, long through, Acceptor acceptor) {
        if (!follows) {
            keepMeanwhile(stored, through);
            return;
        }
        if (cursor.readThrough() < after) {
            stopFollowing(); // something was not handed over
            return;
        }
        if (through == 0) {
            keepPending(stored);
            return;
        }
        for (InboxRecord next : stored) {
            if (!lane.hasRoom() || cursor.hasUndecidedRanges(MAX_UNDECIDED_RANGES)) {
                stopFollowing();
                return;
            }
            long id = next.id().value();
            if (!cursor.isKnown(id)) {
                acceptor.accept(this, next);
            }
            cursor.advance(id);
        }
        cursor.advance(through);
    }

    private void keepMeanwhile(List<InboxRecord> stored, long through) {
        if (meanwhile == null) {
            return;
        }
        if (meanwhile.size() + stored.size() > MAX_MEANWHILE) {
            hasAllMeanwhile = false;
        } else {
            meanwhile.addAll(stored);
            meanwhileThrough = through;
        }
    }

    private void keepPending(List<InboxRecord> stored) {
        polled |= !stored.isEmpty();
        if (pending.size() + stored.size() > MAX_PENDING) {
            pending = new ArrayList<>();
        } else {
            pending.addAll(stored);
        }
    }

    /** Something is about to be read. */
    void startReading() {
        polled = false;
        beingRead = pending;
        pending = pending.isEmpty() ? pending : new ArrayList<>();
        readFrom = readAfter();
        meanwhile = follows ? null : new ArrayList<>();
        meanwhileThrough = 0;
        hasAllMeanwhile = true;
    }

    /** It failed, or is done later. */
    void stopReading() {
        meanwhile = null;
        beingRead = List.of();
        polled = true;
    }

    /** Adds ids whose payload need not be read, up to so many. */
    void addKnown(Set<Long> ids, int most) {
        beingRead.forEach(next -> ids.add(next.id().value()));
        cursor.addKnownBeyond(ids, most);
    }

    /**
     * Those of a tail that are not known; absent where a page has to be read, since there is no room for all, or a payload is missing.
     *
     * @param items of this lane and share
     * @param limit only up to this id
     */
    @Nullable
    List<InboxRecord> newOf(List<Tail.Item> items, long limit) {
        List<InboxRecord> found = new ArrayList<>(items.size());
        long bytes = 0;
        for (Tail.Item item : items) {
            if (item.id() <= readFrom || item.id() > limit || cursor.isKnown(item.id())) {
                continue;
            }
            InboxRecord next = item.record() == null ? pending(item.id()) : item.record();
            if (next == null || bytes >= lane.byteRoom()) {
                return null;
            }
            bytes += next.footprint();
            found.add(next);
        }
        return found.size() <= lane.recordRoom() ? found : null;
    }

    private @Nullable InboxRecord pending(long id) {
        for (InboxRecord next : beingRead) {
            if (next.id().value() == id) {
                return next;
            }
        }
        return null;
    }

    /**
     * A page was read.
     *
     * @param limit where it was to end at the latest
     * @return whether that has brought anything on
     */
    boolean read(Page page, long limit, Acceptor acceptor) {
        List<InboxRecord> arrived = meanwhile == null ? List.of() : meanwhile;
        meanwhile = null;
        beingRead = List.of();
        long readBefore = cursor.readThrough();
        long lookedBefore = lookedThrough;
        boolean isNew = false;
        for (InboxRecord next : page.records()) {
            if (!cursor.isKnown(next.id().value())) {
                isNew = true;
                acceptor.accept(this, next);
            }
        }
        if (readFrom <= cursor.readThrough()) {
            cursor.advance(page.through());
        } else if (page.through() > cursor.readThrough()) {
            polled = true; // what is decided by now may have appeared below this page
        }
        boolean isCut = page.more() && page.through() < limit;
        if (!isCut && limit == end) {
            lookedThrough = 0;
            byPages = !hasTail;
            if (!follows && hasAllMeanwhile) {
                follows = true;
                stored(arrived, 0, meanwhileThrough, acceptor);
            }
            return isNew || !follows || cursor.readThrough() > readBefore;
        }
        if (cursor.hasUndecidedRanges(MAX_UNDECIDED_RANGES)) {
            lookedThrough = 0;
        } else {
            lookedThrough = cursor.knownBehind(isCut ? lastId(page) : limit);
            polled = true; // there is more behind it
        }
        return isNew || lookedThrough > lookedBefore || cursor.readThrough() > readBefore;
    }

    private static long lastId(Page page) {
        long last = page.through();
        if (!page.records().isEmpty()) {
            last = Math.max(
                    last, page.records().get(page.records().size() - 1).id().value());
        }
        return page.gone().isEmpty()
                ? last
                : Math.max(last, page.gone().get(page.gone().size() - 1));
    }

    /** Takes a record that was not known into memory, or leaves it to the store as held. */
    interface Acceptor {

        void accept(Feed feed, InboxRecord next);
    }
}
