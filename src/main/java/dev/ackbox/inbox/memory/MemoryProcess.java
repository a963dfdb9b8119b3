package dev.ackbox.inbox.memory;

import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.DeadLetter;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.engine.ArchiveStore;
import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Delivery;
import dev.ackbox.inbox.engine.Delivery.State;
import dev.ackbox.inbox.engine.Due;
import dev.ackbox.inbox.engine.HashedFilter;
import dev.ackbox.inbox.engine.Holding;
import dev.ackbox.inbox.engine.Loaded;
import dev.ackbox.inbox.engine.News;
import dev.ackbox.inbox.engine.Page;
import dev.ackbox.inbox.engine.Part;
import dev.ackbox.inbox.engine.RecordNote;
import dev.ackbox.inbox.engine.ReplayDefinition;
import dev.ackbox.inbox.engine.Retention;
import dev.ackbox.inbox.engine.Rewriting;
import dev.ackbox.inbox.engine.Share;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreException;
import dev.ackbox.inbox.engine.Tail;
import dev.ackbox.inbox.engine.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process that uses a {@link MemoryStore}. */
final class MemoryProcess implements Store {

    /** Records without a payload are passed, but not all of them at once. */
    private static final int MOST_GONE = 5_000;

    private final MemoryDatabase database;
    private final String owner;
    private long knownVersion;
    private @Nullable Boolean nextCommitIsDurable;

    MemoryProcess(MemoryDatabase database, String owner) {
        this.database = database;
        this.owner = owner;
    }

    @Override
    public byte[] hashKey() {
        return database.hashKey.clone();
    }

    @Override
    public int shares() {
        return database.shares;
    }

    @Override
    public boolean isShared() {
        return database.isShared;
    }

    @Override
    public Holding hold() {
        synchronized (database) {
            return database.hold(owner);
        }
    }

    @Override
    public void release(Share share) {
        synchronized (database) {
            database.leases.release(owner, share);
        }
    }

    @Override
    public long revision() {
        synchronized (database) {
            return database.revision;
        }
    }

    @Override
    public News awaitNews(Duration atMost) throws InterruptedException {
        synchronized (database) {
            long end = System.nanoTime() + atMost.toNanos();
            for (long left = atMost.toNanos();
                    database.version == knownVersion && left > 0;
                    left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(database, left);
            }
            boolean news = database.version != knownVersion;
            knownVersion = database.version;
            return news ? News.ANY : News.NONE;
        }
    }

    // What the writer calls.

    @Override
    public Written write(Batch batch) throws StoreException {
        synchronized (database) {
            Boolean isDurable = nextCommitIsDurable;
            nextCommitIsDurable = null;
            if (isDurable == null) {
                return database.write(owner, batch);
            }
            if (isDurable) {
                database.write(owner, batch);
            }
            throw StoreException.uncertain(new IllegalStateException("A test has asked for this"));
        }
    }

    /** For tests: the next write fails, and does not tell whether it is durable. */
    void failNextCommit(boolean isDurable) {
        synchronized (database) {
            nextCommitIsDurable = isDurable;
        }
    }

    /** For tests: a write that takes its ids now, and becomes visible when it is called. */
    Callable<Written> begin(Batch batch) {
        synchronized (database) {
            MemoryDatabase.Transaction transaction = database.begin(owner, batch);
            return () -> {
                synchronized (database) {
                    return database.commit(transaction);
                }
            };
        }
    }

    @Override
    public void probe() {
        // There is room as long as there is memory.
    }

    @Override
    public void define(ConsumerDefinition definition, Start start) {
        synchronized (database) {
            database.define(definition, start);
        }
    }

    @Override
    public void define(ReplayDefinition replay) {
        synchronized (database) {
            database.define(replay);
        }
    }

    @Override
    public List<ReplayDefinition> replays() {
        synchronized (database) {
            return database.consumers().stream()
                    .map(consumer -> consumer.replay)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    @Override
    public int requeue(String consumer, List<Long> ids, Instant now) throws StoreException {
        return changeDead(consumer, ids, dead -> {
            if (!database.stored(dead.id()).hasPayload()) {
                return dead;
            }
            keepNotes(List.of(RecordNote.ofRequeue(dead.id(), now)));
            return dead.requeued(now);
        });
    }

    @Override
    public int discard(String consumer, List<Long> ids, String reason, Instant now) throws StoreException {
        return changeDead(consumer, ids, dead -> dead.discarded(now, reason));
    }

    private int changeDead(String consumer, List<Long> ids, UnaryOperator<Delivery> change) throws StoreException {
        synchronized (database) {
            Map<Long, Delivery> deliveries = database.consumer(consumer).deliveries;
            int changed = 0;
            for (long id : ids) {
                Delivery dead = deliveries.get(id);
                if (dead != null && dead.state() == State.DEAD) {
                    Delivery after = change.apply(dead);
                    deliveries.put(id, after);
                    changed += after.state() == State.DEAD ? 0 : 1;
                }
            }
            database.revised();
            return changed;
        }
    }

    @Override
    public void pause(String consumer, boolean paused) throws StoreException {
        synchronized (database) {
            database.consumer(consumer).paused = paused;
            database.revised();
        }
    }

    @Override
    public boolean isPaused(String consumer) throws StoreException {
        synchronized (database) {
            return database.consumer(consumer).paused;
        }
    }

    @Override
    public boolean remove(String consumer, int most) throws StoreException {
        synchronized (database) {
            Map<Long, Delivery> deliveries = database.consumer(consumer).deliveries;
            if (deliveries.isEmpty()) {
                database.remove(consumer);
                return false;
            }
            List.copyOf(deliveries.keySet()).stream().limit(most).forEach(deliveries::remove);
            return true;
        }
    }

    @Override
    public boolean forget(Retention retention, Instant now) {
        synchronized (database) {
            return new MemoryForgetting(database, retention, now).step();
        }
    }

    @Override
    public void erase(List<Long> ids) {
        synchronized (database) {
            Instant now = database.clock.instant();
            for (long id : ids) {
                MemoryRecord stored = database.records.get(id);
                if (stored != null) {
                    stored.erase();
                }
                database.notes.remove(id);
                for (MemoryConsumer consumer : database.consumers()) {
                    consumer.eraseFailures(id);
                    consumer.deliveries.computeIfPresent(id, (same, delivery) -> delivery.erased(now));
                }
            }
            database.revised();
        }
    }

    @Override
    public Set<Long> rewrite(List<Rewriting> payloads) {
        synchronized (database) {
            Set<Long> changed = new HashSet<>();
            for (Rewriting next : payloads) {
                MemoryRecord stored = database.records.get(next.id());
                if (stored != null && Arrays.equals(stored.record().payload(), next.from())) {
                    stored.rewrite(next.to());
                } else {
                    changed.add(next.id());
                }
            }
            database.revised();
            return changed;
        }
    }

    @Override
    public void keepLatest(List<LatestValue> values) {
        synchronized (database) {
            for (LatestValue value : values) {
                database.latestValues.merge(
                        value.key(), value, (old, next) -> next.time().isBefore(old.time()) ? old : next);
            }
        }
    }

    @Override
    public void keepNotes(List<RecordNote> notes) {
        synchronized (database) {
            for (RecordNote note : notes) {
                MemoryRecord stored = database.records.get(note.recordId());
                if (stored != null && !stored.isErased()) {
                    database.notes
                            .computeIfAbsent(note.recordId(), id -> new HashMap<>())
                            .put(note.name(), note.value());
                }
            }
        }
    }

    @Override
    public Optional<byte[]> note(long recordId, String name) {
        synchronized (database) {
            return Optional.ofNullable(
                    database.notes.getOrDefault(recordId, Map.of()).get(name));
        }
    }

    @Override
    public Loaded load(String consumer, Share share) throws StoreException {
        synchronized (database) {
            MemoryConsumer known = database.consumer(consumer);
            Map<Lane, Set<Long>> held = new EnumMap<>(Lane.class);
            deliveries(known, share)
                    .filter(delivery -> delivery.state() == State.HELD)
                    .forEach(delivery -> held.computeIfAbsent(delivery.lane(), lane -> new HashSet<>())
                            .add(delivery.conversation()));
            return new Loaded(known.progress(share.number()), held);
        }
    }

    @Override
    public Backlog count(String consumer) {
        synchronized (database) {
            return database.consumers().stream()
                    .filter(known -> known.definition.name().equals(consumer))
                    .findFirst()
                    .map(MemoryConsumer::count)
                    .orElse(Backlog.NOTHING);
        }
    }

    // What the reader calls.

    @Override
    public Tail tail(Set<Integer> shares, long after, Set<Long> known) {
        synchronized (database) {
            long end = after + Tail.IDS;
            List<Tail.Item> items = new ArrayList<>();
            long bytes = 0;
            for (MemoryRecord next :
                    database.records.subMap(after, false, end, true).values()) {
                if (shares.contains(next.share)) {
                    boolean isSent = isSmall(next) && !known.contains(next.id()) && bytes < Tail.BYTES;
                    bytes += isSent ? next.record().footprint() : 0;
                    Part part = new Part(next.share, next.record().lane());
                    items.add(new Tail.Item(next.id(), part, isSent ? next.record() : null));
                }
            }
            return new Tail(items, Math.min(end, database.decided()), end, database.lastId() > end);
        }
    }

    private static boolean isSmall(MemoryRecord stored) {
        return stored.hasPayload() && stored.record().payload().length <= Tail.SMALL_BYTES;
    }

    @Override
    public Page read(
            Share share, Lane lane, @Nullable HashedFilter filter, long after, long through, int records, long bytes) {
        synchronized (database) {
            List<InboxRecord> read = new ArrayList<>();
            List<Long> gone = new ArrayList<>();
            List<InboxRecord> erased = new ArrayList<>();
            long footprint = 0;
            long decided = Math.min(through, database.decided());
            for (MemoryRecord next : database.records.tailMap(after, false).values()) {
                if (next.id() > through) {
                    break;
                }
                if (next.share != share.number()
                        || next.record().lane() != lane
                        || (filter != null && !filter.matches(next.archived(List.of()), next.subjects()))) {
                    continue;
                }
                if (next.hasPayload()) {
                    read.add(next.record());
                    footprint += next.record().footprint();
                } else {
                    gone.add(next.id());
                    if (next.isErased()) {
                        erased.add(next.record());
                    }
                }
                if (read.size() == records || footprint >= bytes || gone.size() == MOST_GONE) {
                    return new Page(read, gone, erased, Math.min(next.id(), decided), true);
                }
            }
            return new Page(read, gone, erased, decided, through < database.decided());
        }
    }

    @Override
    public Due due(String consumer, Share share, Lane lane, Instant now, Set<Long> except, int records, long bytes)
            throws StoreException {
        synchronized (database) {
            List<InboxRecord> due = new ArrayList<>();
            List<InboxRecord> gone = new ArrayList<>();
            long footprint = 0;
            for (Delivery next : waiting(consumer, share, lane, State.RETRY, except)
                    .sorted(Comparator.comparing(MemoryProcess::notBefore))
                    .toList()) {
                if (notBefore(next).isAfter(now) || due.size() + gone.size() == records || footprint >= bytes) {
                    return new Due(due, gone, notBefore(next));
                }
                (hasPayload(next) ? due : gone).add(delivered(next));
                footprint += delivered(next).footprint();
            }
            return new Due(due, gone, null);
        }
    }

    private static Instant notBefore(Delivery retry) {
        Instant notBefore = retry.notBefore();
        return notBefore == null ? Instant.MIN : notBefore;
    }

    @Override
    public Due held(
            String consumer, Share share, Lane lane, long conversation, Set<Long> except, int records, long bytes)
            throws StoreException {
        synchronized (database) {
            List<InboxRecord> held = new ArrayList<>();
            List<InboxRecord> gone = new ArrayList<>();
            long footprint = 0;
            for (Delivery next : waiting(consumer, share, lane, State.HELD, except)
                    .filter(delivery -> delivery.conversation() == conversation)
                    .toList()) {
                if (held.size() + gone.size() == records || (!held.isEmpty() && footprint >= bytes)) {
                    break;
                }
                (hasPayload(next) ? held : gone).add(delivered(next));
                footprint += delivered(next).footprint();
            }
            return new Due(held, gone, null);
        }
    }

    private Stream<Delivery> waiting(String consumer, Share share, Lane lane, State state, Set<Long> except)
            throws StoreException {
        return deliveries(database.consumer(consumer), share)
                .filter(delivery -> delivery.state() == state && delivery.lane() == lane)
                .filter(delivery -> !except.contains(delivery.id()));
    }

    private boolean hasPayload(Delivery delivery) {
        return database.stored(delivery.id()).hasPayload();
    }

    private Stream<Delivery> deliveries(MemoryConsumer consumer, Share share) {
        return consumer.deliveries.values().stream()
                .filter(delivery -> database.stored(delivery.id()).share == share.number());
    }

    private InboxRecord delivered(Delivery delivery) {
        return database.stored(delivery.id()).after(delivery.failedAttempts(), delivery.succeeded());
    }

    @Override
    public @Nullable Instant oldestWaiting(String consumer, Map<Part, Long> after) throws StoreException {
        synchronized (database) {
            Set<Integer> shares = after.keySet().stream().map(Part::share).collect(Collectors.toSet());
            Stream<MemoryRecord> unread = database.records.values().stream()
                    .filter(stored -> stored.id()
                            > after.getOrDefault(
                                    new Part(stored.share, stored.record().lane()), Long.MAX_VALUE));
            Stream<MemoryRecord> delivered = database.consumer(consumer).deliveries.values().stream()
                    .filter(delivery -> delivery.state() == State.HELD || delivery.state() == State.RETRY)
                    .map(delivery -> database.stored(delivery.id()))
                    .filter(stored -> shares.contains(stored.share));
            return Stream.concat(unread, delivered)
                    .map(stored -> stored.record().receivedAt())
                    .min(Comparator.naturalOrder())
                    .orElse(null);
        }
    }

    @Override
    public List<DeadLetter> deadLetters(String consumer, int limit) throws StoreException {
        synchronized (database) {
            return database.consumer(consumer).deliveries.values().stream()
                    .filter(delivery -> delivery.state() == State.DEAD)
                    .sorted(Comparator.comparing(Delivery::changedAt)
                            .thenComparingLong(Delivery::id)
                            .reversed())
                    .limit(limit)
                    .map(delivery -> new DeadLetter(
                            delivered(delivery), delivery.changedAt(), String.valueOf(delivery.reason())))
                    .toList();
        }
    }

    @Override
    public ArchiveStore archive() {
        return new MemoryArchiveStore(database);
    }

    @Override
    public List<LatestValue> latestValues() {
        synchronized (database) {
            return List.copyOf(database.latestValues.values());
        }
    }

    @Override
    public void close() {
        synchronized (database) {
            database.leases.release(owner);
        }
    }
}
