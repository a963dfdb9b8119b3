package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.Lane;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer has in memory of a lane, and its workers. Guarded by the target's lock.
 *
 * <p>At most one worker is being woken at a time: it wakes the next one where it finds more to do. So short work is done by few
 * threads, and long work gets as many as there are.
 */
final class LaneQueue {

    /** Of the bytes that may be in memory, what one conversation may take. */
    private static final int CONVERSATION_PART = 8;

    /** Deliveries that are in memory, beside records that have none, so that neither keep the other out. */
    private static final int MAX_DELIVERIES = 1_024;

    /** Of the bytes that may be in memory, what deliveries may take beside them. */
    private static final int DELIVERIES_PART = 4;

    final Lane lane;
    private final HandOverBounds bounds;
    private final Condition available;
    private final Lease lease;
    private final @Nullable Turn turn;
    private final ArrayDeque<ConversationQueue> ready = new ArrayDeque<>();

    /** Conversations whose held records have to be read. */
    final ArrayDeque<ConversationQueue> toLoad = new ArrayDeque<>();

    private long records;
    private long bytes;
    private long deliveries;
    private long deliveryBytes;
    private long readySinceNanos;
    private int idle;
    private boolean waking;

    /** Whether a worker waits for the turn. */
    private boolean resting;

    private boolean closed;

    /**
     * Creates an empty one.
     *
     * @param turn of the consumer; absent where it need not wait for others
     */
    LaneQueue(Lane lane, HandOverBounds bounds, Conversations conversations, @Nullable Turn turn) {
        this.lane = lane;
        this.bounds = bounds;
        this.turn = turn;
        this.available = conversations.lock.newCondition();
        this.lease = conversations.lease;
    }

    /** Waits for a record whose conversation is free, and makes that busy. */
    @Nullable
    Taken next(long nanos) throws InterruptedException {
        long remaining = nanos;
        while (true) {
            long rest = turn == null || ready.isEmpty() ? 0 : turn.nanosToNext();
            Taken next = closed || rest > 0 || lease.isOver() ? null : poll();
            if (next != null) {
                if (turn != null) {
                    turn.taken();
                }
                wake();
                return next;
            }
            if (closed || remaining <= 0) {
                return null;
            }
            remaining -= rest > 0 && !resting ? rest(Math.min(rest, remaining)) : await(remaining);
        }
    }

    /** Waits for the turn. One worker at a time does that, and wakes the next one afterwards. */
    private long rest(long nanos) throws InterruptedException {
        resting = true;
        try {
            long waited = await(nanos);
            if (turn != null) {
                turn.woken(waited - nanos);
            }
            return waited;
        } finally {
            resting = false;
            wake();
        }
    }

    /** Returns how long that took. */
    @SuppressWarnings("WaitNotInLoop") // next() is the loop
    private long await(long nanos) throws InterruptedException {
        idle++;
        try {
            return nanos - available.awaitNanos(nanos);
        } finally {
            idle--;
            waking = false;
        }
    }

    private @Nullable Taken poll() {
        for (ConversationQueue queue = ready.poll(); queue != null; queue = ready.poll()) {
            queue.listed = false;
            if (queue.conversation.busy) {
                continue; // another lane has it, and offers it again when it is free
            }
            Taken next = queue.poll();
            if (next != null) {
                queue.conversation.start();
                readySinceNanos = queue.conversation.busySinceNanos;
                load(queue);
                return next;
            }
        }
        return null;
    }

    /** Has the held records of a conversation read where its memory is empty. */
    boolean load(ConversationQueue queue) {
        boolean start = queue.startLoading();
        if (start) {
            toLoad.add(queue);
        }
        return start;
    }

    /** The next conversation of a share whose held records have to be read and are written; absent where there is none. */
    @Nullable
    ConversationQueue nextToLoad(ShareProgress share) {
        for (int i = toLoad.size(); i > 0; i--) {
            ConversationQueue queue = toLoad.remove();
            if (queue.share == share && queue.isLoadable()) {
                return queue;
            }
            toLoad.add(queue);
        }
        return null;
    }

    /** Lists a conversation where something of it can be taken. */
    void offer(ConversationQueue queue) {
        if (!queue.listed && !queue.conversation.busy && !queue.isEmpty()) {
            if (ready.isEmpty()) {
                readySinceNanos = System.nanoTime();
            }
            queue.listed = true;
            ready.add(queue);
            wake();
        }
    }

    private void wake() {
        if (idle > 0 && !waking && !ready.isEmpty()) {
            waking = true;
            available.signal();
        }
    }

    /** For how long a worker could have taken something. */
    Duration readyFor() {
        return closed || ready.isEmpty() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - readySinceNanos);
    }

    /** Whether something waits for a worker. */
    boolean isReady() {
        return !closed && !ready.isEmpty();
    }

    boolean hasRoom() {
        return records < bounds.records() && bytes < bounds.bytes();
    }

    /** Whether so much room is free that reading a page is worth it. */
    boolean hasRoomForPage() {
        return records <= bounds.records() / 2 && bytes <= bounds.bytes() / 2;
    }

    long maxBytesOfConversation() {
        return bounds.bytes() / CONVERSATION_PART;
    }

    int recordRoom() {
        return (int) Math.max(0, bounds.records() - records);
    }

    long byteRoom() {
        return bounds.bytes() - bytes;
    }

    int deliveryRoom() {
        return (int) (MAX_DELIVERIES - deliveries);
    }

    long deliveryByteRoom() {
        return bounds.bytes() / DELIVERIES_PART - deliveryBytes;
    }

    boolean hasDeliveryRoom() {
        return deliveryRoom() > 0 && deliveryByteRoom() > 0;
    }

    /** Takes a record into memory. */
    void add(Taken taken) {
        count(taken, 1);
        taken.queue.add(taken);
        offer(taken.queue);
    }

    /** A record is no longer in memory. */
    void remove(Taken taken) {
        count(taken, -1);
    }

    private void count(Taken taken, int sign) {
        long footprint = sign * taken.record.footprint();
        if (taken.cameAsDelivery) {
            deliveries += sign;
            deliveryBytes += footprint;
        } else {
            records += sign;
            bytes += footprint;
        }
    }

    void close() {
        closed = true;
        available.signalAll();
    }

    /** Forgets what is ready; used where a consumer stops reading. */
    void clear() {
        ready.clear();
        toLoad.clear();
    }
}
