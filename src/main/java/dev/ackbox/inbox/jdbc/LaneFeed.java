package dev.ackbox.inbox.jdbc;

import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.Settlement;
import dev.ackbox.inbox.Settlement.Retry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands out one lane's records in order of arrival, from memory as long as there is room.
 *
 * <ol>
 *   <li>While it <i>follows</i>, committed records go straight to those that are ready.
 *   <li>When more is in hand than may be, it stops following: from then on records stay in the database.
 *   <li>When there is room again, it reads on behind the last record that it handed out, page by page. A page that is
 *       not full means that it has caught up: what was committed during that read waits in the tail, and it follows
 *       again.
 *   <li>At the start it does not follow and has handed out nothing, so that recovery is the same as catching up.
 *   <li>Records that wait for a retry stay in the database until their time comes, and have a small budget of their own,
 *       so that neither they nor new records can keep each other out.
 * </ol>
 */
final class LaneFeed {

    private static final int MAX_RETRIES_IN_HAND = 256;
    private static final int PAGE = 500;

    /** Of the bytes that may be in hand, what retries may take beside them. */
    private static final int SHARE_OF_RETRIES = 4;

    private final Lane lane;
    private final HandOverBounds bounds;
    private final RecordReader reader;
    private final Clock clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<InboxRecord> ready = new ArrayDeque<>();
    private final Set<Long> freshInHand = new HashSet<>();
    private final Map<Long, InboxRecord> retriesInHand = new HashMap<>();
    private long bytesOfRetriesInHand;
    private boolean follows;
    private long lastHandedOver;
    private @Nullable List<InboxRecord> tail;
    private boolean tailIsWhole = true;
    private long bytesInHand;
    private Instant nextRetry = Instant.MIN;

    LaneFeed(Lane lane, HandOverBounds bounds, RecordReader reader, Clock clock) {
        this.lane = lane;
        this.bounds = bounds;
        this.reader = reader;
        this.clock = clock;
    }

    /** Takes in a new record that is durable now. Called by the writer, in order of arrival. */
    void committed(InboxRecord stored) {
        lock.lock();
        try {
            if (stored.id().value() <= lastHandedOver) {
                return; // a page that was read between the commit and this call had it
            }
            if (follows) {
                if (hasRoom()) {
                    makeReady(stored);
                    changed.signal();
                } else {
                    follows = false;
                }
            } else if (tail != null) {
                keepInTail(tail, stored);
            }
        } finally {
            lock.unlock();
        }
    }

    private void keepInTail(List<InboxRecord> tail, InboxRecord stored) {
        if (tail.size() < PAGE) {
            tail.add(stored);
        } else {
            tailIsWhole = false;
        }
    }

    /** Stops trusting memory: what follows is read from the database. */
    void uncertain() {
        lock.lock();
        try {
            follows = false;
            tailIsWhole = false;
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of a record whose settlement is durable now. */
    void settled(InboxRecord settled, Settlement settlement) {
        lock.lock();
        try {
            boolean wasRetry = retriesInHand.remove(settled.id().value()) != null;
            if (wasRetry) {
                bytesOfRetriesInHand -= settled.footprint();
            } else {
                freshInHand.remove(settled.id().value());
                bytesInHand -= settled.footprint();
            }
            if (settlement instanceof Retry retry) {
                nextRetry = earlier(nextRetry, retry.notBefore());
            }
            if (!follows || wasRetry || settlement instanceof Retry) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** See {@link dev.ackbox.inbox.Inbox#claim}. */
    List<InboxRecord> claim(int limit, Duration wait) throws InterruptedException, SQLException {
        long nanos = wait.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                if (isRetryDue()) {
                    readRetries();
                }
                if (ready.isEmpty() && !follows && hasRoom()) {
                    readOn();
                }
                if (!ready.isEmpty()) {
                    return take(limit);
                }
                if (nanos <= 0) {
                    return List.of();
                }
                if (follows || !hasRoom()) {
                    nanos = changed.awaitNanos(Math.min(nanos, nanosToNextRetry()));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private List<InboxRecord> take(int limit) {
        List<InboxRecord> taken = new ArrayList<>(Math.min(limit, ready.size()));
        while (!ready.isEmpty() && taken.size() < limit) {
            taken.add(ready.remove());
        }
        return taken;
    }

    private boolean hasRoom() {
        return freshInHand.size() < bounds.records() && bytesInHand < bounds.bytes();
    }

    private void makeReady(InboxRecord next) {
        freshInHand.add(next.id().value());
        bytesInHand += next.footprint();
        lastHandedOver = next.id().value();
        ready.add(next);
    }

    /** Reads the next page. The lock is free meanwhile, since the writer needs it. */
    private void readOn() throws SQLException, InterruptedException {
        int limit = (int) Math.min(PAGE, bounds.records() - freshInHand.size());
        long bytes = bounds.bytes() - bytesInHand;
        long after = lastHandedOver;
        List<InboxRecord> tailOfThisRead = new ArrayList<>();
        tail = tailOfThisRead;
        tailIsWhole = true;
        RecordReader.Page page;
        lock.unlock();
        try {
            page = reader.fresh(lane, after, limit, bytes);
        } finally {
            lock.lock();
            tail = null;
        }
        page.records().forEach(this::makeReady);
        if (page.isLast() && tailIsWhole) {
            follow(tailOfThisRead);
        }
    }

    private void follow(List<InboxRecord> tailOfThisRead) {
        follows = true;
        for (InboxRecord stored : tailOfThisRead) {
            if (stored.id().value() > lastHandedOver) {
                if (!hasRoom()) {
                    follows = false;
                    return;
                }
                makeReady(stored);
            }
        }
    }

    private boolean isRetryDue() {
        return hasRoomForRetries() && !clock.instant().isBefore(nextRetry);
    }

    private boolean hasRoomForRetries() {
        return retriesInHand.size() < MAX_RETRIES_IN_HAND && bytesOfRetriesInHand < bounds.bytes() / SHARE_OF_RETRIES;
    }

    private void readRetries() throws SQLException, InterruptedException {
        int limit = MAX_RETRIES_IN_HAND - retriesInHand.size();
        long bytes = bounds.bytes() / SHARE_OF_RETRIES - bytesOfRetriesInHand;
        List<Long> inHand = List.copyOf(retriesInHand.keySet());
        Instant now = clock.instant();
        nextRetry = Instant.MAX; // a settlement during the read brings it forward
        RecordReader.Retries retries = new RecordReader.Retries(List.of(), now);
        lock.unlock();
        try {
            retries = reader.due(lane, now, inHand, limit, bytes);
        } finally {
            lock.lock();
            nextRetry = earlier(nextRetry, retries.next());
        }
        for (InboxRecord due : retries.records()) {
            // One that was read between the commit of its settlement and the call of settled() comes with the next
            // look.
            if (!freshInHand.contains(due.id().value())) {
                retriesInHand.put(due.id().value(), due);
                bytesOfRetriesInHand += due.footprint();
                ready.add(due);
            }
        }
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }

    private long nanosToNextRetry() {
        if (!hasRoomForRetries() || nextRetry.equals(Instant.MAX)) {
            return Long.MAX_VALUE;
        }
        Duration until = Duration.between(clock.instant(), nextRetry);
        return until.compareTo(Duration.ofDays(1)) > 0 ? Long.MAX_VALUE : Math.max(1, until.toNanos());
    }
}
