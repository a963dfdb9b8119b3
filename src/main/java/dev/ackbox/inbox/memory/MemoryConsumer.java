package dev.ackbox.inbox.memory;

import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.engine.Change;
import dev.ackbox.inbox.engine.Delivery;
import dev.ackbox.inbox.engine.Delivery.State;
import dev.ackbox.inbox.engine.LaneProgress;
import dev.ackbox.inbox.engine.Progress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is stored of a consumer. Guarded by the database's lock. */
final class MemoryConsumer {

    ConsumerDefinition definition;
    boolean paused;

    /** Records that were stored since its start. */
    long assigned;

    /** Dead letters and discarded records that are no longer kept. */
    private long forgotten;

    /** Records behind it are assigned. */
    final long start;

    /** By id of the record. */
    final TreeMap<Long, Delivery> deliveries = new TreeMap<>();

    private final Map<Integer, Progress> written = new HashMap<>();

    MemoryConsumer(ConsumerDefinition definition, long start, long assigned) {
        this.definition = definition;
        this.start = start;
        this.assigned = assigned;
    }

    void apply(Change change) {
        written.put(change.share().number(), change.progress());
        change.put().forEach(delivery -> deliveries.put(delivery.id(), delivery));
        change.remove().forEach(deliveries::remove);
    }

    Progress progress(int share) {
        Map<Lane, LaneProgress> lanes = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new LaneProgress(start, List.of()));
        }
        Progress last = written.get(share);
        if (last == null) {
            return new Progress(lanes, 0, 0);
        }
        lanes.putAll(last.lanes());
        return new Progress(lanes, last.completed(), last.discarded());
    }

    boolean hasPassed(MemoryRecord stored) {
        Progress last = written.get(stored.share);
        LaneProgress at = last == null ? null : last.lanes().get(stored.record().lane());
        return stored.id() <= (at == null ? start : at.position());
    }

    /** Whether a delivery will still ask for the payload of a record. */
    boolean needsPayload(long id) {
        Delivery delivery = deliveries.get(id);
        return delivery != null && delivery.state() != State.DISCARDED;
    }

    void forget(long id) {
        deliveries.remove(id);
        forgotten++;
    }

    Backlog count() {
        long completed = 0;
        long discarded = forgotten + count(State.DISCARDED);
        for (Progress share : written.values()) {
            completed += share.completed();
            discarded += share.discarded();
        }
        return new Backlog(assigned, completed, count(State.DEAD), discarded, null);
    }

    private long count(State state) {
        return deliveries.values().stream()
                .filter(delivery -> delivery.state() == state)
                .count();
    }
}
