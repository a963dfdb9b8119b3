package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.Archive;
import dev.ackbox.inbox.ArchivePage;
import dev.ackbox.inbox.ArchivedRecord;
import dev.ackbox.inbox.BackupState;
import dev.ackbox.inbox.Erased;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.RecordFilter.Source;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.Redaction;
import dev.ackbox.inbox.StorageUse;
import dev.ackbox.inbox.Subject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The archive of a {@link StoredInbox}: hashes what is personal, and asks the store on a thread of its own. */
final class StoredArchive implements Archive {

    private static final Logger log = LoggerFactory.getLogger(StoredArchive.class);
    private static final int MOST_WAITING = 32;

    /** Records that the writer changes between two transactions. */
    private static final int RECORDS_PER_STEP = 200;

    /** Ids that are looked at between two other questions. */
    private static final long IDS_PER_COUNT = 50_000;

    /** Erasing touches more tables. */
    private static final int RECORDS_PER_ERASURE = 50;

    /** They may have megabytes. */
    private static final int PAYLOADS_PER_REWRITING = 4;

    private static final long CLOSE_TIMEOUT_SECONDS = 10;

    private final ArchiveStore store;
    private final KeyedHash hash;
    private final StoredInbox inbox;
    private final Backups backups;
    private final Redaction redaction;
    private final Clock clock;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), StoredArchive::newThread);

    StoredArchive(ArchiveStore store, KeyedHash hash, StoredInbox inbox, Redaction redaction, Clock clock) {
        this.redaction = redaction;
        this.clock = clock;
        this.store = store;
        this.hash = hash;
        this.inbox = inbox;
        this.backups = new Backups(store, clock);
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "ackbox-inbox-archive");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Set<String> consumers() {
        return ask(store::consumers);
    }

    @Override
    public ArchivePage find(RecordFilter filter, @Nullable InboxRecordId before, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("'limit' must be from 1 to " + MAX_PAGE);
        }
        HashedFilter hashed = hashed(filter);
        requireKnown(filter.consumer());
        return ask(() -> store.find(hashed, below(before), limit));
    }

    private void requireKnown(String consumer) {
        if (!consumers().contains(consumer)) {
            throw new IllegalArgumentException("The consumer '" + consumer + "' is not known");
        }
    }

    private static long below(@Nullable InboxRecordId before) {
        return before == null ? Long.MAX_VALUE : before.value();
    }

    HashedFilter hashed(RecordFilter filter) {
        return new HashedFilter(filter, filter.subjects().stream().map(hash::of).toList());
    }

    @Override
    public @Nullable ArchivedRecord show(InboxRecordId id) {
        return this.<@Nullable ArchivedRecord>ask(() -> store.show(id.value()));
    }

    @Override
    public byte @Nullable [] payload(InboxRecordId id) {
        return this.<byte @Nullable []>ask(() -> store.payload(id.value()));
    }

    @Override
    public long count(RecordFilter filter) {
        if (filter.state() != null) {
            return inSteps(filter, List::size);
        }
        requireKnown(filter.consumer());
        HashedFilter hashed = hashed(filter);
        return count(hashed, span(hashed));
    }

    @Override
    public long requeue(RecordFilter filter, IntConsumer changed) {
        return change(filter, ids -> inbox.requeue(filter.consumer(), ids), changed);
    }

    @Override
    public long discard(RecordFilter filter, String reason, IntConsumer changed) {
        return change(filter, ids -> inbox.discard(filter.consumer(), ids, reason), changed);
    }

    private long change(RecordFilter filter, Step step, IntConsumer changed) {
        return inSteps(filter.in(RecordState.DEAD), ids -> {
            int count = step.take(ids);
            changed.accept(count);
            return count;
        });
    }

    /** Where all records that match now are. */
    IdSpan span(HashedFilter filter) {
        return ask(() -> store.span(filter));
    }

    /** How many records of a span match, whatever has become of them; some thousand at a time. */
    long count(HashedFilter filter, IdSpan span) {
        RecordFilter wanted = filter.filter();
        if (!filter.subjects().isEmpty()
                || wanted.key() != null
                || !wanted.ids().isEmpty()) {
            // An index finds the few that match.
            return inSteps(
                    next -> ask(() -> store.find(filter, Math.min(below(next), span.through() + 1), RECORDS_PER_STEP)),
                    List::size);
        }
        long count = 0;
        for (long after = span.after(); after < span.through(); after += IDS_PER_COUNT) {
            IdSpan part = new IdSpan(after, Math.min(span.through(), after + IDS_PER_COUNT));
            count += ask(() -> store.count(filter, part));
        }
        return count;
    }

    private interface Step {

        /** Returns how many of the records it was for. */
        int take(List<Long> ids);
    }

    /** The list has it first: a crash in the middle, or an older copy, does not lose it. */
    @Override
    public Erased erase(Subject subject, Consumer<Erased> soFar) {
        long hashed = hash.of(subject);
        Instant listed = inbox.listErasure(hashed, clock.instant());
        return erase(hashed, RecordFilter.ALL, listed, soFar);
    }

    /** Erases what is listed and was not done yet in this copy of the inbox; what came after an erasure is of a new user. */
    void repeatErasures() {
        Map<Long, Instant> missed = inbox.missedErasures();
        missed.forEach((subject, at) -> {
            RecordFilter until = RecordFilter.ALL.before(
                    at.truncatedTo(ChronoUnit.MILLIS).plusMillis(1)); // as exact as the time of a record
            Erased erased = erase(subject, until, at, soFar -> {});
            log.info(
                    "An erasure was repeated, since this copy of the inbox is older: {} records erased, {} rewritten",
                    erased.records(),
                    erased.rewritten());
        });
    }

    /** One at a time: nothing is swept while one is running. */
    private synchronized Erased erase(long subject, RecordFilter among, Instant at, Consumer<Erased> soFar) {
        inbox.erasing(true);
        try {
            Erased erased = eraseAll(subject, among, soFar);
            inbox.erasureDone(subject, at);
            return erased;
        } finally {
            inbox.erasing(false);
        }
    }

    private Erased eraseAll(long subject, RecordFilter among, Consumer<Erased> soFar) {
        AtomicLong erased = new AtomicLong();
        AtomicLong rewritten = new AtomicLong();
        HashedFilter about = new HashedFilter(among, List.of(subject));
        inSteps(next -> ask(() -> store.find(about, below(next), RECORDS_PER_ERASURE)), ids -> {
            inbox.erase(ids);
            soFar.accept(new Erased(erased.addAndGet(ids.size()), 0));
            return ids.size();
        });
        for (String field : redaction.fields()) {
            Source source = new Source(null, field, null, null);
            HashedFilter shared = new HashedFilter(among.from(source), List.of());
            inSteps(next -> ask(() -> store.find(shared, below(next), PAYLOADS_PER_REWRITING)), ids -> {
                int count = rewriteWithout(subject, ids);
                soFar.accept(new Erased(erased.get(), rewritten.addAndGet(count)));
                return count;
            });
        }
        return new Erased(erased.get(), rewritten.get());
    }

    private int rewriteWithout(long subject, Collection<Long> ids) {
        List<Rewriting> rewritten = new ArrayList<>();
        for (long id : ids) {
            byte[] payload = payload(new InboxRecordId(id));
            byte[] other = payload == null
                    ? null
                    : redaction.without(payload, user -> hash.of(new Subject(Subject.Kind.USER, user)) == subject);
            if (payload != null && other != null) {
                rewritten.add(new Rewriting(id, payload, other));
            }
        }
        if (rewritten.isEmpty()) {
            return 0;
        }
        // Another process may have taken somebody else out of one of them, who must not come back.
        Set<Long> changed = inbox.rewrite(rewritten);
        return rewritten.size() - changed.size() + (changed.isEmpty() ? 0 : rewriteWithout(subject, changed));
    }

    private interface Pages {

        ArchivePage before(@Nullable InboxRecordId next);
    }

    private long inSteps(RecordFilter filter, Step step) {
        return inSteps(next -> find(filter, next, RECORDS_PER_STEP), step);
    }

    /** From the newest record down, so that nothing is met twice. */
    private static long inSteps(Pages pages, Step step) {
        long count = 0;
        InboxRecordId next = null;
        do {
            ArchivePage page = pages.before(next);
            if (!page.records().isEmpty()) {
                count += step.take(
                        page.records().stream().map(found -> found.id().value()).toList());
            }
            next = page.next();
        } while (next != null);
        return count;
    }

    @Override
    public String digest(Subject subject) {
        return HexFormat.of().toHexDigits(hash.of(subject));
    }

    @Override
    public Map<RecordState, Long> deliveries(String consumer) {
        return ask(() -> store.deliveries(consumer));
    }

    @Override
    public Map<String, Long> fields() {
        return ask(store::fields);
    }

    @Override
    public BackupState backup(Path directory) {
        return backups.start(directory);
    }

    @Override
    public @Nullable BackupState lastBackup() {
        return backups.last();
    }

    @Override
    public StorageUse storageUse() {
        return ask(store::storageUse);
    }

    private <T extends @Nullable Object> T ask(InboxReader.Query<T> query) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    answer.complete(query.ask());
                } catch (Throwable ex) {
                    answer.completeExceptionally(ex);
                }
            });
        } catch (RejectedExecutionException ex) {
            throw new InboxUnavailableException(
                    thread.isShutdown() ? "The inbox is closed" : "Too many questions to the inbox wait", ex);
        }
        return StoredInbox.await(answer);
    }

    /** Starts the thread now: started by a question, it would belong to the web application that asked. */
    void start() {
        thread.prestartCoreThread();
    }

    /** Ends the thread after what it is asking. Returns false where that does not end. */
    boolean end() {
        boolean backupEnded = backups.end();
        thread.shutdown();
        try {
            return thread.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS) && backupEnded;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
