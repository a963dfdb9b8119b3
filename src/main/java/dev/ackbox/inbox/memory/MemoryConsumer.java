package dev.ackbox.inbox.memory;

import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.ConsumerState;
import dev.ackbox.inbox.FailedAttempt;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.engine.Change;
import dev.ackbox.inbox.engine.Delivery;
import dev.ackbox.inbox.engine.Delivery.State;
import dev.ackbox.inbox.engine.LaneProgress;
import dev.ackbox.inbox.engine.Progress;
import dev.ackbox.inbox.engine.ReplayDefinition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

    /** By id of the record. */
    private final Map<Long, List<FailedAttempt>> failures = new HashMap<>();

    /** Absent where it is none. */
    final @Nullable ReplayDefinition replay;

    /** How many there are in the store. */
    private final int shares;

    MemoryConsumer(ConsumerDefinition definition, long start, long assigned) {
        this.replay = null;
        this.shares = 0;
        this.definition = definition;
        this.start = start;
        this.assigned = assigned;
    }

    MemoryConsumer(ReplayDefinition replay, int shares) {
        this.replay = replay;
        this.shares = shares;
        this.definition = new ConsumerDefinition(replay.consumer(), ConsumerDefinition.HANDLERS.name(), false);
        this.start = replay.after();
        this.assigned = replay.records();
    }

    boolean isAssigned(MemoryRecord stored) {
        return stored.id() > start
                && (replay == null
                        || (stored.id() <= replay.end()
                                && replay.filter().matches(stored.archived(List.of()), stored.subjects())));
    }

    /** Whether it can be told what has become of a record: where the payload is gone, a replay may have skipped it. */
    boolean knows(MemoryRecord stored) {
        return isAssigned(stored)
                && (replay == null
                        || stored.hasPayload()
                        || deliveries.containsKey(stored.id())
                        || !hasPassedOrDone(stored));
    }

    void apply(Change change) {
        written.put(change.share().number(), change.progress());
        change.put().forEach(this::put);
        change.remove().forEach(deliveries::remove);
    }

    private void put(Delivery delivery) {
        deliveries.put(delivery.id(), delivery);
        String reason = delivery.reason();
        if (reason != null && delivery.isFailure()) {
            List<FailedAttempt> earlier = failures.computeIfAbsent(delivery.id(), id -> new ArrayList<>());
            earlier.add(new FailedAttempt(earlier.size() + 1, delivery.changedAt(), reason));
        }
    }

    /** The record is erased, and so is why attempts at it failed. */
    void eraseFailures(long id) {
        failures.computeIfPresent(
                id,
                (same, failed) -> failed.stream()
                        .map(attempt -> new FailedAttempt(attempt.number(), attempt.at(), "erased"))
                        .collect(Collectors.toCollection(ArrayList::new)));
    }

    /** The record is deleted. */
    void deleteFailures(long id) {
        failures.remove(id);
    }

    /** What has become of a record that is assigned to it. */
    ConsumerState stateOf(MemoryRecord stored) {
        List<FailedAttempt> failed = failures.getOrDefault(stored.id(), List.of());
        List<FailedAttempt> last =
                failed.subList(Math.max(0, failed.size() - ConsumerState.MAX_FAILURES), failed.size());
        Delivery delivery = deliveries.get(stored.id());
        if (delivery == null) {
            if (hasPassedOrDone(stored)) {
                return ConsumerState.of(definition.name(), RecordState.COMPLETED, null, last);
            }
            return stored.isErased()
                    ? ConsumerState.of(definition.name(), RecordState.DISCARDED, Delivery.ERASED, last)
                    : ConsumerState.of(definition.name(), RecordState.WAITING, null, last);
        }
        return new ConsumerState(
                definition.name(),
                delivery.state().recordState(),
                delivery.failedAttempts(),
                delivery.changedAt(),
                delivery.notBefore(),
                delivery.succeeded(),
                delivery.reason(),
                last);
    }

    private boolean hasPassedOrDone(MemoryRecord stored) {
        Progress last = written.get(stored.share);
        LaneProgress at = last == null ? null : last.lanes().get(stored.record().lane());
        return hasPassed(stored)
                || (at != null
                        && at.completed().stream()
                                .anyMatch(range -> range.first() <= stored.id() && stored.id() <= range.last()));
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
        long dead = count(State.DEAD);
        boolean isOver = replay != null && hasEnded(replay);
        return new Backlog(assigned, completed, dead, isOver ? assigned - completed - dead : discarded, null);
    }

    private boolean hasEnded(ReplayDefinition its) {
        return written.size() == shares
                && written.values().stream().allMatch(progress -> progress.floor() >= its.end())
                && count(State.HELD) + count(State.RETRY) == 0;
    }

    private long count(State state) {
        return deliveries.values().stream()
                .filter(delivery -> delivery.state() == state)
                .count();
    }
}
