package dev.ackbox.inbox.postgresql;

import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other replicas what this one has done, on a thread of its own. Not within the transaction that has done it: of transactions that tell
 * something, the database commits one at a time, and each would wait for the disk meanwhile. Where telling fails they find out by
 * themselves, later.
 */
final class NewsSender implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NewsSender.class);
    private static final long CLOSE_TIMEOUT_MILLIS = 5_000;

    private final PostgresDatabase database;
    private final Thread thread = new Thread(this::run, "ackbox-inbox-news");
    private Set<String> words = new LinkedHashSet<>();
    private boolean closed;

    NewsSender(PostgresDatabase database) {
        this.database = database;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Tells soon; what is said several times until then is told once. */
    synchronized void tell(Collection<String> more) {
        if (words.addAll(more)) {
            notifyAll();
        }
    }

    private void run() {
        for (Set<String> next = take(); !next.isEmpty(); next = take()) {
            try {
                tellNow(next);
            } catch (SQLException | RuntimeException ex) {
                log.debug("Other replicas could not be told", ex);
            }
        }
    }

    private void tellNow(Set<String> next) throws SQLException {
        String text = String.join(" ", next);
        database.onConnection(connection ->
                new Sql(connection).rows(row -> text, "SELECT pg_notify(?, ?)", NewsListener.CHANNEL, text));
    }

    /** Empty once it is closed and all is told. */
    private synchronized Set<String> take() {
        while (words.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException ex) {
                log.debug("Interrupted; it ends when the store is closed");
            }
        }
        Set<String> taken = words;
        words = new LinkedHashSet<>();
        return taken;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(CLOSE_TIMEOUT_MILLIS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
