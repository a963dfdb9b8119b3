package dev.ackbox.inbox.jdbc;

import dev.ackbox.inbox.Appended;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Settlement;
import dev.ackbox.inbox.jdbc.WriteBatch.Append;
import dev.ackbox.inbox.jdbc.WriteBatch.Settled;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Whatever has come while the last transaction was on its way to the disk makes up the next
 * one:
 *
 * <ol>
 *   <li>take all that waits, up to a bound;
 *   <li>write it in one transaction;
 *   <li>hand the new records and the settlements to the listener, then acknowledge the appends;
 *   <li>if the transaction fails, try each notification by itself, so that one of them cannot fail the others; an append
 *       that fails alone is refused, settlements are kept and tried again.
 * </ol>
 */
final class Writer implements AutoCloseable {

    /** What follows from a transaction. Called by the writer's thread; must be quick and must not throw. */
    interface Listener {

        void committed(WriteResult result, List<Settled> settled);

        /** It cannot be told what of the last transaction is in the database. */
        void uncertain();
    }

    /** Where the writer's connections come from: one at first, and another one after each failure. */
    interface Database {

        /** Opens one that gives ids from {@code lastId} on. */
        WriteStatements open(long lastId) throws SQLException;
    }

    /** Something for the writer to do between two transactions. Commits what it writes. */
    interface Chore {

        void run(WriteStatements statements) throws SQLException;
    }

    private record Submitted(Chore chore, CompletableFuture<Void> done) {}

    private static final Logger log = LoggerFactory.getLogger(Writer.class);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STUCK_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long CLOSE_TIMEOUT_MILLIS = 10_000;

    private final Database database;
    private final WriteQueue queue;
    private final Listener listener;
    private final ConcurrentLinkedQueue<Submitted> chores = new ConcurrentLinkedQueue<>();
    private final Thread thread = daemon(this::run);
    private @Nullable WriteStatements open;
    private long lastId;
    private long lastProbeNanos;
    private volatile @Nullable Throwable fault;
    private volatile long writingSinceNanos;
    private volatile boolean writing;
    private volatile boolean ended;

    Writer(Database database, WriteQueue queue, Listener listener) {
        this.database = database;
        this.queue = queue;
        this.listener = listener;
    }

    /** A daemon, so that a stuck disk cannot keep a process that is to stop. */
    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "ackbox-inbox-writer");
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        thread.start();
    }

    CompletableFuture<Appended> append(List<NewRecord> records) {
        Append append = Append.of(List.copyOf(records));
        try {
            queue.add(append);
        } catch (InboxUnavailableException ex) {
            append.acknowledgement().completeExceptionally(ex);
        }
        return append.acknowledgement();
    }

    void settle(InboxRecord settled, Settlement settlement) {
        queue.add(new Settled(settled, settlement));
    }

    /**
     * Does something between two transactions.
     *
     * @return completes when it is done; fails with what it threw, in which case nothing of it is durable unless it had
     *     committed, or with {@link InboxUnavailableException} where the writer has ended
     */
    CompletableFuture<Void> submit(Chore chore) {
        Submitted submitted = new Submitted(chore, new CompletableFuture<>());
        chores.add(submitted);
        queue.wake();
        if (ended) {
            refuseChores(); // the writer may have done so before this one was there
        }
        return submitted.done();
    }

    /** Why the last write failed, or that it takes too long; absent where all is well. */
    @Nullable
    Throwable fault() {
        boolean stuck = writing && System.nanoTime() - writingSinceNanos > STUCK_AFTER_NANOS;
        return stuck ? new SQLException("A write to the disk does not come to an end") : fault;
    }

    private void run() {
        while (!queue.isDrained()) {
            try {
                WriteBatch batch = queue.take(IDLE_NANOS);
                if (!batch.appends().isEmpty() || !batch.settled().isEmpty()) {
                    write(batch);
                }
                probeAfterFault();
                doChores();
            } catch (InterruptedException ex) {
                log.warn("The inbox writer was interrupted and goes on; it ends when the inbox is closed");
            } catch (Throwable ex) { // a lack of memory, most likely; without this thread nothing is stored any more
                fault = ex;
                log.error("The inbox writer failed and goes on", ex);
            }
        }
        discardStatements(new SQLException("closing"));
        ended = true;
        refuseChores();
    }

    /** Those that are there: what comes meanwhile takes its turn after the next transaction. */
    private void doChores() {
        for (int left = chores.size(); left > 0; left--) {
            Submitted next = chores.remove();
            try {
                next.chore().run(statements());
                next.done().complete(null);
            } catch (Throwable ex) {
                discardStatements(ex);
                next.done().completeExceptionally(ex);
            }
        }
    }

    private void refuseChores() {
        for (Submitted refused = chores.poll(); refused != null; refused = chores.poll()) {
            refused.done().completeExceptionally(new InboxUnavailableException("The inbox is closed"));
        }
    }

    private void write(WriteBatch batch) {
        try {
            acknowledge(batch, timed(batch));
        } catch (Throwable ex) { // an Error too, so that what was taken from the queue is answered or put back
            discardStatements(ex);
            listener.uncertain();
            if (batch.appends().size() + (batch.settled().isEmpty() ? 0 : 1) > 1) {
                writeOneByOne(batch);
            } else {
                failed(batch, ex);
            }
        }
    }

    private WriteResult timed(WriteBatch batch) throws SQLException {
        writingSinceNanos = System.nanoTime();
        writing = true;
        try {
            return statements().write(batch);
        } finally {
            writing = false;
        }
    }

    private void writeOneByOne(WriteBatch batch) {
        for (Append append : batch.appends()) {
            write(new WriteBatch(List.of(append), List.of()));
        }
        if (!batch.settled().isEmpty()) {
            write(new WriteBatch(List.of(), batch.settled()));
        }
    }

    private void acknowledge(WriteBatch batch, WriteResult result) {
        listener.committed(result, batch.settled());
        for (int i = 0; i < batch.appends().size(); i++) {
            batch.appends().get(i).acknowledgement().complete(result.appended().get(i));
        }
    }

    private void failed(WriteBatch batch, Throwable ex) {
        if (fault == null) {
            log.error("The inbox cannot store; notifications are refused with 503 until it can: {}", ex.toString());
        }
        fault = ex;
        lastProbeNanos = System.nanoTime();
        for (Append append : batch.appends()) {
            append.acknowledgement()
                    .completeExceptionally(
                            new InboxUnavailableException("The inbox cannot store: " + ex.getMessage(), ex));
        }
        if (!batch.settled().isEmpty() && queue.putBack(batch.settled())) {
            pause();
        }
    }

    /** Keeps settlements that cannot be written from being tried without end. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** A fault is over when a write with some room passes: what is small may fit where nothing else does. */
    private void probeAfterFault() {
        long now = System.nanoTime();
        if (fault == null || now - lastProbeNanos < IDLE_NANOS) {
            return;
        }
        lastProbeNanos = now;
        try {
            statements().probe();
            fault = null;
            log.info("The inbox can store again");
        } catch (Throwable ex) {
            discardStatements(ex);
            fault = ex;
        }
    }

    private WriteStatements statements() throws SQLException {
        WriteStatements statements = open;
        if (statements == null) {
            statements = database.open(lastId);
            open = statements;
        }
        return statements;
    }

    private void discardStatements(Throwable reason) {
        WriteStatements statements = open;
        open = null;
        if (statements != null) {
            lastId = statements.lastId();
            try {
                statements.close();
            } catch (SQLException ex) {
                reason.addSuppressed(ex);
            }
        }
    }

    /** Writes what is left, then ends the thread. */
    @Override
    public void close() {
        queue.close();
        try {
            thread.join(CLOSE_TIMEOUT_MILLIS);
            if (thread.isAlive()) {
                log.warn("The inbox writer is stuck in a write; what was acknowledged is safe");
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
