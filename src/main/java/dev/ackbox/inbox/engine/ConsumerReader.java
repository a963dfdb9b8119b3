package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from the store what a consumer has room for. Used by the reader's thread. The lock is held before and after the store is
 * asked, never meanwhile; where what is in memory was given back in between, the answer is dropped.
 */
final class ConsumerReader {

    private static final Logger log = LoggerFactory.getLogger(ConsumerReader.class);
    private static final int MAX_PAGE = 500;

    private final String consumer;
    private final ConsumerMemory memory;
    private final @Nullable ReplayDefinition replay;
    private final StoredInbox inbox;
    private final InboxObserver observer;
    private final Clock clock;
    private final TailReader tail;

    /** @param replay absent where it is none */
    ConsumerReader(
            String consumer,
            ConsumerMemory memory,
            @Nullable ReplayDefinition replay,
            StoredInbox inbox,
            InboxObserver observer,
            Clock clock) {
        this.consumer = consumer;
        this.memory = memory;
        this.replay = replay;
        this.inbox = inbox;
        this.observer = observer;
        this.clock = clock;
        this.tail = new TailReader(memory, inbox);
    }

    /** What there is room for, and what is in memory already. */
    private record Room(int generation, int records, long bytes, Set<Long> except) {}

    /** A page to be read. */
    private record PageRequest(Room room, long after, long through) {}

    /** A conversation whose held records are to be read. */
    private record HeldRequest(Room room, ConversationQueue queue) {}

    /** Reads what is due, and what there is room for. Returns whether it has read anything. */
    boolean read(Store store) throws StoreException {
        boolean read = tail.read(store);
        Instant now = clock.instant();
        for (Place place : memory.locked(() -> placesToRead(now))) {
            read |= readRetries(store, place.share(), place.feed());
            read |= readHeld(store, place.share(), place.feed());
            read |= readPage(store, place.share(), place.feed());
        }
        return read;
    }

    /** How long it rests, since it has read what is new just now. */
    long nanosToTail() {
        return tail.nanosToNext();
    }

    /** Most have nothing to read at a time. */
    private List<Place> placesToRead(Instant now) {
        List<Place> places = new ArrayList<>();
        for (ShareProgress share : memory.sharesToRead()) {
            for (Feed feed : share.feeds.values()) {
                if (feed.wantsPage() || !now.isBefore(feed.nextRetry) || !feed.lane.toLoad.isEmpty()) {
                    places.add(new Place(share, feed));
                }
            }
        }
        return places;
    }

    private Room deliveryRoom(ShareProgress share, LaneQueue lane) {
        return new Room(memory.generation(), lane.deliveryRoom(), lane.deliveryByteRoom(), memory.inHand(share));
    }

    private boolean readRetries(Store store, ShareProgress share, Feed feed) throws StoreException {
        Instant now = clock.instant();
        Room room = memory.locked(() -> {
            if (!memory.isReading(share) || now.isBefore(feed.nextRetry) || !feed.lane.hasDeliveryRoom()) {
                return null;
            }
            feed.nextRetry = Instant.MAX; // a retry that is written meanwhile brings it forward
            return deliveryRoom(share, feed.lane);
        });
        if (room == null) {
            return false;
        }
        Due due = new Due(List.of(), List.of(), now);
        try {
            due = store.due(consumer, share.share, feed.lane.lane, now, room.except(), room.records(), room.bytes());
        } finally {
            Due answer = due;
            memory.lockedRun(() -> {
                if (answer.next() != null) {
                    feed.retryAt(answer.next());
                }
                if (room.generation() == memory.generation()) {
                    answer.records().forEach(next -> memory.acceptRetry(share, feed, next));
                    discard(share, answer.gone());
                }
            });
        }
        return !due.records().isEmpty() || !due.gone().isEmpty();
    }

    private boolean readHeld(Store store, ShareProgress share, Feed feed) throws StoreException {
        HeldRequest request = memory.locked(() -> {
            // Until all is read again, records that are not held and came earlier may still have to be read.
            if (!memory.isReading(share) || !feed.cursor.isReadAgain() || !feed.lane.hasDeliveryRoom()) {
                return null;
            }
            ConversationQueue queue = feed.lane.nextToLoad(share);
            return queue == null ? null : new HeldRequest(deliveryRoom(share, feed.lane), queue);
        });
        if (request == null) {
            return false;
        }
        Due held = null;
        try {
            held = store.held(
                    consumer,
                    share.share,
                    feed.lane.lane,
                    request.queue().conversation.hash,
                    request.room().except(),
                    ConsumerMemory.MAX_DELIVERIES_OF_CONVERSATION,
                    request.room().bytes());
        } finally {
            Due answer = held;
            memory.lockedRun(() -> {
                if (request.room().generation() == memory.generation()) {
                    if (answer != null) {
                        discard(share, answer.gone());
                    }
                    memory.acceptHeld(request.queue(), answer);
                }
            });
        }
        return true;
    }

    /** What waited, and has lost its payload meanwhile. */
    private void discard(ShareProgress share, List<InboxRecord> gone) {
        if (!gone.isEmpty()) {
            gone.forEach(next -> memory.discardGone(share, next));
            overtaken(gone.size());
            inbox.addProgress();
        }
    }

    private boolean readPage(Store store, ShareProgress share, Feed feed) throws StoreException {
        PageRequest request = memory.locked(() -> pageRequest(share, feed));
        if (request == null) {
            return false;
        }
        Page page = null;
        try {
            page = store.read(
                    share.share,
                    feed.lane.lane,
                    replay == null ? null : replay.filter(),
                    request.after(),
                    request.through(),
                    request.room().records(),
                    request.room().bytes());
        } finally {
            if (page == null) {
                memory.lockedRun(feed::stopReading);
            }
        }
        Page answer = page;
        boolean isOn = memory.locked(() -> {
            if (request.room().generation() != memory.generation()) {
                feed.stopReading();
                return true;
            }
            return accept(share, feed, answer, request.through());
        });
        if (isOn) {
            inbox.addProgress();
        }
        return isOn;
    }

    private @Nullable PageRequest pageRequest(ShareProgress share, Feed feed) {
        LaneQueue lane = feed.lane;
        if (!feed.wantsPage() || !memory.hasRoomToRead(share, feed)) {
            return null;
        }
        feed.startReading();
        Room room = new Room(memory.generation(), Math.min(MAX_PAGE, lane.recordRoom()), lane.byteRoom(), Set.of());
        return new PageRequest(room, feed.readAfter(), feed.readLimit());
    }

    /** Returns whether the page has brought anything on: most of those that are read on suspicion do not, and cost no write. */
    private boolean accept(ShareProgress share, Feed feed, Page page, long limit) {
        int erased = replay == null ? acceptErased(share, feed, page.erased()) : 0;
        List<Long> gone =
                page.gone().stream().filter(id -> !feed.cursor.isKnown(id)).toList();
        gone.forEach(feed.cursor::skip);
        boolean isOn =
                feed.read(page, limit, (to, next) -> memory.accept(share, to, next)) || !gone.isEmpty() || erased > 0;
        if (isOn) {
            share.moved();
        }
        if (!gone.isEmpty()) {
            share.discarded(gone.size());
            overtaken(gone.size());
        }
        return isOn;
    }

    private void overtaken(int records) {
        if (replay == null) {
            observer.overtaken(consumer, records);
            log.warn(
                    "Consumer {}: {} records were no longer kept when it came to them; they are discarded",
                    consumer,
                    records);
        }
    }

    /** They get a delivery, which says why the consumer never saw them. Returns how many are new to it. */
    private int acceptErased(ShareProgress share, Feed feed, List<InboxRecord> erased) {
        int accepted = 0;
        for (InboxRecord next : erased) {
            if (!feed.cursor.isKnown(next.id().value())) {
                memory.discardErased(share, feed, next);
                accepted++;
            }
        }
        return accepted;
    }

    /** When the oldest waiting record was received; absent where none waits. */
    @Nullable
    Instant oldest(Store store) throws StoreException {
        Map<Part, Long> after = new HashMap<>();
        Instant inMemory = memory.locked(() -> {
            Instant oldest = null;
            for (ShareProgress share : memory.shares()) {
                for (Feed feed : share.feeds.values()) {
                    after.put(new Part(share.share.number(), feed.lane.lane), feed.cursor.readThrough());
                    oldest = earlier(oldest, oldestOpen(feed));
                }
            }
            return oldest;
        });
        return after.isEmpty() ? inMemory : earlier(inMemory, store.oldestWaiting(consumer, after));
    }

    private @Nullable Instant oldestOpen(Feed feed) {
        Long first = feed.cursor.firstOpen();
        Taken open = first == null ? null : memory.taken(first);
        return open == null ? null : open.record.receivedAt();
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.isBefore(one) ? other : one;
    }
}
