package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.DeadLetter;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.engine.ArchiveStore;
import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Due;
import dev.ackbox.inbox.engine.HashedFilter;
import dev.ackbox.inbox.engine.Holding;
import dev.ackbox.inbox.engine.Loaded;
import dev.ackbox.inbox.engine.Page;
import dev.ackbox.inbox.engine.Part;
import dev.ackbox.inbox.engine.RecordNote;
import dev.ackbox.inbox.engine.ReplayDefinition;
import dev.ackbox.inbox.engine.Retention;
import dev.ackbox.inbox.engine.Rewriting;
import dev.ackbox.inbox.engine.Share;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreException;
import dev.ackbox.inbox.engine.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One SQLite file in a directory of its own: one process, one share, no server. */
final class SqliteStore implements Store {

    private static final Logger log = LoggerFactory.getLogger(SqliteStore.class);
    private static final Share SHARE = new Share(0, 1);
    private static final int PROBE_BYTES = 64 << 10;
    private static final String UPSERT_LATEST = "INSERT INTO latest_value (key, time, value) VALUES (?, ?, ?)"
            + " ON CONFLICT (key) DO UPDATE SET time = excluded.time, value = excluded.value"
            + " WHERE excluded.time >= latest_value.time";

    private static final String UPSERT_NOTE = "INSERT INTO note (id, name, value) SELECT id, ?, ? FROM record"
            + " WHERE id = ? AND erased IS NULL ON CONFLICT (id, name) DO UPDATE SET value = excluded.value";

    private final DataDirectory directory;
    private final SqliteDatabase database;
    private final WriteAheadLog writeAheadLog;
    private final SqliteArchiveStore archive;
    private final byte[] hashKey;

    /** The one in the directory first, then that beside the backups. */
    private final List<ErasureList> erasures;

    private KeyIndex index = new KeyIndex();
    private @Nullable SqliteWriter writer;
    private @Nullable SqliteReader reader;
    private @Nullable Forgetting forgetting;
    private @Nullable Sweep sweep;

    /** The last attempt at a batch, so that a repetition of the batch gets the same answer. */
    private SqliteWriter.@Nullable Attempt last;

    private SqliteStore(DataDirectory directory, List<ErasureList> erasures, UnaryOperator<Connection> writing)
            throws SQLException {
        this.directory = directory;
        this.erasures = erasures;
        this.database = new SqliteDatabase(directory.database(), writing);
        database.migrate();
        try (Connection connection = database.openForWriting()) {
            this.hashKey = Upgrade.hashKey(connection);
            Upgrade.run(connection, hashKey);
        }
        this.writeAheadLog = new WriteAheadLog(database);
        this.archive = new SqliteArchiveStore(database, writeAheadLog);
        writer();
        writeAheadLog.start();
    }

    /**
     * Opens the store in a directory, creating both where there is none.
     *
     * @throws DataDirectoryException where the directory cannot be used
     * @throws StoreException where the database in it cannot
     */
    static SqliteStore open(Path path) throws StoreException {
        return open(path, null, UnaryOperator.identity());
    }

    /**
     * Opens the store in a directory.
     *
     * @param backups where backups are made to; absent where they are not
     * @param writing see {@link SqliteDatabase}
     */
    static SqliteStore open(Path path, @Nullable Path backups, UnaryOperator<Connection> writing)
            throws StoreException {
        DataDirectory directory = DataDirectory.take(path);
        try {
            List<ErasureList> erasures = backups == null
                    ? List.of(new ErasureList(path))
                    : List.of(new ErasureList(path), new ErasureList(backups));
            return new SqliteStore(directory, erasures, writing);
        } catch (SQLException ex) {
            directory.close();
            throw StoreException.of(ex);
        } catch (RuntimeException ex) {
            directory.close();
            throw ex;
        }
    }

    @Override
    public byte[] hashKey() {
        return hashKey.clone();
    }

    @Override
    public int shares() {
        return 1;
    }

    @Override
    public Holding hold() {
        return new Holding(Set.of(SHARE), 1);
    }

    // What the writer calls.

    @Override
    public Written write(Batch batch) throws StoreException {
        SqliteWriter.Attempt earlier = last;
        if (earlier != null && earlier.number() == batch.number() && isDurable(batch)) {
            return earlier.written();
        }
        tendLog();
        SqliteWriter.Attempt attempt = onWriter(current -> current.write(batch));
        last = attempt;
        try {
            SqliteWriter current = writer();
            SqliteDatabase.commit(current.connection);
            current.committed(attempt);
        } catch (SQLException | RuntimeException | Error ex) {
            discardWriter(ex);
            if (!isDurable(batch)) {
                throw StoreException.of(ex);
            }
        }
        return attempt.written();
    }

    /** Whether a batch is durable, although its commit failed or its answer was lost. */
    private boolean isDurable(Batch batch) throws StoreException {
        try {
            return onWriter(current -> current.row().batch == batch.number());
        } catch (StoreException ex) {
            throw StoreException.uncertain(ex);
        }
    }

    private void tendLog() {
        SqliteWriter current = writer;
        if (current == null) {
            return;
        }
        try {
            writeAheadLog.restart(current.connection);
            writeAheadLog.shorten(current.connection);
        } catch (SQLException ex) {
            discardWriter(ex);
            log.warn("The write-ahead log of the inbox database cannot be copied: {}", ex.toString());
        }
    }

    @Override
    public void probe() throws StoreException {
        inTransaction(current -> SqliteDatabase.execute(
                current.connection,
                "INSERT OR REPLACE INTO probe (id, filler) VALUES (1, zeroblob(" + PROBE_BYTES + "))"));
        inTransaction(current -> SqliteDatabase.execute(current.connection, "DELETE FROM probe"));
    }

    @Override
    public void define(ConsumerDefinition definition, Start start) throws StoreException {
        inTransaction(current -> new ConsumerTables(current).define(definition, start));
    }

    @Override
    public void define(ReplayDefinition replay) throws StoreException {
        inTransaction(current -> ReplayTable.insert(current.connection, replay));
    }

    @Override
    public List<ReplayDefinition> replays() throws StoreException {
        return onWriter(current -> ReplayTable.all(current.connection));
    }

    @Override
    public int requeue(String consumer, List<Long> ids, Instant now) throws StoreException {
        List<Long> requeued = new ArrayList<>();
        inTransaction(current -> {
            requeued.clear();
            requeued.addAll(new ConsumerTables(current).requeue(consumer, ids, now));
            keepNotes(
                    current,
                    requeued.stream().map(id -> RecordNote.ofRequeue(id, now)).toList());
        });
        return requeued.size();
    }

    @Override
    public int discard(String consumer, List<Long> ids, String reason, Instant now) throws StoreException {
        AtomicInteger changed = new AtomicInteger();
        inTransaction(current -> changed.set(new ConsumerTables(current).discard(consumer, ids, reason, now)));
        return changed.get();
    }

    @Override
    public void pause(String consumer, boolean paused) throws StoreException {
        inTransaction(current -> new ConsumerTables(current).pause(consumer, paused));
    }

    @Override
    public boolean remove(String consumer, int most) throws StoreException {
        AtomicBoolean more = new AtomicBoolean();
        inTransaction(current -> more.set(new ConsumerTables(current).remove(consumer, most)));
        return more.get();
    }

    @Override
    public boolean isPaused(String consumer) throws StoreException {
        return onWriter(current -> new ConsumerTables(current).isPaused(consumer));
    }

    @Override
    public Loaded load(String consumer, Share share) throws StoreException {
        return onWriter(current -> new ConsumerTables(current).load(consumer));
    }

    @Override
    public Backlog count(String consumer) throws StoreException {
        return onWriter(current -> new ConsumerTables(current).count(consumer));
    }

    @Override
    public boolean forget(Retention retention, Instant now) throws StoreException {
        tendLog();
        if (writeAheadLog.isLarge()) {
            return false;
        }
        return onWriter(current -> {
            Forgetting duty = forgetting;
            if (duty == null) {
                duty = new Forgetting(current, index, now);
                forgetting = duty;
            }
            return duty.step(retention, now);
        });
    }

    @Override
    public void erase(List<Long> ids) throws StoreException {
        inTransaction(current -> {
            new Erasure(current.connection, current.row()).erase(ids);
            SqliteDatabase.execute(current.connection, "UPDATE store SET sweep = 1");
        });
        sweep = null; // one that is under way does not know which pages have become free
        index.eraseSubjects(Set.copyOf(ids));
    }

    @Override
    public Set<Long> rewrite(List<Rewriting> payloads) throws StoreException {
        inTransaction(current -> {
            Erasure erasure = new Erasure(current.connection, current.row());
            for (Rewriting next : payloads) {
                erasure.rewrite(next.id(), next.to());
            }
            SqliteDatabase.execute(current.connection, "UPDATE store SET sweep = 1");
        });
        sweep = null;
        return Set.of();
    }

    @Override
    public Instant listErasure(long subject, Instant at) throws StoreException {
        try {
            Instant listed = erasures.get(0).add(subject, at);
            addMissingToCopies(erasures.get(0).read());
            return listed;
        } catch (IOException ex) {
            throw StoreException.of(ex);
        }
    }

    /** A copy that could not be written earlier gets what it lacks. */
    private void addMissingToCopies(Map<Long, Instant> all) {
        for (ErasureList copy : erasures.subList(1, erasures.size())) {
            try {
                copy.addMissing(all);
            } catch (IOException ex) {
                log.warn(
                        "The list of erasures beside the backups cannot be written; take that of the data directory where you restore one: {}",
                        ex.toString());
            }
        }
    }

    @Override
    public void erasureDone(long subject, Instant at) throws StoreException {
        inTransaction(current -> {
            try (PreparedStatement put =
                    current.connection.prepareStatement("INSERT INTO erasure (subject, at) VALUES (?, ?)"
                            + " ON CONFLICT (subject) DO UPDATE SET at = max(at, excluded.at)")) {
                put.setLong(1, subject);
                put.setLong(2, at.toEpochMilli());
                put.executeUpdate();
            }
        });
    }

    @Override
    public Map<Long, Instant> missedErasures() throws StoreException {
        Map<Long, Instant> missed = new HashMap<>();
        try {
            for (ErasureList list : erasures) {
                list.read()
                        .forEach((subject, at) ->
                                missed.merge(subject, at, (one, other) -> one.isAfter(other) ? one : other));
            }
            erasures.get(0).addMissing(missed);
        } catch (IOException ex) {
            throw StoreException.of(ex);
        }
        addMissingToCopies(missed);
        return onWriter(current -> {
            try (Statement select = current.connection.createStatement();
                    ResultSet rows = select.executeQuery("SELECT subject, at FROM erasure")) {
                while (rows.next()) {
                    Instant done = Instant.ofEpochMilli(rows.getLong(2));
                    missed.computeIfPresent(
                            rows.getLong(1), (subject, at) -> at.toEpochMilli() > done.toEpochMilli() ? at : null);
                }
            }
            return missed;
        });
    }

    @Override
    public boolean sweep() throws StoreException {
        tendLog();
        if (writeAheadLog.isLarge()) {
            return true;
        }
        return onWriter(current -> {
            Sweep duty = sweep;
            if (duty == null) {
                duty = new Sweep(current, writeAheadLog);
                sweep = duty;
            }
            return duty.step();
        });
    }

    @Override
    public void keepLatest(List<LatestValue> values) throws StoreException {
        inTransaction(current -> {
            try (PreparedStatement upsert = current.connection.prepareStatement(UPSERT_LATEST)) {
                for (LatestValue value : values) {
                    upsert.setString(1, value.key());
                    upsert.setLong(2, value.time().toEpochMilli());
                    upsert.setBytes(3, value.value());
                    upsert.executeUpdate();
                }
            }
        });
    }

    @Override
    public void keepNotes(List<RecordNote> notes) throws StoreException {
        inTransaction(current -> keepNotes(current, notes));
    }

    private static void keepNotes(SqliteWriter writer, List<RecordNote> notes) throws SQLException {
        try (PreparedStatement upsert = writer.connection.prepareStatement(UPSERT_NOTE)) {
            for (RecordNote note : notes) {
                upsert.setString(1, note.name());
                upsert.setBytes(2, note.value());
                upsert.setLong(3, note.recordId());
                upsert.executeUpdate();
            }
        }
    }

    private interface Step {

        void run(SqliteWriter writer) throws SQLException;
    }

    private void inTransaction(Step step) throws StoreException {
        onWriter(current -> {
            SqliteDatabase.begin(current.connection);
            step.run(current);
            SqliteDatabase.commit(current.connection);
            return null;
        });
    }

    private SqliteWriter writer() throws SQLException {
        SqliteWriter current = writer;
        if (current == null) {
            KeyIndex read = new KeyIndex();
            current = new SqliteWriter(database.openForWriting(), read);
            readIndex(current.connection, current.row().indexedThrough, read);
            index = read;
            writer = current;
        }
        return current;
    }

    /** Keys and subjects that the tables do not have yet. */
    private static void readIndex(Connection connection, long indexedThrough, KeyIndex index) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT key, id, source, subjects FROM record WHERE id > ? ORDER BY id")) {
            select.setLong(1, indexedThrough);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    index.add(
                            IdempotencyKey.fromBytes(rows.getBytes(1)),
                            rows.getLong(2),
                            rows.getLong(3),
                            KeyIndex.subjects(rows.getBytes(4)));
                }
            }
        }
        index.freezeFull();
    }

    private interface Work<C, T extends @Nullable Object> {

        T run(C connection) throws SQLException;
    }

    /** After an exception, the next connection is a new one, and what is in memory is read anew. */
    private <T extends @Nullable Object> T onWriter(Work<SqliteWriter, T> work) throws StoreException {
        try {
            return work.run(writer());
        } catch (SQLException ex) {
            discardWriter(ex);
            throw StoreException.of(ex);
        } catch (RuntimeException | Error ex) {
            discardWriter(ex);
            throw ex;
        }
    }

    private void discardWriter(Throwable reason) {
        SqliteWriter failed = writer;
        writer = null;
        forgetting = null;
        sweep = null;
        close(failed, reason);
    }

    // What the reader calls.

    @Override
    public Page read(
            Share share, Lane lane, @Nullable HashedFilter filter, long after, long through, int records, long bytes)
            throws StoreException {
        return onReader(current -> current.read(lane, filter, after, through, records, bytes));
    }

    @Override
    public Due due(String consumer, Share share, Lane lane, Instant now, Set<Long> except, int records, long bytes)
            throws StoreException {
        return onReader(current -> current.due(consumer, lane, now, except, records, bytes));
    }

    @Override
    public Due held(
            String consumer, Share share, Lane lane, long conversation, Set<Long> except, int records, long bytes)
            throws StoreException {
        return onReader(current -> current.held(consumer, lane, conversation, except, records, bytes));
    }

    @Override
    public @Nullable Instant oldestWaiting(String consumer, Map<Part, Long> after) throws StoreException {
        return this.<@Nullable Instant>onReader(current -> current.oldestWaiting(consumer, after));
    }

    @Override
    public List<DeadLetter> deadLetters(String consumer, int limit) throws StoreException {
        return onReader(current -> current.deadLetters(consumer, limit));
    }

    @Override
    public List<LatestValue> latestValues() throws StoreException {
        return onReader(SqliteReader::latestValues);
    }

    @Override
    public Optional<byte[]> note(long recordId, String name) throws StoreException {
        return onReader(current -> current.note(recordId, name));
    }

    private <T extends @Nullable Object> T onReader(Work<SqliteReader, T> work) throws StoreException {
        try {
            SqliteReader current = reader;
            if (current == null) {
                current = new SqliteReader(database.open());
                reader = current;
            }
            return work.run(current);
        } catch (SQLException ex) {
            SqliteReader failed = reader;
            reader = null;
            close(failed, ex);
            throw StoreException.of(ex);
        }
    }

    private static void close(@Nullable AutoCloseable connection, Throwable reason) {
        if (connection != null) {
            try {
                connection.close();
            } catch (Exception ex) {
                reason.addSuppressed(ex);
            }
        }
    }

    // What any thread calls.

    @Override
    public ArchiveStore archive() {
        return archive;
    }

    @Override
    public Map<String, String> warnings() {
        String trouble = writeAheadLog.trouble();
        return trouble == null ? Map.of() : Map.of("log", trouble);
    }

    @Override
    public Inbox.Size size() {
        return writeAheadLog.size();
    }

    @Override
    public void close() {
        if (!writeAheadLog.end()) {
            log.warn("A checkpoint of the inbox database does not come to an end; the directory stays locked");
            return;
        }
        SQLException ignored = new SQLException("closing");
        close(reader, ignored);
        archive.close();
        close(writer, ignored);
        directory.close();
    }
}
