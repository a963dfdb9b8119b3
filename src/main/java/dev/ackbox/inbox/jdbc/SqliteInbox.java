package dev.ackbox.inbox.jdbc;

import dev.ackbox.inbox.Appended;
import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.DeadLetter;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.LatestValues;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Settlement;
import dev.ackbox.inbox.jdbc.WriteBatch.Settled;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded engine: one SQLite file in a directory of its own, no server. One {@link Writer} makes records durable,
 * a {@link LaneFeed} per lane hands them out, {@link Upkeep} keeps the file in order.
 */
final class SqliteInbox implements Inbox {

    private static final Logger log = LoggerFactory.getLogger(SqliteInbox.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DataDirectory directory;
    private final RecordReader reader;
    private final RecordReader upkeepReader;
    private final Writer writer;
    private final Upkeep upkeep;
    private final LatestValues latestValues;
    private final Map<Lane, LaneFeed> feeds = new EnumMap<>(Lane.class);
    private final AtomicLong waiting;
    private final AtomicLong dead;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SqliteInbox(DataDirectory directory, Settings settings, Clock clock)
            throws SQLException, InterruptedException {
        this.directory = directory;
        SqliteDatabase database = new SqliteDatabase(directory.database());
        database.migrate();
        this.reader = new RecordReader(database, "ackbox-inbox-reader");
        this.upkeepReader = new RecordReader(database, "ackbox-inbox-upkeep-reader");
        for (Lane lane : Lane.values()) {
            feeds.put(lane, new LaneFeed(lane, settings.handOver(), reader, clock));
        }
        RecordReader.Counts counts = reader.counts();
        this.waiting = new AtomicLong(counts.waiting());
        this.dead = new AtomicLong(counts.dead());
        this.writer = new Writer(
                lastId -> new WriteStatements(database.openForWriting(), clock, lastId),
                new WriteQueue(settings.maxBytesToWrite()),
                new HandOver());
        this.upkeep = new Upkeep(
                directory.writeAheadLog(),
                upkeepReader,
                writer,
                settings.retention(),
                clock,
                count -> dead.addAndGet(-count));
        this.latestValues = new SqliteLatestValues(writer, reader, PATIENCE);
    }

    /**
     * What an embedded inbox is told.
     *
     * @param directory where its file is
     * @param handOver how much of each lane may be in memory
     * @param maxBytesToWrite payload bytes that may wait for the writer
     * @param retention how long things are kept
     */
    record Settings(Path directory, HandOverBounds handOver, long maxBytesToWrite, Retention retention) {}

    /**
     * Opens the inbox in a directory, creating both where there is none.
     *
     * @throws DataDirectoryException where the directory cannot be used
     * @throws InboxUnavailableException where the database in it cannot
     */
    static SqliteInbox open(Settings settings, Clock clock) {
        DataDirectory directory = DataDirectory.take(settings.directory());
        try {
            SqliteInbox inbox = new SqliteInbox(directory, settings, clock);
            inbox.writer.start();
            inbox.upkeep.start();
            log.info(
                    "Inbox in {}: {} records wait, {} dead letters",
                    directory.database().toAbsolutePath().normalize(),
                    inbox.waiting,
                    inbox.dead);
            return inbox;
        } catch (SQLException ex) {
            directory.close();
            throw new InboxUnavailableException("The inbox cannot be opened: " + ex.getMessage(), ex);
        } catch (InterruptedException ex) {
            directory.close();
            Thread.currentThread().interrupt();
            throw new InboxUnavailableException("Interrupted while opening the inbox", ex);
        } catch (RuntimeException ex) {
            directory.close();
            throw ex;
        }
    }

    @Override
    public CompletableFuture<Appended> append(List<NewRecord> notification) {
        return writer.append(notification);
    }

    @Override
    public List<InboxRecord> claim(Lane lane, int limit, Duration wait) throws InterruptedException {
        try {
            return feed(lane).claim(limit, wait);
        } catch (SQLException ex) {
            throw new InboxUnavailableException("The inbox cannot be read: " + ex.getMessage(), ex);
        }
    }

    @Override
    public void settle(InboxRecord settled, Settlement settlement) {
        writer.settle(settled, settlement);
    }

    @Override
    public Backlog backlog() {
        return new Backlog(waiting.get(), dead.get(), waiting.get() == 0 ? null : upkeep.oldestWaiting());
    }

    @Override
    public List<DeadLetter> deadLetters(int limit) {
        try {
            return reader.deadLetters(limit);
        } catch (SQLException ex) {
            throw new InboxUnavailableException("The inbox cannot be read: " + ex.getMessage(), ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new InboxUnavailableException("Interrupted while reading dead letters", ex);
        }
    }

    /** What is kept beside the records, in the same file. */
    LatestValues latestValues() {
        return latestValues;
    }

    @Override
    public void check() {
        Throwable fault = writer.fault();
        if (fault != null) {
            throw new InboxUnavailableException("The inbox cannot store: " + fault.getMessage(), fault);
        }
    }

    /** Erases and deletes what has been kept long enough; otherwise done from time to time. */
    void purge() throws SQLException, InterruptedException, ExecutionException {
        upkeep.purge();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        upkeep.close();
        writer.close();
        reader.close();
        upkeepReader.close();
        directory.close();
    }

    private LaneFeed feed(Lane lane) {
        LaneFeed feed = feeds.get(lane);
        if (feed == null) {
            throw new IllegalStateException("No feed for lane " + lane);
        }
        return feed;
    }

    /** Passes on what the writer has committed. */
    private final class HandOver implements Writer.Listener {

        @Override
        public void committed(WriteResult result, List<Settled> settled) {
            waiting.addAndGet(result.stored().size() - (long) result.left());
            dead.addAndGet(result.died());
            result.stored().forEach(stored -> feed(stored.lane()).committed(stored));
            settled.forEach(one -> feed(one.record().lane()).settled(one.record(), one.settlement()));
        }

        @Override
        public void uncertain() {
            feeds.values().forEach(LaneFeed::uncertain);
        }
    }
}
