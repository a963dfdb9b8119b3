package dev.ackbox.inbox.memory;

import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Change;
import dev.ackbox.inbox.engine.HashedRecord;
import dev.ackbox.inbox.engine.Holding;
import dev.ackbox.inbox.engine.ReplayDefinition;
import dev.ackbox.inbox.engine.Share;
import dev.ackbox.inbox.engine.StoreException;
import dev.ackbox.inbox.engine.Written;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What all processes of a {@link MemoryStore} see. Its monitor is the one lock: each caller holds it. */
final class MemoryDatabase {

    private static final int HASH_KEY_BYTES = 16;

    final Clock clock;
    final boolean isShared;
    final int shares;
    final byte[] hashKey = new byte[HASH_KEY_BYTES];
    final Leases leases;

    /** By id. */
    final TreeMap<Long, MemoryRecord> records = new TreeMap<>();

    final Map<IdempotencyKey, Long> keys = new HashMap<>();
    final Map<String, LatestValue> latestValues = new TreeMap<>();

    /** By record, then by name. */
    final Map<Long, Map<String, byte[]>> notes = new HashMap<>();

    private final Map<String, MemoryConsumer> consumers = new TreeMap<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private final TreeSet<Long> undecided = new TreeSet<>();
    private long lastId;

    /** Grows with each transaction. */
    long version;

    /** Grows with each change by an operator. */
    long revision;

    /** What the last batch of a process has come to. */
    private record Answer(long batch, Written written) {}

    /** A transaction that has its ids; nobody else sees anything of it until {@link #commit}. */
    record Transaction(String owner, Batch batch, BitSet isNew, List<MemoryRecord> records, long after) {}

    MemoryDatabase(int shares, boolean isShared, Clock clock) {
        this.shares = shares;
        this.isShared = isShared;
        this.clock = clock;
        this.leases = new Leases(shares);
        new SecureRandom().nextBytes(hashKey);
    }

    /** Ids up to this one are visible, or never will be. */
    long decided() {
        return undecided.isEmpty() ? lastId : undecided.first() - 1;
    }

    /** The last one that was given. */
    long lastId() {
        return lastId;
    }

    Written write(String owner, Batch batch) {
        Answer last = answers.get(owner);
        if (last != null && last.batch() == batch.number()) {
            return last.written();
        }
        return commit(begin(owner, batch));
    }

    Transaction begin(String owner, Batch batch) {
        BitSet isNew = new BitSet(batch.records().size());
        List<MemoryRecord> added = new ArrayList<>();
        long after = lastId;
        for (int i = 0; i < batch.records().size(); i++) {
            HashedRecord next = batch.records().get(i);
            if (keys.putIfAbsent(next.record().key(), lastId + 1) == null) {
                lastId++;
                undecided.add(lastId);
                isNew.set(i);
                added.add(new MemoryRecord(lastId, next, clock.instant()));
            }
        }
        return new Transaction(owner, batch, isNew, added, after);
    }

    Written commit(Transaction transaction) {
        List<Written.Stored> stored = new ArrayList<>();
        for (MemoryRecord next : transaction.records()) {
            undecided.remove(next.id());
            records.put(next.id(), next);
            stored.add(new Written.Stored(next.share, next.record()));
            consumers.values().stream()
                    .filter(consumer -> consumer.isAssigned(next))
                    .forEach(consumer -> consumer.assigned++);
        }
        Set<Share> lost = apply(transaction);
        long after = isShared ? 0 : transaction.after();
        long through = isShared ? 0 : transaction.after() + stored.size();
        Written written = new Written(transaction.isNew(), stored, after, through, lost);
        answers.put(transaction.owner(), new Answer(transaction.batch().number(), written));
        version++;
        notifyAll();
        return written;
    }

    private Set<Share> apply(Transaction transaction) {
        Set<Share> lost = new HashSet<>();
        for (Change change : transaction.batch().changes()) {
            MemoryConsumer consumer = consumers.get(change.consumer());
            if (!owns(transaction.owner(), change.share())) {
                lost.add(change.share());
            } else if (consumer != null) {
                consumer.apply(withoutErased(change));
            }
        }
        return lost;
    }

    /** Another process may have erased what a change says of a record. */
    private Change withoutErased(Change change) {
        return new Change(
                change.consumer(),
                change.share(),
                change.progress(),
                change.put().stream()
                        .map(delivery -> records.containsKey(delivery.id())
                                        && stored(delivery.id()).isErased()
                                ? delivery.erased(clock.instant())
                                : delivery)
                        .toList(),
                change.remove());
    }

    Holding hold(String owner) {
        return isShared ? leases.hold(owner, clock.instant()) : new Holding(Set.of(new Share(0, 1)), 1);
    }

    /** An operator has changed something. */
    void revised() {
        revision++;
        version++;
        notifyAll();
    }

    private boolean owns(String owner, Share share) {
        return !isShared || leases.isOwner(owner, share);
    }

    void define(ConsumerDefinition definition, Start start) {
        MemoryConsumer known = consumers.get(definition.name());
        if (known != null) {
            known.definition = definition;
            return;
        }
        long from = start == Start.NOW ? decided() : 0;
        long assigned = records.tailMap(from, false).size();
        consumers.put(definition.name(), new MemoryConsumer(definition, from, assigned));
    }

    void define(ReplayDefinition replay) {
        consumers.put(replay.consumer(), new MemoryConsumer(replay, shares));
        revised();
    }

    MemoryConsumer consumer(String name) throws StoreException {
        MemoryConsumer consumer = consumers.get(name);
        if (consumer == null) {
            throw StoreException.of(new IllegalStateException("The consumer '" + name + "' is not defined"));
        }
        return consumer;
    }

    Collection<MemoryConsumer> consumers() {
        return consumers.values();
    }

    void remove(String name) {
        consumers.remove(name);
        revised();
    }

    /** The record of a delivery; deliveries keep their records. */
    MemoryRecord stored(long id) {
        MemoryRecord stored = records.get(id);
        if (stored == null) {
            throw new IllegalStateException("Record " + id + " is not kept");
        }
        return stored;
    }
}
