package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.InboxRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the records of one lane of one share to a consumer, from memory as long as there is room. Guarded by the target's lock.
 *
 * <ol>
 *   <li>While it <i>follows</i>, new records are handed over as soon as they are durable.
 *   <li>Where there is no room, it stops following: from then on records stay in the store.
 *   <li>When there is room again, the reader reads on behind what is known, page by page. Behind the last page the feed
 *       follows again: what became durable during that read waits in the tail.
 *   <li>At the start it does not follow, so that recovery is the same as catching up.
 * </ol>
 */
final class Feed {

    private static final int MAX_TAIL = 500;

    final LaneQueue lane;
    final Cursor cursor;
    private boolean follows;
    private boolean polled;
    private @Nullable List<InboxRecord> tail;
    private long tailThrough;
    private boolean tailIsWhole;

    /** When the next retry is due, as far as is known. */
    Instant nextRetry = Instant.MIN;

    Feed(LaneQueue lane, Cursor cursor) {
        this.lane = lane;
        this.cursor = cursor;
    }

    boolean follows() {
        return follows;
    }

    /** Another process may have stored something: a page has to be read even while it follows. */
    void poll() {
        polled = true;
    }

    boolean wantsPage() {
        return !follows || polled;
    }

    /** A retry is due then. */
    void retryAt(Instant time) {
        nextRetry = time.isBefore(nextRetry) ? time : nextRetry;
    }

    void stopFollowing() {
        follows = false;
        tailIsWhole = false;
    }

    /**
     * New records are durable.
     *
     * @param stored those of this lane and share
     * @param after what is known up to here makes {@code through} known as well; 0 where that does not hold
     */
    void stored(List<InboxRecord> stored, long after, long through, Acceptor acceptor) {
        if (!follows) {
            keepInTail(stored, through);
            return;
        }
        if (cursor.readThrough() < after) {
            stopFollowing(); // something was not handed over
            return;
        }
        for (InboxRecord next : stored) {
            if (!lane.hasRoom()) {
                stopFollowing();
                return;
            }
            long id = next.id().value();
            if (!cursor.isKnown(id)) {
                acceptor.accept(this, next);
            }
            if (through > 0) {
                cursor.advance(id);
            }
        }
        cursor.advance(through);
    }

    private void keepInTail(List<InboxRecord> stored, long through) {
        if (tail == null) {
            return;
        }
        if (tail.size() + stored.size() > MAX_TAIL) {
            tailIsWhole = false;
        } else {
            tail.addAll(stored);
            tailThrough = through;
        }
    }

    /** A page is about to be read. */
    void startReading() {
        polled = false;
        tail = new ArrayList<>();
        tailThrough = 0;
        tailIsWhole = true;
    }

    /** Reading the page failed. */
    void stopReading() {
        tail = null;
    }

    /** A page was read. */
    void read(Page page, Acceptor acceptor) {
        List<InboxRecord> meanwhile = tail == null ? List.of() : tail;
        tail = null;
        for (InboxRecord next : page.records()) {
            if (!cursor.isKnown(next.id().value())) {
                acceptor.accept(this, next);
            }
        }
        cursor.advance(page.through());
        if (!follows && !page.more() && tailIsWhole) {
            follows = true;
            stored(meanwhile, 0, tailThrough, acceptor);
        }
    }

    /** Takes a record that was not known into memory, or leaves it to the store as held. */
    interface Acceptor {

        void accept(Feed feed, InboxRecord next);
    }
}
