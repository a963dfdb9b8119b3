package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.DeadLetter;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxProperties.Postgresql;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.engine.ArchiveStore;
import dev.ackbox.inbox.engine.Batch;
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
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL database, which several replicas share. */
final class PostgresStore implements Store {

    private static final Logger log = LoggerFactory.getLogger(PostgresStore.class);
    private static final int PROBE_BYTES = 64 << 10;
    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(200);

    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final String KEEP_LATEST = "INSERT INTO latest_value (key, time, value) VALUES (?, ?, ?)"
            + " ON CONFLICT (key) DO UPDATE SET time = excluded.time, value = excluded.value"
            + " WHERE excluded.time >= latest_value.time";

    /** Locks the record, so that an erasure that is under way ends before, or begins after that. */
    private static final String KEEP_NOTE = "INSERT INTO note (id, name, value) SELECT id, ?, ? FROM record"
            + " WHERE id = ? AND NOT erased FOR SHARE ON CONFLICT (id, name) DO UPDATE SET value = excluded.value";

    private static final String LIST_ERASURE = "INSERT INTO erasure (subject, at) VALUES (?, ?)"
            + " ON CONFLICT (subject) DO UPDATE SET at = greatest(erasure.at + 1, excluded.at), done = false RETURNING at";

    private static final String ERASURE_DONE = "INSERT INTO erasure (subject, at, done) VALUES (?, ?, true)"
            + " ON CONFLICT (subject) DO UPDATE SET at = excluded.at, done = true WHERE erasure.at <= excluded.at";

    private final PostgresDatabase database;
    private final String replica = UUID.randomUUID().toString();
    private final Sources sources;
    private final Leases leases;
    private final ServerState state = new ServerState();
    private final NewsSender news;
    private final NewsListener listener;
    private final ArchiveStore archive;
    private final byte[] hashKey;
    private final int shares;

    /** Of the reader. */
    private final Horizon horizon = new Horizon();

    /** Of the writer: where a consumer starts, and how old records are. */
    private final Horizon writersHorizon = new Horizon();

    private volatile Set<Integer> held = Set.of();

    /** How often the shares were read anew, since the database had forgotten ids. Used by the thread of the shares. */
    private int timesReadAnew;

    /** The last attempt at a batch, so that a repetition of the batch gets the same answer. */
    private @Nullable Attempt last;

    private record Attempt(long number, Written written) {}

    private PostgresStore(PostgresDatabase database) throws SQLException {
        this.database = database;
        this.sources = new Sources(database);
        this.leases = new Leases(replica);
        this.news = new NewsSender(database, replica);
        this.archive = new PostgresArchiveStore(database);
        this.hashKey = one(row -> row.getBytes(1), "SELECT hash_key FROM store");
        this.shares = one(row -> row.getInt(1), "SELECT shares FROM store");
        this.listener = new NewsListener(database, replica);
        news.start();
    }

    private <T> T one(Sql.Row<T> row, String sql) throws SQLException {
        T found = database.<@Nullable T>onConnection(connection -> new Sql(connection).first(row, sql));
        if (found == null) {
            throw new SQLException("The table has no row: " + sql);
        }
        return found;
    }

    /**
     * Opens the store in the database of the settings.
     *
     * @throws DatabaseException where that cannot be used
     */
    static PostgresStore open(Postgresql settings) {
        try {
            return open(PostgresDatabase.of(settings));
        } catch (SQLException | FlywayException ex) {
            throw DatabaseException.of(settings, ex);
        }
    }

    /**
     * Opens the store in a database, whose tables it creates where there are none. Closes the database when it is closed, or cannot be
     * opened.
     */
    static PostgresStore open(PostgresDatabase database) throws SQLException {
        try {
            database.migrate();
            return new PostgresStore(database);
        } catch (SQLException | RuntimeException ex) {
            database.close();
            throw ex;
        }
    }

    @Override
    public byte[] hashKey() {
        return hashKey.clone();
    }

    @Override
    public int shares() {
        return shares;
    }

    /** Each write is a new version of a row, which the database cleans up later. */
    @Override
    public Duration progressInterval() {
        return PROGRESS_INTERVAL;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    // What the thread of the shares calls.

    @Override
    public Holding hold() throws StoreException {
        int back = horizon.timesBack();
        boolean anew = back > timesReadAnew;
        Holding holding = inTransaction(connection -> {
            Holding held = leases.hold(connection, anew);
            state.look(connection);
            return held;
        });
        timesReadAnew = back;
        if (anew) {
            log.warn("The database has forgotten ids that it had given; this replica reads its shares anew");
        }
        onConnection(connection -> {
            leases.fold(connection);
            return null;
        });
        held = holding.shares().stream().map(Share::number).collect(Collectors.toUnmodifiableSet());
        return holding;
    }

    @Override
    public void release(Share share) throws StoreException {
        inTransaction(connection -> leases.release(connection, share));
        news.tell(NewsListener.FREED);
    }

    @Override
    public long revision() throws StoreException {
        return onConnection(connection -> new Sql(connection).number("SELECT revision FROM store"));
    }

    @Override
    public News awaitNews(Duration atMost) throws InterruptedException {
        return listener.await(atMost);
    }

    // What the writer calls.

    @Override
    public Written write(Batch batch) throws StoreException {
        Attempt earlier = last;
        if (earlier != null && earlier.number() == batch.number() && isDurable(batch)) {
            tell(earlier.written());
            return earlier.written();
        }
        last = null;
        try {
            Sources.Ids ids = sources.of(batch.records());
            Written written = database.inTransaction(connection -> {
                Written done = new BatchWriter(connection, replica).write(batch, ids);
                last = new Attempt(batch.number(), done);
                return done;
            });
            tell(written);
            return written;
        } catch (SQLException | RuntimeException ex) {
            Attempt attempt = last;
            if (attempt == null || !isDurable(batch)) {
                throw failure(ex);
            }
            tell(attempt.written());
            return attempt.written();
        }
    }

    /** Those who hold the shares of new records; what this process holds itself is handed over without that. */
    private void tell(Written written) {
        horizon.stored();
        writersHorizon.stored();
        if (written.stored().stream().anyMatch(next -> !held.contains(next.share()))) {
            news.tell(NewsListener.STORED);
        }
    }

    /** Whether a batch is durable, although its commit failed or its answer was lost. */
    private boolean isDurable(Batch batch) throws StoreException {
        try {
            return database.inTransaction(connection -> new BatchWriter(connection, replica).isDurable(batch.number()));
        } catch (SQLException | RuntimeException ex) {
            throw StoreException.uncertain(ex);
        }
    }

    @Override
    public void probe() throws StoreException {
        inTransaction(connection -> {
            Sql sql = new Sql(connection);
            sql.update("INSERT INTO probe (replica, filler) VALUES (?, ?)", replica, new byte[PROBE_BYTES]);
            return sql.update("DELETE FROM probe WHERE replica = ?", replica);
        });
    }

    @Override
    public void define(ConsumerDefinition definition, Start start) throws StoreException {
        long decided = start == Start.NOW ? decidedNow() : 0;
        inTransaction(connection -> {
            Leases.lock(new Sql(connection));
            new ConsumerTables(connection).define(definition, start, decided);
            return null;
        });
    }

    /** Waits a little, so that a consumer does not start long before now. */
    private long decidedNow() throws StoreException {
        long decided = decided();
        long end = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (writersHorizon.isWaiting() && System.nanoTime() < end) {
            LockSupport.parkNanos(WAIT_NANOS);
            decided = decided();
        }
        return decided;
    }

    private long decided() throws StoreException {
        return Math.max(horizon.known(), onConnection(writersHorizon::decided));
    }

    @Override
    public void define(ReplayDefinition replay) throws StoreException {
        inTransaction(connection -> {
            Leases.lock(new Sql(connection));
            ReplayTable.insert(connection, replay);
            revise(connection);
            return null;
        });
    }

    @Override
    public List<ReplayDefinition> replays() throws StoreException {
        return onConnection(ReplayTable::all);
    }

    @Override
    public int requeue(String consumer, List<Long> ids, Instant now) throws StoreException {
        return inTransaction(connection -> {
            revise(connection);
            List<Long> requeued = new ConsumerTables(connection).requeue(consumer, ids, now);
            keepNotes(connection, requeued.stream().map(id -> RecordNote.ofRequeue(id, now)));
            return requeued.size();
        });
    }

    @Override
    public int discard(String consumer, List<Long> ids, String reason, Instant now) throws StoreException {
        return inTransaction(connection -> {
            revise(connection);
            return new ConsumerTables(connection).discard(consumer, ids, reason, now);
        });
    }

    @Override
    public void pause(String consumer, boolean paused) throws StoreException {
        inTransaction(connection -> {
            revise(connection);
            new ConsumerTables(connection).pause(consumer, paused);
            return null;
        });
    }

    @Override
    public boolean isPaused(String consumer) throws StoreException {
        return onConnection(connection -> new ConsumerTables(connection).isPaused(consumer));
    }

    @Override
    public boolean remove(String consumer, int most) throws StoreException {
        return inTransaction(connection -> {
            ConsumerTables tables = new ConsumerTables(connection);
            tables.removeProgress(consumer);
            revise(connection);
            return tables.remove(consumer, most);
        });
    }

    @Override
    public Loaded load(String consumer, Share share) throws StoreException {
        return onConnection(connection -> new ConsumerTables(connection).load(consumer, share));
    }

    @Override
    public Backlog count(String consumer) throws StoreException {
        return onConnection(connection -> new ConsumerTables(connection).count(consumer));
    }

    @Override
    public boolean forget(Retention retention, Instant now) throws StoreException {
        long decided = decided();
        return inTransaction(connection -> new Forgetting(new Sql(connection), retention, now, decided).step());
    }

    @Override
    public void erase(List<Long> ids) throws StoreException {
        inTransaction(connection -> {
            revise(connection);
            new Erasure(connection).erase(ids);
            return null;
        });
    }

    @Override
    public Set<Long> rewrite(List<Rewriting> payloads) throws StoreException {
        return inTransaction(connection -> {
            revise(connection);
            return new Erasure(connection).rewrite(payloads);
        });
    }

    /**
     * Notes that an operator has done something that each replica has to learn of. Its row is locked before {@link LeftOvers#lock} and behind
     * those of {@code share} and {@code progress}, as it is everywhere.
     */
    private static void revise(Connection connection) throws SQLException {
        new Sql(connection).update("UPDATE store SET revision = revision + 1");
    }

    @Override
    public Instant listErasure(long subject, Instant at) throws StoreException {
        return Instant.ofEpochMilli(
                onConnection(connection -> new Sql(connection).number(LIST_ERASURE, subject, at.toEpochMilli())));
    }

    @Override
    public void erasureDone(long subject, Instant at) throws StoreException {
        onConnection(connection -> new Sql(connection).update(ERASURE_DONE, subject, at.toEpochMilli()));
    }

    @Override
    public Map<Long, Instant> missedErasures() throws StoreException {
        Map<Long, Instant> missed = new HashMap<>();
        onConnection(connection -> new Sql(connection)
                .rows(
                        row -> missed.put(row.getLong(1), Instant.ofEpochMilli(row.getLong(2))),
                        "SELECT subject, at FROM erasure WHERE NOT done"));
        return missed;
    }

    /** In the order of keys, or two replicas that keep the same ones would wait for each other. */
    @Override
    public void keepLatest(List<LatestValue> values) throws StoreException {
        inTransaction(connection -> {
            Sql sql = new Sql(connection);
            for (LatestValue next : values.stream()
                    .sorted(Comparator.comparing(LatestValue::key))
                    .toList()) {
                sql.update(KEEP_LATEST, next.key(), next.time().toEpochMilli(), next.value());
            }
            return null;
        });
    }

    @Override
    public void keepNotes(List<RecordNote> notes) throws StoreException {
        inTransaction(connection -> {
            keepNotes(connection, notes.stream());
            return null;
        });
    }

    private static void keepNotes(Connection connection, Stream<RecordNote> notes) throws SQLException {
        Sql sql = new Sql(connection);
        for (RecordNote next :
                notes.sorted(Comparator.comparingLong(RecordNote::recordId)).toList()) {
            sql.update(KEEP_NOTE, next.name(), next.value(), next.recordId());
        }
    }

    // What the reader calls.

    @Override
    public Tail tail(Set<Integer> shares, long after, Set<Long> known) throws StoreException {
        return onConnection(connection -> new PostgresReader(connection).tail(horizon, shares, after, known));
    }

    @Override
    public Page read(
            Share share, Lane lane, @Nullable HashedFilter filter, long after, long through, int records, long bytes)
            throws StoreException {
        return onConnection(connection ->
                new PostgresReader(connection).read(horizon, share, lane, filter, after, through, records, bytes));
    }

    @Override
    public Due due(String consumer, Share share, Lane lane, Instant now, Set<Long> except, int records, long bytes)
            throws StoreException {
        return onConnection(
                connection -> new PostgresReader(connection).due(consumer, share, lane, now, except, records, bytes));
    }

    @Override
    public Due held(
            String consumer, Share share, Lane lane, long conversation, Set<Long> except, int records, long bytes)
            throws StoreException {
        return onConnection(connection ->
                new PostgresReader(connection).held(consumer, share, lane, conversation, except, records, bytes));
    }

    @Override
    public @Nullable Instant oldestWaiting(String consumer, Map<Part, Long> after) throws StoreException {
        return this.<@Nullable Instant>onConnection(
                connection -> new PostgresReader(connection).oldestWaiting(consumer, after));
    }

    @Override
    public List<DeadLetter> deadLetters(String consumer, int limit) throws StoreException {
        return onConnection(connection -> new PostgresReader(connection).deadLetters(consumer, limit));
    }

    @Override
    public List<LatestValue> latestValues() throws StoreException {
        return onConnection(connection -> new PostgresReader(connection).latestValues());
    }

    @Override
    public Optional<byte[]> note(long recordId, String name) throws StoreException {
        return onConnection(connection -> new PostgresReader(connection).note(recordId, name));
    }

    @Override
    public ArchiveStore archive() {
        return archive;
    }

    @Override
    public Map<String, String> warnings() {
        return state.warnings();
    }

    @Override
    public Inbox.Size size() {
        return state.size();
    }

    @Override
    public void close() {
        try {
            database.inTransaction(leases::end);
            news.tell(NewsListener.FREED);
        } catch (SQLException ex) {
            log.warn("The shares of this replica become free when its lease is over: {}", ex.toString());
        }
        news.close();
        listener.close();
        database.close();
    }

    private <T extends @Nullable Object> T onConnection(PostgresDatabase.Work<T> work) throws StoreException {
        try {
            return database.onConnection(work);
        } catch (SQLException ex) {
            throw failure(ex);
        }
    }

    private <T extends @Nullable Object> T inTransaction(PostgresDatabase.Work<T> work) throws StoreException {
        try {
            return database.inTransaction(work);
        } catch (SQLException ex) {
            throw failure(ex);
        }
    }

    private static StoreException failure(Exception ex) {
        return ex instanceof SQLException failure && PostgresDatabase.isUnreachable(failure)
                ? StoreException.unreachable(ex)
                : StoreException.of(ex);
    }
}
