package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.InboxRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings a consumer what is new in all lanes of all its shares, with one question. Their feeds stand near the same id, since each answer moves all of
 * them. A feed that is further back, or that finds a record without its payload, goes on page by page. Used by the reader's thread.
 */
final class TailReader {

    /** What comes meanwhile is part of the next answer: an answer costs about the same whether it has one record or many. */
    private static final Duration INTERVAL = Duration.ofMillis(5);

    /** Where there are more, the store sends some payloads once more. */
    private static final int MAX_KNOWN = 1_000;

    private final ConsumerMemory memory;
    private final StoredInbox inbox;
    private final Pace pace = new Pace(INTERVAL);

    TailReader(ConsumerMemory memory, StoredInbox inbox) {
        this.memory = memory;
        this.inbox = inbox;
    }

    private record Question(int generation, List<Place> places, Set<Integer> shares, long after, Set<Long> known) {

        void giveUp() {
            places.forEach(place -> place.feed().stopReading());
        }
    }

    /** How long it rests since it has read just now. Nobody wakes the reader meanwhile, so it is 0 only once it has been asked to read. */
    long nanosToNext() {
        return pace.nanosToNext();
    }

    /** Reads what is new, unless it has done so just now. Returns whether that has brought anything on. */
    boolean read(Store store) throws StoreException {
        Question question = pace.isDue() ? memory.locked(this::question) : null;
        if (question == null) {
            return false;
        }
        pace.begin();
        Tail tail = null;
        try {
            tail = store.tail(question.shares(), question.after(), question.known());
        } finally {
            if (tail == null) {
                memory.lockedRun(question::giveUp);
            }
        }
        Tail answer = tail;
        return memory.locked(() -> accept(question, answer));
    }

    /** Absent where no feed asks. Where one does, all that can go on get the answer. */
    private @Nullable Question question() {
        List<Place> places = new ArrayList<>();
        long furthest = 0;
        for (ShareProgress share : memory.sharesToRead()) {
            for (Feed feed : share.feeds.values()) {
                if (feed.canReadTail() && memory.hasRoomToRead(share, feed)) {
                    places.add(new Place(share, feed));
                    furthest = Math.max(furthest, feed.readAfter());
                }
            }
        }
        long first = furthest - Tail.IDS / 2;
        places.stream()
                .filter(place ->
                        place.feed().readAfter() < first && place.feed().wantsTail())
                .forEach(place -> place.feed().readByPages());
        places.removeIf(place -> place.feed().readAfter() < first);
        return places.stream().anyMatch(place -> place.feed().wantsTail()) ? question(places) : null;
    }

    private Question question(List<Place> places) {
        Set<Integer> shares = new HashSet<>();
        Set<Long> known = new HashSet<>();
        long after = Long.MAX_VALUE;
        for (Place place : places) {
            place.feed().startReading();
            after = Math.min(after, place.feed().readAfter());
            shares.add(place.share().share.number());
            place.feed().addKnown(known, MAX_KNOWN);
        }
        return new Question(memory.generation(), places, shares, after, known);
    }

    private boolean accept(Question question, Tail tail) {
        if (question.generation() != memory.generation()) {
            question.giveUp();
            return true;
        }
        Map<Part, List<Tail.Item>> parts = new HashMap<>();
        tail.items()
                .forEach(item -> parts.computeIfAbsent(item.part(), part -> new ArrayList<>())
                        .add(item));
        boolean isNew = false;
        boolean isOn = false;
        for (Place place : question.places()) {
            Feed feed = place.feed();
            long limit = tail.more() ? Math.min(feed.readLimit(), tail.end()) : feed.readLimit();
            List<InboxRecord> found =
                    needsPages(place, tail) ? null : feed.newOf(parts.getOrDefault(place.part(), List.of()), limit);
            if (found == null) {
                feed.readByPages();
                isOn = true;
            } else {
                isNew |= !found.isEmpty();
                isOn |= accept(place, found, Math.min(tail.through(), limit), limit);
            }
        }
        if (isNew) {
            inbox.addProgress();
        }
        return isOn;
    }

    /** Where more than a tail is not decided, what lies beyond it is found page by page. */
    private boolean needsPages(Place place, Tail tail) {
        return !memory.isReading(place.share()) || (tail.more() && tail.through() < tail.end());
    }

    private boolean accept(Place place, List<InboxRecord> found, long through, long limit) {
        Page page = new Page(found, List.of(), List.of(), through, false);
        boolean isOn = place.feed().read(page, limit, (to, next) -> memory.accept(place.share(), to, next));
        if (!found.isEmpty()) {
            place.share().moved();
        } else if (isOn) {
            place.share().drifted();
        }
        return isOn;
    }
}
