package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.InboxObserver.Result;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.engine.Delivery.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer has in memory, and how records come in and go. Guarded by the target's lock, which each caller holds; that of
 * {@link #locked} takes it.
 */
final class ConsumerMemory {

    /** More ranges are not kept: the records between them get a delivery, and the position goes past them. */
    private static final int MAX_RANGES = 512;

    /** Where a conversation has been worked on for longer, the position goes past its records. */
    private static final long LONGEST_AT_WORK_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Deliveries that are not written yet; where there are more, reading waits for the writer. */
    private static final int MAX_UNWRITTEN = 2_000;

    /** Of one conversation, deliveries in memory; further ones are held until these are done. */
    static final int MAX_DELIVERIES_OF_CONVERSATION = 4;

    final Conversations conversations;
    private final String consumer;
    private final StoredInbox inbox;
    private final Clock clock;
    private final @Nullable ReplayDefinition replay;
    private final @Nullable Turn turn;
    private final Map<Lane, LaneQueue> lanes = new EnumMap<>(Lane.class);
    private final Map<Integer, ShareProgress> shares = new HashMap<>();

    /** What is in memory, by id. */
    private final Map<Long, Taken> taken = new HashMap<>();

    /** What is in work. A share that was lost and is held again brings the same record anew, so ids do not tell. */
    private final IdentityHashMap<InboxRecord, Taken> inWork = new IdentityHashMap<>();

    private int generation;
    private boolean paused;
    private boolean closed;

    /** @param replay absent where it is none */
    ConsumerMemory(
            String consumer,
            Conversations conversations,
            HandOverBounds bounds,
            @Nullable ReplayDefinition replay,
            StoredInbox inbox,
            Clock clock) {
        this.consumer = consumer;
        this.conversations = conversations;
        this.inbox = inbox;
        this.clock = clock;
        this.replay = replay;
        this.turn = replay == null ? null : new Turn(conversations, replay.rate());
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new LaneQueue(lane, bounds, conversations, turn));
        }
        if (replay == null) {
            lockedRun(() -> conversations.addTarget(lanes.values()));
        }
    }

    /** Something to do while the lock is held. */
    interface Step<T extends @Nullable Object> {

        T run();
    }

    <T extends @Nullable Object> T locked(Step<T> step) {
        conversations.lock.lock();
        try {
            return step.run();
        } finally {
            conversations.lock.unlock();
        }
    }

    void lockedRun(Runnable step) {
        conversations.lock.lock();
        try {
            step.run();
        } finally {
            conversations.lock.unlock();
        }
    }

    LaneQueue lane(Lane lane) {
        LaneQueue queue = lanes.get(lane);
        if (queue == null) {
            throw new IllegalStateException("No queue for lane " + lane);
        }
        return queue;
    }

    Collection<ShareProgress> shares() {
        return shares.values();
    }

    /** Without those that are about to be given back. */
    List<ShareProgress> sharesToRead() {
        return shares.values().stream().filter(share -> !share.leaving).toList();
    }

    /** The progress in a share; absent where the share is not held in that epoch. */
    @Nullable
    ShareProgress share(Share share) {
        ShareProgress progress = shares.get(share.number());
        return progress != null && progress.share.equals(share) ? progress : null;
    }

    @Nullable
    Taken taken(long id) {
        return taken.get(id);
    }

    /** Grows where what is in memory is given back, so that a read that was under way is dropped. */
    int generation() {
        return generation;
    }

    boolean isPaused() {
        return paused;
    }

    /** Nothing is in memory for a consumer that is closed, as for one that is paused. */
    boolean isReading() {
        return !paused && !closed;
    }

    /** Whether a share may be read: another one is lost by now, or about to be given back. */
    boolean isReading(ShareProgress share) {
        return isReading() && !share.leaving && shares.get(share.share.number()) == share;
    }

    /** Whether there is room for what a feed may find. */
    boolean hasRoomToRead(ShareProgress share, Feed feed) {
        return isReading(share)
                && feed.lane.hasRoom()
                && feed.lane.hasRoomForPage()
                && share.unwrittenCount() <= MAX_UNWRITTEN;
    }

    /** A worker works on a record. */
    void begin(Taken next) {
        inWork.put(next.record, next);
    }

    /** A worker is done with a record. Returns what it was; absent where that attempt has ended before. */
    @Nullable
    Taken end(InboxRecord received, Outcome outcome) {
        Taken done = inWork.remove(received);
        if (done != null) {
            finish(done, outcome, clock.instant());
            conversations.free(done.queue.conversation);
        }
        return done;
    }

    private void finish(Taken done, Outcome outcome, Instant now) {
        InboxRecord received = done.record;
        taken.remove(done.id(), done);
        done.queue.lane.remove(done);
        if (shares.get(done.share.share.number()) != done.share) {
            return; // the share was lost
        }
        Duration latency = Duration.between(received.receivedAt(), now);
        if (outcome instanceof Outcome.Completed) {
            if (done.hasDelivery) {
                done.share.remove(done.id());
            }
            done.share.completed(new Finish(received.field(), Result.COMPLETED, latency));
        } else if (done.erased) {
            if (!done.hasDelivery) { // otherwise the store has one, which says that it is erased
                done.share.put(delivery(received, State.RETRY, 1, null, now, Set.of(), null)
                        .erased(now));
            }
        } else if (outcome instanceof Outcome.Retry retry) {
            done.share.put(
                    delivery(received, State.RETRY, 1, retry.notBefore(), now, retry.succeeded(), retry.reason()));
        } else if (outcome instanceof Outcome.Dead dead) {
            done.share.put(delivery(received, State.DEAD, 1, null, now, dead.succeeded(), dead.reason()));
            done.share.dead(new Finish(received.field(), Result.DEAD, latency));
        }
        if (!done.hasDelivery) {
            done.share.feed(received.lane()).cursor.close(done.id());
        }
    }

    private static Delivery delivery(
            InboxRecord received,
            State state,
            int attempts,
            @Nullable Instant notBefore,
            Instant now,
            Set<String> succeeded,
            @Nullable String reason) {
        return new Delivery(
                received.id().value(),
                received.lane(),
                received.conversation(),
                state,
                received.failedAttempts() + attempts,
                notBefore,
                now,
                succeeded,
                reason);
    }

    private static Delivery heldDelivery(InboxRecord received, Instant now) {
        return delivery(received, State.HELD, 0, null, now, received.succeeded(), null);
    }

    /** A record that the reader or the writer brings for the first time. */
    void accept(ShareProgress share, Feed feed, InboxRecord next) {
        ConversationQueue queue = conversations.queue(next.conversation(), feed.lane, share);
        if (!queue.hasRoomFor(next)) {
            share.put(heldDelivery(next, clock.instant()));
            queue.held(share.nextVersion());
            feed.lane.load(queue);
            feed.cursor.skip(next.id().value());
            return;
        }
        feed.cursor.open(next.id().value());
        take(next, share, queue, false);
    }

    private void take(InboxRecord next, ShareProgress share, ConversationQueue queue, boolean hasDelivery) {
        Taken brought = new Taken(next, share, queue, hasDelivery);
        taken.put(brought.id(), brought);
        queue.lane.add(brought);
    }

    /** Many retries of one conversation become held, so that they leave room for those of others. */
    void acceptRetry(ShareProgress share, Feed feed, InboxRecord next) {
        ConversationQueue queue = conversations.queue(next.conversation(), feed.lane, share);
        if (queue.isHeld() || queue.size() >= MAX_DELIVERIES_OF_CONVERSATION) {
            share.put(heldDelivery(next, clock.instant()));
            queue.held(share.nextVersion());
            inbox.addProgress();
            feed.lane.load(queue);
        } else {
            take(next, share, queue, true);
        }
    }

    /**
     * Held records were read.
     *
     * @param held absent where reading failed
     */
    void acceptHeld(ConversationQueue queue, @Nullable Due held) {
        queue.loaded(held != null && held.records().isEmpty() && held.gone().isEmpty());
        if (held != null) {
            held.records().forEach(next -> take(next, queue.share, queue, true));
        }
        queue.lane.load(queue);
        conversations.dropIfIdle(queue.conversation);
    }

    /** Ids whose deliveries in the store are in memory or out of date. */
    Set<Long> inHand(ShareProgress share) {
        Set<Long> ids = share.unwritten();
        taken.values().stream().filter(held -> held.hasDelivery).forEach(held -> ids.add(held.id()));
        return ids;
    }

    /** A share is held from now on. It may have been lost and gained again before that was noticed. */
    void gain(Share share, Loaded loaded) {
        ShareProgress before = shares.get(share.number());
        if (before != null) {
            lose(before.share);
        }
        ShareProgress progress = new ShareProgress(consumer, share, loaded.progress());
        for (Lane lane : Lane.values()) {
            LaneProgress at = loaded.progress().lanes().getOrDefault(lane, new LaneProgress(0, List.of()));
            long end = replay == null ? Long.MAX_VALUE : replay.end();
            boolean hasTail = replay == null && inbox.isShared();
            progress.feeds.put(lane, new Feed(lane(lane), new Cursor(at), end, hasTail));
        }
        shares.put(share.number(), progress);
        shareTurn();
        loaded.held()
                .forEach((lane, held) -> held.forEach(conversation -> {
                    ConversationQueue queue = conversations.queue(conversation, lane(lane), progress);
                    queue.held(0);
                    lane(lane).load(queue);
                }));
    }

    private void shareTurn() {
        if (turn != null) {
            turn.share(shares.size(), inbox.shareCount());
        }
    }

    /**
     * A share belongs to another process by now. What is being worked on goes on; what it comes to is not noted.
     *
     * @return how many attempts that is, together with those that have ended and are not durable
     */
    int lose(Share share) {
        ShareProgress progress = share(share);
        if (progress == null) {
            return 0;
        }
        shares.remove(share.number());
        shareTurn();
        forgetShare(progress);
        return (int) inWorkOf(progress) + progress.unwrittenFinishes();
    }

    private long inWorkOf(ShareProgress share) {
        return inWork.values().stream()
                .filter(working -> working.share == share)
                .count();
    }

    /** A share is about to be given back: what is being worked on ends, and all else is left to its next owner. */
    void leave(Share share) {
        ShareProgress progress = share(share);
        if (progress != null && !progress.leaving) {
            progress.leaving = true;
            forgetShare(progress);
        }
    }

    /** What is held of other shares has to be loaded again, since it may be all that is left of a conversation. */
    private void forgetShare(ShareProgress share) {
        forgetWaiting();
        forgetHeld(queue -> queue.share == share);
        loadHeld();
    }

    /** Whether nothing of a share is in work, and all that was done is durable. */
    boolean isAtRest(Share share) {
        ShareProgress progress = share(share);
        return progress == null || (inWorkOf(progress) == 0 && progress.isAllWritten());
    }

    /** Whether what comes of an attempt is noted. */
    boolean owns(InboxRecord received) {
        Taken working = inWork.get(received);
        return working != null
                && shares.get(working.share.share.number()) == working.share
                && !conversations.lease.isOver();
    }

    private void forgetHeld(Predicate<ConversationQueue> which) {
        conversations.queuesOf(lanes.values()).stream().filter(which).forEach(queue -> {
            queue.forgetHeld();
            conversations.dropIfIdle(queue.conversation);
        });
    }

    void pause(boolean value) {
        paused = value;
        if (replay == null) {
            conversations.pauseTarget(value);
        }
        if (value) {
            forgetWaiting();
        } else {
            loadHeld();
        }
    }

    void close() {
        closed = true;
        forgetWaiting();
        forgetHeld(queue -> true);
        lanes.values().forEach(LaneQueue::close);
    }

    /** Gives back all that waits in memory; it is read again where its share is still held. */
    private void forgetWaiting() {
        generation++;
        lanes.values().forEach(LaneQueue::clear);
        for (ConversationQueue queue : conversations.queuesOf(lanes.values())) {
            for (Taken waiting : queue.clear()) {
                giveBack(waiting);
            }
            conversations.dropIfIdle(queue.conversation);
        }
        shares.values()
                .forEach(share -> share.feeds.values().forEach(feed -> {
                    feed.stopFollowing();
                    feed.nextRetry = Instant.MIN;
                }));
        inbox.addProgress();
    }

    private void giveBack(Taken waiting) {
        taken.remove(waiting.id());
        waiting.queue.lane.remove(waiting);
        if (waiting.hasDelivery) {
            // The delivery may be on its way to the store: the change after this one tells that it is there.
            waiting.queue.held(waiting.share.nextVersion());
            waiting.share.moved();
        } else {
            waiting.share.feed(waiting.record.lane()).cursor.giveBack(waiting.id());
        }
    }

    /** Goes past a record that was erased before the consumer came to it. */
    void discardErased(ShareProgress share, Feed feed, InboxRecord erased) {
        Instant now = clock.instant();
        share.put(heldDelivery(erased, now).erased(now));
        feed.cursor.skip(erased.id().value());
    }

    /** Gives up a record that waited, and whose payload retention has taken. */
    void discardGone(ShareProgress share, InboxRecord gone) {
        Instant now = clock.instant();
        share.put(heldDelivery(gone, now).discarded(now, Delivery.NO_LONGER_KEPT));
    }

    /**
     * The store has erased records. What is being worked on ends. All that waits in memory is given back, and read again without
     * them; a read that is under way is dropped.
     */
    void erase(Set<Long> ids) {
        inWork.values().stream()
                .filter(working -> ids.contains(working.id()))
                .forEach(working -> working.erased = true);
        shares.values().forEach(share -> share.erase(ids, clock.instant()));
        forgetWaiting();
        loadHeld();
    }

    private void loadHeld() {
        conversations.queuesOf(lanes.values()).forEach(queue -> queue.lane.load(queue));
    }

    /** Records that hold up the position get a delivery, so that it goes past them. */
    void passLaggards(ShareProgress share, Feed feed) {
        Long first = feed.cursor.firstOpen();
        while (first != null && (feed.cursor.ranges() > MAX_RANGES || isLaggard(first))) {
            Taken laggard = taken.get(first);
            if (laggard == null) {
                throw new IllegalStateException("Record " + first + " is open and not in memory");
            }
            laggard.hasDelivery = true;
            Instant now = clock.instant();
            Delivery held = heldDelivery(laggard.record, now);
            share.put(laggard.erased ? held.erased(now) : held);
            feed.cursor.close(first);
            first = feed.cursor.firstOpen();
        }
    }

    private boolean isLaggard(long id) {
        Taken open = taken.get(id);
        return open != null
                && open.queue.conversation.busy
                && System.nanoTime() - open.queue.conversation.busySinceNanos > LONGEST_AT_WORK_NANOS;
    }
}
