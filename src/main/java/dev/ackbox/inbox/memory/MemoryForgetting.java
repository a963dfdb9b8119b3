package dev.ackbox.inbox.memory;

import dev.ackbox.inbox.engine.Delivery;
import dev.ackbox.inbox.engine.Delivery.State;
import dev.ackbox.inbox.engine.Retention;
import java.time.Instant;
import java.util.List;

/** Forgets what has been kept long enough, some records a step. Each caller holds the database's lock. */
final class MemoryForgetting {

    private static final int RECORDS_PER_STEP = 200;

    private final MemoryDatabase database;
    private final Retention retention;
    private final Instant now;

    MemoryForgetting(MemoryDatabase database, Retention retention, Instant now) {
        this.database = database;
        this.retention = retention;
        this.now = now;
    }

    /** Takes one step; returns false where nothing is left for now. */
    boolean step() {
        int changed = 0;
        for (MemoryRecord stored : List.copyOf(database.records.values())) {
            stored.correctTime(now);
            if (changed < RECORDS_PER_STEP && forget(stored)) {
                changed++;
            }
        }
        return changed > 0;
    }

    private boolean forget(MemoryRecord stored) {
        boolean changed = false;
        for (MemoryConsumer consumer : database.consumers()) {
            changed |= endDelivery(consumer, stored);
        }
        if (stored.hasPayload() && mayErase(stored)) {
            stored.erasePayload();
            changed = true;
        }
        if (stored.isOlderThan(retention.attempts(), now)) {
            database.consumers().stream()
                    .filter(consumer -> !consumer.deliveries.containsKey(stored.id()))
                    .forEach(consumer -> consumer.deleteFailures(stored.id()));
        }
        if (!stored.hasPayload() && mayDelete(stored)) {
            database.records.remove(stored.id());
            database.keys.remove(stored.record().key());
            database.notes.remove(stored.id());
            database.consumers().forEach(consumer -> consumer.deleteFailures(stored.id()));
            changed = true;
        }
        return changed;
    }

    private boolean endDelivery(MemoryConsumer consumer, MemoryRecord stored) {
        Delivery delivery = consumer.deliveries.get(stored.id());
        if (delivery == null) {
            return false;
        }
        boolean waits = delivery.state() == State.HELD || delivery.state() == State.RETRY;
        if (waits && stored.isOlderThan(retention.maxHold(), now)) {
            consumer.deliveries.put(stored.id(), delivery.discarded(now, "held for too long"));
            return true;
        }
        if (!waits && delivery.changedAt().isBefore(now.minus(retention.deadLetter()))) {
            consumer.forget(stored.id());
            return true;
        }
        return false;
    }

    private boolean mayErase(MemoryRecord stored) {
        if (database.consumers().stream().anyMatch(consumer -> consumer.needsPayload(stored.id()))) {
            return false;
        }
        return stored.isOlderThan(retention.maxHold(), now)
                || (stored.isOlderThan(retention.payloadOf(stored.record().field()), now)
                        && database.consumers().stream()
                                .filter(consumer -> consumer.definition.important())
                                .allMatch(consumer -> consumer.hasPassed(stored)));
    }

    private boolean mayDelete(MemoryRecord stored) {
        return stored.isOlderThan(retention.duplicates(), now)
                && database.consumers().stream()
                        .allMatch(consumer -> (consumer.replay != null || consumer.hasPassed(stored))
                                && !consumer.deliveries.containsKey(stored.id()));
    }
}
