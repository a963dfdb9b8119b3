package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.AppendResult;
import dev.ackbox.inbox.Archive;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.DeadLetter;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxProperties;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.LatestValues;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.RecordNotes;
import dev.ackbox.inbox.Redaction;
import dev.ackbox.inbox.Replays;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.Subject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An inbox in a {@link Store}. {@link GroupCommit} makes records durable, {@link InboxReader} reads for consumers, and each
 * {@link StoredConsumer} keeps what it has in memory.
 */
public final class StoredInbox implements Inbox {

    private static final Logger log = LoggerFactory.getLogger(StoredInbox.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CONVERSATION = 0;

    /** Deliveries that the writer deletes between two transactions. */
    private static final int DELIVERIES_PER_STEP = 200;

    /** Of a lane, what a replay may have in memory: nobody waits for it. */
    private static final long MAX_REPLAY_RECORDS = 1_000;

    private static final long MAX_REPLAY_BYTES = 2 << 20;

    private final Store store;
    private final Settings settings;
    private final InboxObserver observer;
    private final Clock clock;
    private final KeyedHash hash;
    private final List<StoredConsumer> consumers = new CopyOnWriteArrayList<>();
    private final Map<String, Conversations> targets = new HashMap<>();
    private final Maintenance maintenance;
    private final GroupCommit commit;
    private final InboxReader reader;
    private final ShareKeeper shares;
    private final LatestValues latestValues;
    private final RecordNotes notes;
    private final StoredArchive archive;
    private final StoredReplays replays;
    private boolean closed;
    private volatile boolean closing;

    /**
     * How an inbox works.
     *
     * @param handOver how much of each lane a consumer may have in memory
     * @param maxBytesToWrite payload bytes that may wait for the writer
     * @param retention how long things are kept
     */
    public record Settings(HandOverBounds handOver, long maxBytesToWrite, Retention retention) {

        /** As an operator has set it. */
        public static Settings of(InboxProperties properties) {
            return new Settings(
                    new HandOverBounds(
                            properties.maxRecordsInMemory(),
                            properties.maxBytesInMemory().toBytes()),
                    properties.maxBytesToWrite().toBytes(),
                    new Retention(
                            properties.duplicateWindow(),
                            properties.payloadRetention(),
                            properties.payloadRetentionOf(),
                            properties.deadLetterRetention(),
                            Objects.requireNonNull(properties.attemptRetention()), // has a default
                            properties.maxHold()));
        }
    }

    private StoredInbox(Store store, Settings settings, Redaction redaction, InboxObserver observer, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.observer = observer;
        this.clock = clock;
        this.hash = new KeyedHash(store.hashKey());
        this.maintenance = new Maintenance(store, settings.retention(), consumers, clock);
        this.commit = new GroupCommit(store, new WriteQueue(settings.maxBytesToWrite()), new Consumers(), maintenance);
        this.reader = new InboxReader(store, consumers);
        this.shares = new ShareKeeper(store, this);
        this.latestValues = new StoredLatestValues(store, commit, reader);
        this.notes = new StoredNotes(store, commit, reader);
        this.archive = new StoredArchive(store.archive(), hash, this, redaction, clock);
        this.replays = new StoredReplays(this, archive, clock);
    }

    /**
     * Opens the inbox in a store, which it closes when it is closed.
     *
     * @throws InboxUnavailableException where the store cannot be used
     */
    public static StoredInbox open(Store store, Settings settings, InboxObserver observer, Clock clock) {
        return open(store, settings, Redaction.NONE, observer, clock);
    }

    /**
     * Opens the inbox in a store, which it closes when it is closed.
     *
     * @param redaction takes users out of payloads that many share
     * @throws InboxUnavailableException where the store cannot be used
     */
    public static StoredInbox open(
            Store store, Settings settings, Redaction redaction, InboxObserver observer, Clock clock) {
        StoredInbox inbox = new StoredInbox(store, settings, redaction, observer, clock);
        try {
            inbox.shares.renew();
        } catch (StoreException ex) {
            store.close();
            throw new InboxUnavailableException("The inbox cannot be opened: " + ex.getMessage(), ex);
        }
        inbox.commit.start();
        inbox.reader.start();
        inbox.shares.start();
        inbox.archive.start();
        inbox.archive.repeatErasures(); // before any consumer reads
        inbox.replays.open();
        return inbox;
    }

    @Override
    public CompletableFuture<AppendResult> append(List<NewRecord> notification) {
        List<HashedRecord> hashed = new ArrayList<>(notification.size());
        for (NewRecord next : notification) {
            hashed.add(hashed(next));
        }
        return commit.append(hashed);
    }

    private HashedRecord hashed(NewRecord next) {
        long conversation = hash.of(CONVERSATION, next.conversation());
        List<Long> subjects = new ArrayList<>(next.subjects().size());
        for (Subject subject : next.subjects()) {
            subjects.add(hash.of(subject));
        }
        return new HashedRecord(next, Math.floorMod(conversation, store.shares()), conversation, subjects);
    }

    @Override
    public Consumer open(ConsumerDefinition definition, Start start) {
        StoredConsumer consumer = new StoredConsumer(
                definition, null, conversations(definition), settings.handOver(), this, observer, clock);
        await(commit.submit(() -> {
            if (ofName(definition.name()).findAny().isPresent()) {
                throw new IllegalStateException("The consumer '" + definition.name() + "' is open");
            }
            store.define(definition, start);
            load(consumer);
        }));
        reader.wake();
        return consumer;
    }

    Conversations conversations(ConsumerDefinition definition) {
        synchronized (targets) {
            return targets.computeIfAbsent(definition.target(), target -> new Conversations(shares.lease()));
        }
    }

    /** What the store knows of a consumer. Called by the writer. */
    private void load(StoredConsumer consumer) throws StoreException {
        consumer.opened(store.isPaused(consumer.name()), store.count(consumer.name()));
        for (Share share : shares.kept()) {
            consumer.gained(share, store.load(consumer.name(), share));
        }
        consumers.add(consumer);
    }

    List<ReplayDefinition> storedReplays() {
        List<ReplayDefinition> stored = new ArrayList<>();
        await(commit.submit(() -> stored.addAll(store.replays())));
        return stored;
    }

    void define(ReplayDefinition replay) {
        await(commit.submit(() -> store.define(replay)));
    }

    /** Opens a replay that is defined. Its latency is no measure of anything, so nobody observes it. */
    Consumer openReplay(ReplayDefinition replay) {
        ConsumerDefinition definition =
                new ConsumerDefinition(replay.consumer(), ConsumerDefinition.HANDLERS.name(), false);
        HandOverBounds bounds = new HandOverBounds(
                Math.min(MAX_REPLAY_RECORDS, settings.handOver().records()),
                Math.min(MAX_REPLAY_BYTES, settings.handOver().bytes()));
        StoredConsumer consumer = new StoredConsumer(
                definition, replay, conversations(definition), bounds, this, InboxObserver.NONE, clock);
        await(commit.submit(() -> load(consumer)));
        reader.wake();
        return consumer;
    }

    /** Another process has removed a consumer. */
    void removed(Consumer consumer) {
        consumer.close();
        consumers.removeIf(open -> open == consumer);
    }

    /**
     * Forgets a consumer, some deliveries between two transactions. What it is working on is noted nowhere. It is paused first: where
     * a crash leaves a part of it, that part brings nothing after the restart.
     */
    void remove(Consumer consumer) {
        consumer.pause();
        consumer.close();
        AtomicBoolean more = new AtomicBoolean(true);
        while (more.get()) {
            await(commit.submit(() -> {
                more.set(store.remove(consumer.name(), DELIVERIES_PER_STEP));
                if (!more.get()) {
                    consumers.removeIf(open -> open == consumer);
                }
            }));
        }
    }

    /** A share is held from now on. */
    void gained(Share share) {
        await(commit.submit(() -> {
            for (StoredConsumer consumer : consumers) {
                if (!consumer.holds(share)) {
                    consumer.gained(share, store.load(consumer.name(), share));
                }
            }
            shares.add(share);
        }));
    }

    void lost(Share share) {
        consumers.forEach(consumer -> consumer.lost(share));
    }

    /** Shares are about to be given back. */
    void leave(List<Share> leaving) {
        await(commit.submit(() -> {
            leaving.forEach(share -> consumers.forEach(consumer -> consumer.leave(share)));
            shares.leave(leaving);
        }));
    }

    /** Whether a share can be given back. */
    boolean isAtRest(Share share) {
        return consumers.stream().allMatch(consumer -> consumer.isAtRest(share));
    }

    int shareCount() {
        return store.shares();
    }

    /** An operator has changed something, perhaps in another process. Returns whether all of that is known by now. */
    boolean revised() {
        boolean areReplaysKnown = replays.revised();
        await(commit.submit(() -> {
            for (StoredConsumer consumer : consumers) {
                consumer.revised(store.isPaused(consumer.name()), store.count(consumer.name()));
            }
        }));
        return areReplaysKnown;
    }

    boolean isShared() {
        return store.isShared();
    }

    /** Another process may have stored something. */
    void poll() {
        consumers.forEach(StoredConsumer::poll);
        reader.wakeForTail();
        commit.addProgress(); // where positions alone have moved, nobody else asks for a write
    }

    void read() {
        reader.wake();
    }

    /** There may be something new. */
    void readTail() {
        reader.wakeForTail();
    }

    /** What consumers have counted may differ from what is stored. Called by the writer. */
    void countSoon() {
        maintenance.countSoon();
    }

    void addProgress() {
        commit.addProgress();
    }

    /** Both in one step of the writer, so that the store and the consumer agree when several threads pause and resume. */
    void pause(StoredConsumer consumer, boolean paused) {
        await(commit.submit(() -> {
            store.pause(consumer.name(), paused);
            consumer.setPaused(paused);
        }));
    }

    /** Returns how many dead letters are to be retried. */
    int requeue(String consumer, List<Long> ids) {
        AtomicInteger changed = new AtomicInteger();
        await(commit.submit(() -> {
            Instant now = clock.instant();
            changed.set(store.requeue(consumer, ids, now));
            ofName(consumer).forEach(open -> open.requeued(changed.get(), now));
        }));
        return changed.get();
    }

    /** Returns how many dead letters are discarded. */
    int discard(String consumer, List<Long> ids, String reason) {
        AtomicInteger changed = new AtomicInteger();
        await(commit.submit(() -> {
            changed.set(store.discard(consumer, ids, reason, clock.instant()));
            ofName(consumer).forEach(open -> open.discarded(changed.get()));
        }));
        return changed.get();
    }

    void erase(List<Long> ids) {
        await(commit.submit(() -> {
            store.erase(ids);
            consumers.forEach(consumer -> consumer.erased(Set.copyOf(ids)));
            maintenance.countSoon();
            maintenance.sweepSoon();
        }));
    }

    /** Replaces payloads. What waits in memory is read again. Returns the ids of those that another process has changed meanwhile. */
    Set<Long> rewrite(List<Rewriting> payloads) {
        Set<Long> changed = new HashSet<>();
        await(commit.submit(() -> {
            changed.addAll(store.rewrite(payloads));
            consumers.forEach(consumer -> consumer.erased(Set.of()));
            maintenance.sweepSoon();
        }));
        return changed;
    }

    /** Between the first step of an erasure and its last one. */
    void erasing(boolean value) {
        maintenance.erasing(value);
    }

    /** Returns with which time it is listed. */
    Instant listErasure(long subject, Instant at) {
        AtomicReference<Instant> listed = new AtomicReference<>(at);
        await(commit.submit(() -> listed.set(store.listErasure(subject, at))));
        return listed.get();
    }

    void erasureDone(long subject, Instant at) {
        await(commit.submit(() -> {
            store.erasureDone(subject, at);
            maintenance.sweepSoon();
        }));
    }

    /** What is listed and was not done in this store, with its time. */
    Map<Long, Instant> missedErasures() {
        Map<Long, Instant> missed = new HashMap<>();
        await(commit.submit(() -> missed.putAll(store.missedErasures())));
        return missed;
    }

    private Stream<StoredConsumer> ofName(String consumer) {
        return consumers.stream().filter(open -> open.name().equals(consumer));
    }

    List<DeadLetter> deadLetters(String consumer, int limit) {
        return await(reader.submit(() -> store.deadLetters(consumer, limit)));
    }

    /** Values beside the records, in the same store. */
    public LatestValues latestValues() {
        return latestValues;
    }

    /** Notes about records, in the same store. */
    public RecordNotes notes() {
        return notes;
    }

    /** Deletes what a crash has left of backups in a directory. */
    public void deleteUnfinishedBackups(Path directory) {
        Backups.deleteUnfinished(directory);
    }

    /** Brings kept records to the handlers once more. */
    public Replays replays() {
        return replays;
    }

    /** What answers operators, in the same store. */
    public Archive archive() {
        return archive;
    }

    @Override
    public List<Consumer> consumers() {
        return List.copyOf(consumers);
    }

    @Override
    public void check() {
        Throwable fault = commit.fault();
        if (fault != null) {
            throw new InboxUnavailableException("The inbox cannot store: " + fault.getMessage(), fault);
        }
    }

    @Override
    public Map<String, String> warnings() {
        Map<String, String> warnings = new HashMap<>(store.warnings());
        Throwable fault = reader.fault();
        if (fault != null) {
            warnings.put("reading", "The inbox cannot be read: " + fault.getMessage());
        }
        return warnings;
    }

    @Override
    public boolean isReporter() {
        return shares.holdsFirst();
    }

    @Override
    public Size size() {
        return store.size();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        closing = true;
        consumers.forEach(StoredConsumer::close);
        boolean sharesEnded = shares.end();
        boolean readerEnded = reader.end();
        boolean writerEnded = commit.end();
        boolean archiveEnded = archive.end();
        if (sharesEnded && readerEnded && writerEnded && archiveEnded) {
            store.close();
        } else {
            log.warn("The store stays open until the process ends, since a thread is still using it");
        }
    }

    static <T extends @Nullable Object> T await(CompletableFuture<T> result) {
        try {
            return result.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException ex) {
            if (ex.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            Throwable cause = ex.getCause() == null ? ex : ex.getCause();
            throw new InboxUnavailableException("The inbox cannot be used: " + cause.getMessage(), cause);
        } catch (TimeoutException ex) {
            throw new InboxUnavailableException("The inbox has not answered within " + PATIENCE.toSeconds() + " s", ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new InboxUnavailableException("Interrupted while waiting for the inbox", ex);
        }
    }

    /** All consumers, as the writer sees them. */
    private final class Consumers implements GroupCommit.Progressing {

        @Override
        public List<Change> takeChanges() {
            List<Change> changes = new ArrayList<>();
            try {
                long interval = closing ? 0 : store.progressInterval().toNanos();
                boolean waits = false;
                for (StoredConsumer consumer : consumers) {
                    waits |= consumer.takeChanges(changes, interval);
                }
                if (waits) {
                    commit.addProgress();
                }
            } catch (Throwable ex) {
                failed(changes); // those of the consumers before
                throw ex;
            }
            return changes;
        }

        @Override
        public void assigned(int records) {
            consumers.forEach(consumer -> consumer.assigned(records));
        }

        @Override
        public void written(Batch batch, Written written) {
            Set<Share> lost = new HashSet<>(written.lost());
            for (StoredConsumer consumer : consumers) {
                if (!written.stored().isEmpty()) {
                    consumer.stored(written);
                }
                for (Change change : batch.changes()) {
                    if (change.consumer().equals(consumer.name())) {
                        consumer.written(change, lost.contains(change.share()));
                    }
                }
            }
        }

        @Override
        public void readAgain() {
            consumers.forEach(StoredConsumer::readAgain);
        }

        @Override
        public void failed(List<Change> changes) {
            for (StoredConsumer consumer : consumers) {
                for (Change change : changes) {
                    if (change.consumer().equals(consumer.name())) {
                        consumer.failed(change);
                    }
                }
            }
        }
    }
}
