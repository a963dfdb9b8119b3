package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.DeadLetter;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxObserver.Result;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.engine.Delivery.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer of a {@link StoredInbox}: its records in memory, and what becomes of them. */
final class StoredConsumer implements Consumer {

    private static final Logger log = LoggerFactory.getLogger(StoredConsumer.class);

    /** More ranges are not kept: the records between them get a delivery, and the position goes past them. */
    private static final int MAX_RANGES = 512;

    /** Where a conversation has been worked on for longer, the position goes past its records. */
    private static final long LONGEST_AT_WORK_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final int MAX_PAGE = 500;

    /** Deliveries that are not written yet; where there are more, reading waits for the writer. */
    private static final int MAX_UNWRITTEN = 2_000;

    /** Of one conversation, retries in memory; further ones are held until these are done. */
    private static final int MAX_RETRIES_OF_CONVERSATION = 4;

    final ConsumerDefinition definition;
    final Conversations conversations;
    private final StoredInbox inbox;
    private final InboxObserver observer;
    private final Clock clock;
    private final Map<Lane, LaneQueue> lanes = new EnumMap<>(Lane.class);
    private final Map<Integer, ShareProgress> shares = new HashMap<>();

    /** What is in memory, by id. */
    private final Map<Long, Taken> taken = new HashMap<>();

    /** What is in work. A share that was lost and is held again brings the same record anew, so ids do not tell. */
    private final IdentityHashMap<InboxRecord, Taken> inWork = new IdentityHashMap<>();

    private boolean paused;
    private boolean closed;

    /** Grows where what is in memory is given back, so that a read that was under way is dropped. */
    private int generation;

    private final AtomicLong assigned = new AtomicLong();

    /** Except those that are assigned, which the writer counts before it acknowledges them. */
    private Backlog counts = new Backlog(0, 0, 0, 0, null);

    private @Nullable Instant oldestWaiting;

    StoredConsumer(
            ConsumerDefinition definition,
            Conversations conversations,
            HandOverBounds bounds,
            StoredInbox inbox,
            InboxObserver observer,
            Clock clock) {
        this.definition = definition;
        this.conversations = conversations;
        this.inbox = inbox;
        this.observer = observer;
        this.clock = clock;
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new LaneQueue(lane, bounds, conversations));
        }
    }

    @Override
    public String name() {
        return definition.name();
    }

    @Override
    public @Nullable InboxRecord next(Lane lane, Duration wait) throws InterruptedException {
        conversations.lock.lockInterruptibly();
        try {
            LaneQueue queue = lane(lane);
            Taken next = queue.next(wait.toNanos());
            if (next == null) {
                return null;
            }
            inWork.put(next.record, next);
            if (!queue.toLoad.isEmpty()) {
                inbox.read();
            }
            return next.record;
        } finally {
            conversations.lock.unlock();
        }
    }

    @Override
    public boolean hasNext(Lane lane) {
        return locked(() -> lane(lane).hasNext());
    }

    @Override
    public void done(InboxRecord received, Outcome outcome) {
        Instant now = clock.instant();
        conversations.lock.lock();
        try {
            Taken done = inWork.remove(received);
            if (done == null) {
                return; // ended before; the record may be in work again
            }
            finish(done, outcome, now);
            conversations.free(done.queue.conversation);
            boolean read = done.queue.lane.load(done.queue);
            Feed feed = done.share.feed(done.record.lane());
            if (read || (!feed.follows() && done.queue.lane.hasRoomForPage())) {
                inbox.read();
            }
        } finally {
            conversations.lock.unlock();
        }
        inbox.addProgress();
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
    private void accept(ShareProgress share, Feed feed, InboxRecord next) {
        ConversationQueue queue = conversations.queue(next.conversation(), feed.lane, share);
        if (!queue.hasRoomFor(next)) {
            share.put(heldDelivery(next, clock.instant()));
            queue.held(share.nextVersion());
            feed.cursor.skip(next.id().value());
            return;
        }
        feed.cursor.open(next.id().value(), System.nanoTime());
        take(next, share, queue, false);
    }

    private void take(InboxRecord next, ShareProgress share, ConversationQueue queue, boolean hasDelivery) {
        Taken brought = new Taken(next, share, queue, hasDelivery);
        taken.put(brought.id(), brought);
        queue.lane.add(brought);
    }

    boolean holds(Share share) {
        return locked(() -> {
            ShareProgress progress = shares.get(share.number());
            return progress != null && progress.share.equals(share);
        });
    }

    /** A share is held from now on. */
    void gained(Share share, Loaded loaded) {
        conversations.lock.lock();
        try {
            ShareProgress progress = new ShareProgress(name(), share, loaded.progress());
            for (Lane lane : Lane.values()) {
                LaneProgress at = loaded.progress().lanes().getOrDefault(lane, new LaneProgress(0, List.of()));
                progress.feeds.put(lane, new Feed(lane(lane), new Cursor(at)));
            }
            shares.put(share.number(), progress);
            loaded.held()
                    .forEach((lane, held) -> held.forEach(conversation -> {
                        ConversationQueue queue = conversations.queue(conversation, lane(lane), progress);
                        queue.held(0);
                        lane(lane).load(queue);
                    }));
        } finally {
            conversations.lock.unlock();
        }
        inbox.read();
    }

    /** A share belongs to another process by now. What is being worked on goes on; what it comes to is not noted. */
    void lost(Share share) {
        conversations.lock.lock();
        try {
            ShareProgress progress = shares.get(share.number());
            if (progress != null && progress.share.equals(share)) {
                shares.remove(share.number());
                forgetWaiting();
                for (ConversationQueue queue : conversations.queuesOf(lanes.values())) {
                    if (queue.share == progress) {
                        queue.forgetHeld();
                        conversations.dropIfIdle(queue.conversation);
                    }
                }
            }
        } finally {
            conversations.lock.unlock();
        }
        inbox.read();
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

    /** Has everything read again that waits. */
    private void startReading() {
        conversations.queuesOf(lanes.values()).forEach(queue -> queue.lane.load(queue));
    }

    // What the writer calls.

    void takeChanges(List<Change> changes) {
        conversations.lock.lock();
        try {
            for (ShareProgress share : shares.values()) {
                share.feeds.values().forEach(feed -> passLaggards(share, feed));
                Change change = share.takeChange();
                if (change != null) {
                    changes.add(change);
                }
            }
        } finally {
            conversations.lock.unlock();
        }
    }

    /** Records that hold up the position get a delivery, so that it goes past them. */
    private void passLaggards(ShareProgress share, Feed feed) {
        Long first = feed.cursor.firstOpen();
        while (first != null && (feed.cursor.ranges() > MAX_RANGES || isLaggard(first))) {
            Taken laggard = taken.get(first);
            if (laggard == null) {
                throw new IllegalStateException("Record " + first + " is open and not in memory");
            }
            laggard.hasDelivery = true;
            share.put(heldDelivery(laggard.record, clock.instant()));
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

    /** So many new records are durable. */
    void assigned(int records) {
        assigned.addAndGet(records);
    }

    /** New records are durable. */
    void stored(Written written) {
        conversations.lock.lock();
        try {
            if (!isReading()) {
                return;
            }
            for (ShareProgress share : shares.values()) {
                share.feeds.forEach((lane, feed) -> {
                    List<InboxRecord> own = new ArrayList<>();
                    for (Written.Stored next : written.stored()) {
                        if (next.share() == share.share.number()
                                && next.record().lane() == lane) {
                            own.add(next.record());
                        }
                    }
                    feed.stored(own, written.after(), written.through(), (to, next) -> accept(share, to, next));
                });
                if (!written.stored().isEmpty()) {
                    share.moved();
                }
            }
        } finally {
            conversations.lock.unlock();
        }
    }

    /** A change is durable, or was refused since its share has another owner. */
    void written(Change change, boolean isLost) {
        if (isLost) {
            lost(change.share());
            return;
        }
        List<Finish> durable;
        Backlog ended;
        conversations.lock.lock();
        try {
            ShareProgress share = shares.get(change.share().number());
            if (share == null || !share.share.equals(change.share())) {
                return;
            }
            durable = share.written(change);
            long completed = change.progress().completed() - share.writtenCompleted;
            long discarded = change.progress().discarded() - share.writtenDiscarded;
            share.writtenCompleted = change.progress().completed();
            share.writtenDiscarded = change.progress().discarded();
            int dead = 0;
            for (Delivery delivery : change.put()) {
                if (delivery.state() == State.DEAD) {
                    dead++;
                } else if (delivery.notBefore() != null) {
                    share.feed(delivery.lane()).retryAt(delivery.notBefore());
                }
            }
            ended = new Backlog(0, completed, dead, discarded, null);
            if (!change.put().isEmpty()) {
                inbox.read();
            }
        } finally {
            conversations.lock.unlock();
        }
        durable.forEach(finish -> observer.finished(name(), finish.field(), finish.result(), finish.latency()));
        locked(() -> counts = plus(counts, ended));
    }

    private static Backlog plus(Backlog to, Backlog ended) {
        return new Backlog(
                to.assigned(),
                to.completed() + ended.completed(),
                to.dead() + ended.dead(),
                to.discarded() + ended.discarded(),
                null);
    }

    /** Records may be durable that it was not told of. */
    void readAgain() {
        locked(() -> {
            shares.values().forEach(share -> share.feeds.values().forEach(Feed::stopFollowing));
            return true;
        });
        inbox.read();
    }

    void failed(Change change) {
        conversations.lock.lock();
        try {
            ShareProgress share = shares.get(change.share().number());
            if (share != null && share.share.equals(change.share())) {
                share.failed();
            }
        } finally {
            conversations.lock.unlock();
        }
    }

    /** Counts anew. */
    void counted(Backlog counted) {
        assigned.set(counted.assigned());
        locked(() -> counts = counted);
    }

    // What the reader calls.

    /** Reads what is due, and what there is room for. Returns whether it has read anything. */
    boolean read(Store store) throws StoreException {
        boolean read = false;
        for (ShareProgress share : locked(() -> List.copyOf(shares.values()))) {
            for (Feed feed : share.feeds.values()) {
                read |= readRetries(store, share, feed);
                read |= readHeld(store, share, feed);
                read |= readPage(store, share, feed);
            }
        }
        return read;
    }

    private boolean readRetries(Store store, ShareProgress share, Feed feed) throws StoreException {
        Instant now = clock.instant();
        int at;
        int records;
        long bytes;
        Set<Long> except;
        conversations.lock.lock();
        try {
            if (!isReading() || now.isBefore(feed.nextRetry) || !feed.lane.hasDeliveryRoom()) {
                return false;
            }
            at = generation;
            records = feed.lane.deliveryRoom();
            bytes = feed.lane.deliveryByteRoom();
            except = inHand(share);
            feed.nextRetry = Instant.MAX; // a retry that is written meanwhile brings it forward
        } finally {
            conversations.lock.unlock();
        }
        Due due = new Due(List.of(), now);
        try {
            due = store.due(name(), share.share, feed.lane.lane, now, except, records, bytes);
        } finally {
            conversations.lock.lock();
            try {
                if (due.next() != null) {
                    feed.retryAt(due.next());
                }
                if (at == generation) {
                    due.records().forEach(next -> acceptRetry(share, feed, next));
                }
            } finally {
                conversations.lock.unlock();
            }
        }
        return !due.records().isEmpty();
    }

    /** Many retries of one conversation become held, so that they leave room for those of others. */
    private void acceptRetry(ShareProgress share, Feed feed, InboxRecord next) {
        ConversationQueue queue = conversations.queue(next.conversation(), feed.lane, share);
        if (queue.isHeld() || queue.size() >= MAX_RETRIES_OF_CONVERSATION) {
            share.put(heldDelivery(next, clock.instant()));
            queue.held(share.nextVersion());
            inbox.addProgress();
            feed.lane.load(queue);
        } else {
            take(next, share, queue, true);
        }
    }

    private boolean readHeld(Store store, ShareProgress share, Feed feed) throws StoreException {
        ConversationQueue queue;
        int at;
        long version;
        Set<Long> except;
        long bytes;
        conversations.lock.lock();
        try {
            // Until then, records that are not held and came earlier may still have to be read.
            if (!isReading() || !feed.cursor.isReadAgain() || !feed.lane.hasDeliveryRoom()) {
                return false;
            }
            queue = feed.lane.nextToLoad(share);
            if (queue == null) {
                return false;
            }
            at = generation;
            version = queue.heldVersion();
            except = inHand(share);
            bytes = feed.lane.deliveryByteRoom();
        } finally {
            conversations.lock.unlock();
        }
        List<InboxRecord> held = null;
        try {
            held = store.held(
                    name(),
                    share.share,
                    feed.lane.lane,
                    queue.conversation.hash,
                    except,
                    MAX_RETRIES_OF_CONVERSATION,
                    bytes);
        } finally {
            conversations.lock.lock();
            try {
                if (at == generation) {
                    acceptHeld(queue, held, version);
                }
            } finally {
                conversations.lock.unlock();
            }
        }
        return true;
    }

    private void acceptHeld(ConversationQueue queue, @Nullable List<InboxRecord> held, long version) {
        boolean all = held != null && held.isEmpty() && queue.heldVersion() == version;
        queue.loaded(all);
        if (held != null) {
            held.forEach(next -> take(next, queue.share, queue, true));
        }
        queue.lane.load(queue);
        conversations.dropIfIdle(queue.conversation);
    }

    private boolean readPage(Store store, ShareProgress share, Feed feed) throws StoreException {
        int at;
        long after;
        long through;
        int records;
        long bytes;
        conversations.lock.lock();
        try {
            if (!isReading()
                    || !feed.wantsPage()
                    || !feed.lane.hasRoom()
                    || !feed.lane.hasRoomForPage()
                    || share.unwrittenCount() > MAX_UNWRITTEN) {
                return false;
            }
            at = generation;
            after = feed.readAfter();
            through = feed.readLimit();
            records = Math.min(MAX_PAGE, feed.lane.recordRoom());
            bytes = feed.lane.byteRoom();
            feed.startReading();
        } finally {
            conversations.lock.unlock();
        }
        Page page = null;
        boolean isOn = true;
        try {
            page = store.read(share.share, feed.lane.lane, after, through, records, bytes);
        } finally {
            conversations.lock.lock();
            try {
                if (page == null || at != generation) {
                    feed.stopReading();
                } else {
                    isOn = acceptPage(share, feed, page, through);
                }
            } finally {
                conversations.lock.unlock();
            }
        }
        if (isOn) {
            inbox.addProgress();
        }
        return isOn;
    }

    /** Returns whether the page has brought anything on: most of those that are read on suspicion do not, and cost no write. */
    private boolean acceptPage(ShareProgress share, Feed feed, Page page, long limit) {
        long gone = page.gone().stream()
                .filter(id -> !feed.cursor.isKnown(id))
                .peek(feed.cursor::skip)
                .count();
        boolean isOn = feed.read(page, limit, (to, next) -> accept(share, to, next)) || gone > 0;
        if (isOn) {
            share.moved();
        }
        if (gone > 0) {
            share.discarded(gone);
            observer.overtaken(name(), gone);
            log.warn(
                    "Consumer {}: {} records were no longer kept when it came to them; they are discarded",
                    name(),
                    gone);
        }
        return isOn;
    }

    private Set<Long> inHand(ShareProgress share) {
        Set<Long> ids = share.unwritten();
        taken.values().stream().filter(held -> held.hasDelivery).forEach(held -> ids.add(held.id()));
        return ids;
    }

    /** Looks up when the oldest waiting record was received. */
    void lookForOldest(Store store) throws StoreException {
        Instant oldest = null;
        for (ShareProgress share : locked(() -> List.copyOf(shares.values()))) {
            oldest = earlier(oldest, store.oldestDelivery(name(), share.share));
            for (Feed feed : share.feeds.values()) {
                long after = locked(() -> feed.cursor.readThrough());
                oldest = earlier(oldest, locked(() -> {
                    Long first = feed.cursor.firstOpen();
                    Taken open = first == null ? null : taken.get(first);
                    return open == null ? null : open.record.receivedAt();
                }));
                oldest = earlier(oldest, store.receivedAfter(share.share, feed.lane.lane, after));
            }
        }
        Instant found = oldest;
        locked(() -> oldestWaiting = found);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.isBefore(one) ? other : one;
    }

    /** Another process may have stored something. */
    void poll() {
        locked(() -> {
            shares.values().forEach(share -> share.feeds.values().forEach(Feed::poll));
            return true;
        });
    }

    // What users call.

    @Override
    public void pause() {
        inbox.pause(this, true);
    }

    @Override
    public void resume() {
        inbox.pause(this, false);
    }

    /** What the store has said of it. */
    void opened(boolean isPaused, Backlog counted) {
        locked(() -> {
            paused = isPaused;
            counts = counted;
            assigned.set(counted.assigned());
            return true;
        });
    }

    /** The store has noted it. */
    void setPaused(boolean value) {
        conversations.lock.lock();
        try {
            paused = value;
            if (value) {
                forgetWaiting();
            } else {
                startReading();
            }
        } finally {
            conversations.lock.unlock();
        }
        inbox.read();
    }

    @Override
    public boolean isPaused() {
        return locked(() -> paused);
    }

    @Override
    public Backlog backlog() {
        return locked(() -> {
            // What other processes have stored may be completed here before it is counted.
            long ended = counts.completed() + counts.dead() + counts.discarded();
            long all = Math.max(assigned.get(), ended);
            return new Backlog(
                    all, counts.completed(), counts.dead(), counts.discarded(), all > ended ? oldestWaiting : null);
        });
    }

    @Override
    public List<DeadLetter> deadLetters(int limit) {
        return inbox.deadLetters(name(), limit);
    }

    /** Nothing is in memory for a consumer that is closed, as for one that is paused. */
    private boolean isReading() {
        return !paused && !closed;
    }

    @Override
    public void close() {
        locked(() -> {
            closed = true;
            forgetWaiting();
            lanes.values().forEach(LaneQueue::close);
            return true;
        });
    }

    private LaneQueue lane(Lane lane) {
        LaneQueue queue = lanes.get(lane);
        if (queue == null) {
            throw new IllegalStateException("No queue for lane " + lane);
        }
        return queue;
    }

    private interface Look<T extends @Nullable Object> {
        T look();
    }

    private <T extends @Nullable Object> T locked(Look<T> look) {
        conversations.lock.lock();
        try {
            return look.look();
        } finally {
            conversations.lock.unlock();
        }
    }
}
