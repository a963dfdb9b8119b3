package dev.ackbox.inbox.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The conversations that a target works on, so that none is worked on twice at once. One lock guards all that the target's
 * consumers have in memory; nobody holds it while a store or a handler is at work.
 */
final class Conversations {

    final ReentrantLock lock = new ReentrantLock();

    /** Nothing is handed out once it is over. */
    final Lease lease;

    private final Map<Long, Conversation> known = new HashMap<>();

    /** Those of the target itself, not of its replays. */
    private final List<LaneQueue> lanesOfTarget = new ArrayList<>();

    private boolean targetIsPaused;

    Conversations(Lease lease) {
        this.lease = lease;
    }

    /** A conversation that is busy or has something waiting. */
    static final class Conversation {

        final long hash;
        boolean busy;
        long busySinceNanos;

        /** One for each lane of each consumer that has something of it. */
        final List<ConversationQueue> queues = new ArrayList<>(2);

        Conversation(long hash) {
            this.hash = hash;
        }

        void start() {
            busy = true;
            busySinceNanos = System.nanoTime();
        }
    }

    /** The target itself is open. */
    void addTarget(Collection<LaneQueue> lanes) {
        lanesOfTarget.addAll(lanes);
    }

    void pauseTarget(boolean paused) {
        targetIsPaused = paused;
    }

    /** Whether replays have to wait for the target. */
    boolean isTargetFirst() {
        return targetIsPaused || lanesOfTarget.stream().anyMatch(LaneQueue::isReady);
    }

    /** The queue of a conversation in a lane, new where there is none. */
    ConversationQueue queue(long hash, LaneQueue lane, ShareProgress share) {
        Conversation conversation = known.computeIfAbsent(hash, Conversation::new);
        for (ConversationQueue queue : conversation.queues) {
            if (queue.lane == lane) {
                return queue;
            }
        }
        ConversationQueue queue = new ConversationQueue(conversation, lane, share);
        conversation.queues.add(queue);
        return queue;
    }

    /** Nobody works on a conversation any more: what waits of it can be taken. */
    void free(Conversation conversation) {
        conversation.busy = false;
        conversation.queues.forEach(queue -> queue.lane.offer(queue));
        dropIfIdle(conversation);
    }

    /** How many are known. */
    int size() {
        lock.lock();
        try {
            return known.size();
        } finally {
            lock.unlock();
        }
    }

    /** The queues of a consumer. */
    List<ConversationQueue> queuesOf(Collection<LaneQueue> lanes) {
        return known.values().stream()
                .flatMap(conversation -> conversation.queues.stream())
                .filter(queue -> lanes.contains(queue.lane))
                .toList();
    }

    /** Forgets a conversation that nothing is known of. */
    void dropIfIdle(Conversation conversation) {
        conversation.queues.removeIf(ConversationQueue::isIdle);
        if (!conversation.busy && conversation.queues.isEmpty()) {
            known.remove(conversation.hash, conversation);
        }
    }
}
