package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.DeadLetter;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.engine.Delivery.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of a {@link StoredInbox}: what its users, the writer and the reader call. {@link ConsumerMemory} has its records,
 * {@link ConsumerReader} reads them.
 */
final class StoredConsumer implements Consumer {

    private final ConsumerDefinition definition;
    private final @Nullable ReplayDefinition replay;
    private final ConsumerMemory memory;
    private final ConsumerReader reader;
    private final StoredInbox inbox;
    private final InboxObserver observer;
    private final AtomicLong assigned = new AtomicLong();

    /** Except those that are assigned, which the writer counts before it acknowledges them. */
    private volatile Backlog counts = new Backlog(0, 0, 0, 0, null);

    private volatile @Nullable Instant oldestWaiting;

    /** @param replay absent where it is none */
    StoredConsumer(
            ConsumerDefinition definition,
            @Nullable ReplayDefinition replay,
            Conversations conversations,
            HandOverBounds bounds,
            StoredInbox inbox,
            InboxObserver observer,
            Clock clock) {
        this.definition = definition;
        this.replay = replay;
        this.memory = new ConsumerMemory(definition.name(), conversations, bounds, replay, inbox, clock);
        this.reader = new ConsumerReader(definition.name(), memory, replay, inbox, observer, clock);
        this.inbox = inbox;
        this.observer = observer;
    }

    // What users call.

    @Override
    public String name() {
        return definition.name();
    }

    @Override
    public @Nullable InboxRecord next(Lane lane, Duration wait) throws InterruptedException {
        memory.conversations.lock.lockInterruptibly();
        try {
            LaneQueue queue = memory.lane(lane);
            Taken next = queue.next(wait.toNanos());
            if (next == null) {
                return null;
            }
            memory.begin(next);
            if (!queue.toLoad.isEmpty()) {
                inbox.read();
            }
            return next.record;
        } finally {
            memory.conversations.lock.unlock();
        }
    }

    @Override
    public Duration readyFor(Lane lane) {
        return memory.locked(() -> memory.lane(lane).readyFor());
    }

    @Override
    public void done(InboxRecord received, Outcome outcome) {
        memory.lockedRun(() -> {
            Taken done = memory.end(received, outcome);
            if (done != null) {
                readBehind(done);
            }
        });
        inbox.addProgress();
    }

    private void readBehind(Taken done) {
        LaneQueue lane = done.queue.lane;
        Feed feed = done.share.feed(lane.lane);
        if (lane.load(done.queue) || (feed.wantsPage() && lane.hasRoomForPage())) {
            inbox.read();
        } else if (feed.wantsTail() && lane.hasRoomForPage()) {
            inbox.readTail();
        }
    }

    @Override
    public boolean owns(InboxRecord received) {
        return memory.locked(() -> memory.owns(received));
    }

    @Override
    public void pause() {
        inbox.pause(this, true);
    }

    @Override
    public void resume() {
        inbox.pause(this, false);
    }

    @Override
    public boolean isPaused() {
        return memory.locked(memory::isPaused);
    }

    @Override
    public Backlog backlog() {
        Backlog ends = counts;
        long ended = ends.completed() + ends.dead() + ends.discarded();
        // What other processes have stored may be completed here before it is counted.
        long all = Math.max(assigned.get(), ended);
        return new Backlog(all, ends.completed(), ends.dead(), ends.discarded(), all > ended ? oldestWaiting : null);
    }

    @Override
    public List<DeadLetter> deadLetters(int limit) {
        return inbox.deadLetters(name(), limit);
    }

    @Override
    public void close() {
        memory.lockedRun(memory::close);
    }

    // What the thread of the shares and the writer call.

    boolean holds(Share share) {
        return memory.locked(() -> memory.share(share) != null);
    }

    /** A share is held from now on. */
    void gained(Share share, Loaded loaded) {
        memory.lockedRun(() -> memory.gain(share, loaded));
        inbox.read();
    }

    void lost(Share share) {
        int attempts = memory.locked(() -> memory.lose(share));
        if (attempts > 0) {
            observer.disowned(name(), attempts);
        }
        inbox.read();
    }

    /** A share is about to be given back. */
    void leave(Share share) {
        memory.lockedRun(() -> memory.leave(share));
    }

    /** Whether a share can be given back. */
    boolean isAtRest(Share share) {
        return memory.locked(() -> memory.isAtRest(share));
    }

    /** An operator has changed something in another process. What waits in memory is read again. */
    void revised(boolean isPaused, Backlog counted) {
        memory.lockedRun(() -> {
            if (memory.isPaused() != isPaused) {
                memory.pause(isPaused);
            }
        });
        counted(counted);
        erased(Set.of());
    }

    /** Another process may have stored something. */
    void poll() {
        memory.lockedRun(
                () -> memory.shares().forEach(share -> share.feeds.values().forEach(Feed::poll)));
    }

    /** What the store has said of it. */
    void opened(boolean isPaused, Backlog counted) {
        memory.lockedRun(() -> memory.pause(isPaused));
        counted(counted);
    }

    /** The store has noted it. */
    void setPaused(boolean value) {
        memory.lockedRun(() -> memory.pause(value));
        inbox.read();
    }

    /** So many of its dead letters are to be retried now. */
    void requeued(int records, Instant now) {
        counts = counts.plus(0, -records, 0);
        memory.lockedRun(() ->
                memory.shares().forEach(share -> share.feeds.values().forEach(feed -> feed.retryAt(now))));
        inbox.read();
    }

    /** So many of its dead letters are discarded. */
    void discarded(int records) {
        counts = counts.plus(0, -records, records);
    }

    /** The store has erased records. */
    void erased(Set<Long> ids) {
        memory.lockedRun(() -> memory.erase(ids));
        inbox.read();
    }

    /** Counts anew. */
    void counted(Backlog counted) {
        assigned.set(counted.assigned());
        counts = counted;
    }

    /** So many new records are durable. */
    void assigned(int records) {
        if (replay == null) {
            assigned.addAndGet(records);
        }
    }

    /**
     * Adds what has changed.
     *
     * @param intervalNanos positions of a share that were taken so recently may wait
     * @return whether some of them do
     */
    boolean takeChanges(List<Change> changes, long intervalNanos) {
        return memory.locked(() -> {
            boolean waits = false;
            for (ShareProgress share : memory.shares()) {
                share.feeds.values().forEach(feed -> memory.passLaggards(share, feed));
                Change change = share.isDue(intervalNanos) ? share.takeChange() : null;
                if (change != null) {
                    changes.add(change);
                }
                waits |= change == null && share.isDirty();
            }
            return waits;
        });
    }

    /** New records are durable. */
    void stored(Written written) {
        if (replay != null) {
            return; // it has its end before them
        }
        Map<Part, List<InboxRecord>> parts = new HashMap<>();
        for (Written.Stored next : written.stored()) {
            parts.computeIfAbsent(new Part(next.share(), next.record().lane()), part -> new ArrayList<>())
                    .add(next.record());
        }
        memory.lockedRun(() -> {
            if (memory.isReading()) {
                memory.sharesToRead().forEach(share -> stored(share, parts, written));
            }
        });
        if (written.through() == 0) {
            inbox.readTail(); // they are pending
        }
        inbox.addProgress(); // what there was no room for is held, and the position has moved
    }

    private void stored(ShareProgress share, Map<Part, List<InboxRecord>> parts, Written written) {
        share.feeds.forEach((lane, feed) -> {
            List<InboxRecord> own = parts.getOrDefault(new Part(share.share.number(), lane), List.of());
            if (!own.isEmpty() || written.through() > 0) {
                feed.stored(own, written.after(), written.through(), (to, next) -> memory.accept(share, to, next));
                share.moved();
            }
        });
    }

    /** A change is durable, or was refused since its share has another owner. */
    void written(Change change, boolean isLost) {
        if (isLost) {
            lost(change.share());
            return;
        }
        Durable durable = memory.locked(() -> {
            ShareProgress share = memory.share(change.share());
            return share == null ? null : written(share, change);
        });
        if (durable != null) {
            durable.finishes()
                    .forEach(finish -> observer.finished(name(), finish.field(), finish.result(), finish.latency()));
            counts = durable.counts();
            if (replay != null
                    && change.progress().floor() >= replay.end()
                    && backlog().waiting() > 0) {
                inbox.countSoon(); // what it did not find any more is discarded
            }
        }
    }

    /** What follows from a change that is durable. */
    private record Durable(List<Finish> finishes, Backlog counts) {}

    private Durable written(ShareProgress share, Change change) {
        int dead = 0;
        int discarded = 0;
        for (Delivery delivery : change.put()) {
            dead += delivery.state() == State.DEAD ? 1 : 0;
            discarded += delivery.state() == State.DISCARDED ? 1 : 0;
            if (delivery.notBefore() != null) {
                share.feed(delivery.lane()).retryAt(delivery.notBefore());
            }
        }
        if (!change.put().isEmpty()) {
            inbox.read();
        }
        Progress before = share.writtenProgress();
        List<Finish> finishes = share.written(change);
        return new Durable(
                finishes,
                counts.plus(
                        change.progress().completed() - before.completed(),
                        dead,
                        discarded + change.progress().discarded() - before.discarded()));
    }

    void failed(Change change) {
        memory.lockedRun(() -> {
            ShareProgress share = memory.share(change.share());
            if (share != null) {
                share.failed();
            }
        });
    }

    /** Records may be durable that it was not told of. */
    void readAgain() {
        memory.lockedRun(
                () -> memory.shares().forEach(share -> share.feeds.values().forEach(Feed::stopFollowing)));
        inbox.read();
    }

    // What the reader calls.

    /** Reads what is due, and what there is room for. Returns whether it has read anything. */
    boolean read(Store store) throws StoreException {
        return reader.read(store);
    }

    /** How long it rests, since it has read what is new just now. */
    long nanosToTail() {
        return reader.nanosToTail();
    }

    /** Looks up when the oldest waiting record was received. */
    void lookForOldest(Store store) throws StoreException {
        oldestWaiting = replay != null ? null : reader.oldest(store);
    }
}
